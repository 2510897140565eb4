import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Host } from "../../lib/lab/host";
import type { Lab } from "../../lib/lab/lab";
import { describeLab } from "./describe-lab";
import { startNewLab } from "./start-lab";

describeLab("The lab's hosts", () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await startNewLab({ targetVolumeMb: 1024 });
  });

  afterAll(async () => {
    await lab?.stop();
  });

  it("run systemd without a failed unit", async () => {
    for (const host of Object.values(lab.hosts)) {
      expect(await inHost(host, "systemctl is-system-running")).toBe("running");
    }
  });

  it("have the PostgreSQL and the extensions that the lab says", async () => {
    const sql = `SHOW server_version_num; SELECT default_version FROM pg_available_extensions
      WHERE name IN ('postgis', 'timescaledb') ORDER BY name`;
    const [major, minor] = lab.postgresql.version.split(".").map(Number);
    const number = (major ?? 0) * 10_000 + (minor ?? 0);
    for (const host of [lab.hosts.source, lab.hosts.target]) {
      expect(await psql(host, sql)).toBe([number, lab.postgis, lab.timescaledb].join("\n"));
    }
  });

  it("reach one another by name, PostgreSQL over verified TLS with a password", async () => {
    await psql(lab.hosts.source, "CREATE ROLE visitor LOGIN PASSWORD 'secret'");
    const connection =
      "host=source user=visitor dbname=postgres sslmode=verify-full sslrootcert=/etc/ssl/lab/ca.crt";
    const query = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    expect(await inHost(lab.hosts.target, `PGPASSWORD=secret psql -Atc "${query}" "${connection}"`)).toBe(
      "t",
    );
    const repository = "pg-backrest.timescale.glimpse.internal";
    expect(await inHost(lab.hosts.target, `ssh-keyscan -t ed25519 ${repository} 2>/dev/null`)).toContain(
      repository,
    );
  });

  it("cannot reach anything outside the lab", async () => {
    const { code } = await lab.hosts.target.run(["timeout", "5", "bash", "-c", "</dev/tcp/192.0.2.1/80"]);
    expect(code).toBe(1); // Refused at once: 124 would be a timeout.
  });

  it("keep files in S3, encrypted as the plan wants it, and read secrets", async () => {
    const script = `
      aws s3 mb s3://lab-hosts-test
      head -c 20000000 /dev/urandom >/var/tmp/file
      aws s3 cp --quiet --sse aws:kms /var/tmp/file s3://lab-hosts-test/runs/file
      aws s3api head-object --bucket lab-hosts-test --key runs/file --query ServerSideEncryption --output text
      aws secretsmanager create-secret --name tracker/database --secret-string hidden >/dev/null
      sha256sum </var/tmp/file`;
    const sent = (await inHost(lab.hosts.source, script)).split("\n").slice(1);
    const fetched = await inHost(
      lab.hosts.target,
      "aws s3 cp --quiet s3://lab-hosts-test/runs/file - | sha256sum",
    );
    expect(sent).toEqual(["aws:kms", fetched]);
    // A transient unit and sudo know the endpoint too: on EC2 the role is there for every process.
    const read =
      "aws secretsmanager get-secret-value --secret-id tracker/database --query SecretString --output text";
    expect(await inHost(lab.hosts.target, `sudo -u postgres ${read}`)).toBe("hidden");
    expect(await inHost(lab.hosts.target, `systemd-run --wait --pipe --quiet ${read}`)).toBe("hidden");
  });

  it("run commands in the SSM agent's cgroup, and a killed group leaves nothing behind", async () => {
    const { source } = lab.hosts;
    expect(await inHost(source, "grep ^0:: /proc/self/cgroup")).toBe(
      "0::/system.slice/amazon-ssm-agent.service",
    );
    await expect(source.run(["bash", "-c", "sleep 1234 & wait"], { timeoutMs: 300 })).rejects.toThrow(
      /did not end/,
    );
    expect((await source.run(["pgrep", "-x", "sleep", "-a"])).stdout).not.toContain("1234");
    expect((await source.run(["bash", "-c", "kill -TERM $$"])).code).toBe(143);
    expect(await inHost(source, "pwd", { cwd: "/var/lib" })).toBe("/var/lib");
  });

  it("have a data volume of its own size on the target", async () => {
    const size = Number(
      await inHost(lab.hosts.target, "df --output=size -BM /var/lib/postgresql | tail -n 1 | tr -d M"),
    );
    expect(size).toBeGreaterThan(900);
    expect(size).toBeLessThanOrEqual(1024);
  });

  it.each(["kill", "reboot"] as const)("have what was committed after a %s", async (fate) => {
    const { target } = lab.hosts;
    await psql(target, `CREATE TABLE after_${fate} AS SELECT generate_series(1, 1000) AS id`);
    if (fate === "kill") {
      await target.kill();
      expect(target.isUp()).toBe(false);
      expect(() => target.spawn(["true"])).toThrow(/is down/);
      await target.boot();
    } else {
      await target.reboot();
    }
    expect(target.isUp()).toBe(true);
    expect(await psql(target, `SELECT count(*) FROM after_${fate}`)).toBe("1000");
    expect(await inHost(target, "ssh-keyscan -t ed25519 source 2>/dev/null")).toContain("ssh-ed25519");
  });

  it("reach the lab's SSM endpoint, a server of this process", async () => {
    const ask = 'curl -s -H "X-Amz-Target: AmazonSSM.Anything" "$AWS_ENDPOINT_URL_SSM"';
    for (const endpoint of ["first", "second"]) {
      const server = createServer((request, response) =>
        response.end(`${endpoint}: ${request.headers["x-amz-target"]}`),
      );
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      await lab.aws.exposeSsm((server.address() as AddressInfo).port);
      expect(await inHost(lab.hosts.target, ask)).toBe(`${endpoint}: AmazonSSM.Anything`);
      server.close();
    }
  });

  it("leave nothing on this machine when the lab stops", async () => {
    expect(lab.traces()).not.toEqual([]);
    await lab.stop();
    expect(lab.traces()).toEqual([]);
  });
});

async function psql(host: Host, sql: string): Promise<string> {
  return inHost(host, 'exec sudo -u postgres psql -X -At -v ON_ERROR_STOP=1 <<<"$SQL"', {
    env: { SQL: sql },
  });
}

/** Runs a script on a host and returns what it printed; a script that fails fails the test. */
async function inHost(
  host: Host,
  script: string,
  options: { env?: Record<string, string>; cwd?: string } = {},
): Promise<string> {
  const { code, stdout, stderr } = await host.run(["bash", "-euo", "pipefail", "-c", script], options);
  if (code !== 0) throw new Error(`On the ${host.name} host (exit ${code}): ${stderr || stdout}`);
  return stdout.trim();
}
