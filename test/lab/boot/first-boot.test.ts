import { volumeId } from "../../../lib/lab/rehearsal/deploy-host";
import type { Host } from "../../../lib/lab/host";
import type { Lab } from "../../../lib/lab/lab";
import { describeLab } from "../describe-lab";
import { bash, sql } from "../on-host";
import { bootAgain, signalOf, startTarget } from "./booting-target";

describeLab("The target's first boot", () => {
  let lab: Lab;
  let target: Host;

  beforeAll(async () => {
    lab = await startTarget({ started: ["target", "repository"] });
    ({ target } = lab.hosts);
    await target.awaitBoot();
  });

  afterAll(async () => {
    await lab?.stop();
  });

  test("is cloud-init's, which ends without an error, and tells CloudFormation so", async () => {
    expect(await bash(target, "cloud-init status")).toBe("status: done");
    expect(target.console()).toContain("timescale-cutover boot: succeeded");
    expect(await signalOf(lab)).toMatchObject({
      ...{ StackName: "timescale-cutover-prod-host", LogicalResourceId: "BootSignal", Status: "SUCCESS" },
    });
  });

  test("leaves its result in boot.json and in the log group, with what is installed", async () => {
    const text = await bash(target, "cat /var/lib/timescale-cutover/boot.json");
    const { timescaledb, postgis, pgbackrest, postgresql } = lab.facts;
    expect(JSON.parse(text)).toMatchObject({
      status: "succeeded",
      dataVolume: { volumeId, device: "/dev/nvme1n1", found: "blank", bytes: 2 ** 30 },
      versions: { postgresql: postgresql.version, timescaledb, postgis, pgbackrest },
    });
    const logged = await bash(
      target,
      `group=/timescale-cutover/prod/host
      stream=$(aws logs describe-log-streams --log-group-name $group --query 'logStreams[0].logStreamName' --output text)
      aws logs get-log-events --log-group-name $group --log-stream-name "$stream" --query 'events[0].message' --output text`,
    );
    expect(JSON.parse(logged)).toEqual(JSON.parse(text));
  });

  test("puts the cluster on the volume, which is mounted by its UUID", async () => {
    const mounted = "findmnt --noheadings --output SOURCE,FSTYPE --mountpoint /var/lib/postgresql";
    expect(await bash(target, mounted)).toMatch(/^\/dev\/nvme1n1 +ext4$/);
    expect(await bash(target, "systemctl show --property=What --value var-lib-postgresql.mount")).toBe(
      "/dev/nvme1n1",
    );
    expect(await sql(target, "postgres", "SHOW data_directory")).toBe(
      `/var/lib/postgresql/${lab.postgresql.major}/main`,
    );
  });

  test("lets in from the network whoever has a password for the one database, over TLS, and never postgres", async () => {
    await sql(target, "postgres", "CREATE DATABASE tracker; CREATE ROLE visitor LOGIN PASSWORD 'secret'");
    await sql(target, "postgres", "ALTER ROLE postgres PASSWORD 'secret'");
    const certificate = "/timescale-cutover/prod/server-certificate";
    await bash(
      target,
      `aws ssm get-parameter --name ${certificate} --query Parameter.Value --output text >/tmp/pinned.crt`,
    );
    const connect = async (options: string) => {
      const connection = `host=target sslrootcert=/tmp/pinned.crt ${options}`;
      const psql = [
        "psql",
        "--no-psqlrc",
        "-Atc",
        "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()",
      ];
      const { stdout, stderr } = await target.run([...psql, connection], { env: { PGPASSWORD: "secret" } });
      return stdout.trim() || stderr;
    };
    expect(await connect("user=visitor dbname=tracker sslmode=verify-full")).toBe("t");
    expect(await connect("user=visitor dbname=tracker sslmode=disable")).toMatch(/no pg_hba\.conf entry/);
    expect(await connect("user=visitor dbname=postgres sslmode=require")).toMatch(/no pg_hba\.conf entry/);
    expect(await connect("user=postgres dbname=tracker sslmode=require")).toMatch(/rejects connection/);
  });

  test("gives postgres a key that opens the repository host once its owner lets it in, and trusts no other host", async () => {
    const { repository } = lab.hosts;
    const repo = "pg-backrest.timescale.glimpse.internal";
    const ssh = ["runuser", "-u", "postgres", "--", "ssh", repo, "pgbackrest", "version"];
    expect((await target.run(ssh)).stderr).toMatch(/Permission denied/); // Its owner has not yet.
    const name = "/timescale-cutover/prod/postgres-ssh-public-key";
    const key = await bash(
      target,
      `aws ssm get-parameter --name ${name} --query Parameter.Value --output text`,
    );
    const home = "/var/lib/postgresql/.ssh";
    await bash(
      repository,
      `install -d -m 0700 -o postgres ${home}; echo '${key}' >${home}/authorized_keys; chown postgres ${home}/*`,
    );
    expect((await target.run(ssh)).stdout.trim()).toBe(`pgBackRest ${lab.facts.pgbackrest}`);

    await bash(repository, "rm /etc/ssh/ssh_host_*; ssh-keygen -A >/dev/null; systemctl restart ssh");
    expect((await target.run(ssh)).stderr).toMatch(/Host key verification failed/);
  });

  test("makes PostgreSQL unable to start without the mount, and its place unable to take a file", async () => {
    const cluster = `postgresql@${lab.postgresql.major}-main`;
    const unit = "/etc/systemd/system/var-lib-postgresql.mount";
    // With its unit there systemd would mount it again.
    await bash(
      target,
      `systemctl stop ${cluster} var-lib-postgresql.mount; mv ${unit} /root; systemctl daemon-reload`,
    );
    expect((await target.run(["systemctl", "start", cluster])).code).not.toBe(0);
    expect(
      (await target.run(["pg_ctlcluster", String(lab.postgresql.major), "main", "start"])).code,
    ).not.toBe(0);
    expect((await target.run(["touch", "/var/lib/postgresql/file"])).stderr).toMatch(/not permitted/);
    expect(await bash(target, "ls -A /var/lib/postgresql; pgrep postgres || [ $? = 1 ]")).toBe("");
    await bash(target, `mv /root/var-lib-postgresql.mount ${unit}; systemctl daemon-reload`);
    expect(await bootAgain(target)).toMatchObject({ status: "succeeded" });
  });
});
