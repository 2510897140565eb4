import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cutover, withAwsDouble } from "./support/command-line";
import { lab, labEnvironment } from "./support/environment";

const double = withAwsDouble();
const { hostKey } = lab.repository;
const parameter = "/timescale-cutover/lab/postgres-ssh-public-key";
const script = readFileSync(join(__dirname, "..", "..", "assets", "trust", "pgbackrest-only.sh"), "utf8");
const address = labEnvironment().target.network.privateAddress;
const line = `restrict,from="${address}",command="/usr/local/sbin/pgbackrest-only repo tracker-ts /var/pg_backrest_data/repo3" ${hostKey} postgres@timescale-cutover-lab`;

const published = (value: string) => double.aws.parameters.set(parameter, value);

test("trust prints the forced command, the line of authorized_keys and how to see that they are in place", async () => {
  published(`${hostKey} postgres@timescale-cutover-lab`);
  const { exitCode, stdout, stderr } = await cutover("trust", "--env", "lab");
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout.split("\n")).toContain(line);
  expect(stdout).toContain("For the owner of pg-backrest.timescale.glimpse.internal (172.31.203.209)");
  expect(stdout).toContain("ssh -p 22 postgres@pg-backrest.timescale.glimpse.internal room\n");
  expect(stdout).not.toContain("known_hosts");
});

test("what is pasted makes the very script", async () => {
  published(hostKey);
  const { stdout } = await cutover("trust", "--env", "lab");
  const command = /^cat >\/usr\/local\/sbin\/pgbackrest-only [^]*?^END-OF-FILE$/m.exec(stdout)?.[0] ?? "";
  const pasted = command.replace("cat >/usr/local/sbin/pgbackrest-only", "cat");
  expect(execFileSync("/bin/bash", ["-c", pasted], { encoding: "utf8" })).toBe(script);
});

test("trust --json gives the same to a machine", async () => {
  published(`${hostKey} postgres@timescale-cutover-lab`);
  const { exitCode, stdout } = await cutover("trust", "--env", "lab", "--json");
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    host: { name: "pg-backrest.timescale.glimpse.internal", address: "172.31.203.209" },
    user: "postgres",
    script: { path: "/usr/local/sbin/pgbackrest-only", text: script },
    authorizedKey: line,
    knownHost: null,
  });
});

test("where the repository host starts backups, trust has the target's host key for it as well", async () => {
  published(hostKey);
  double.aws.parameters.set("/timescale-cutover/lab/ssh-host-key", hostKey);
  lab.repository.publicKey = hostKey;
  try {
    const { exitCode, stdout } = await cutover("trust", "--env", "lab");
    expect(exitCode).toBe(0);
    expect(stdout.split("\n")).toContain(`${address} ${hostKey}`);
  } finally {
    delete lab.repository.publicKey;
  }
});

test("a target that has not booted yet is told by the parameter that is missing, with 3", async () => {
  const { exitCode, stdout, stderr } = await cutover("trust", "--env", "lab");
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: "" });
  expect(stderr).toContain(`There is no SSM parameter ${parameter} in account 111122223333, eu-west-2`);
  expect(stderr).toContain("Deploy the host stack and wait for the boot");
});

test.each([
  "",
  "no key",
  `command="/bin/sh" ${hostKey}`,
  `${hostKey} x\nssh-ed25519 AAAA`,
  `${hostKey}\n${hostKey}`,
  `${hostKey}AAAA`,
])("a parameter with %p never becomes a line of authorized_keys", async (value) => {
  published(value);
  const { exitCode, stdout, stderr } = await cutover("trust", "--env", "lab");
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: "" });
  expect(stderr).toContain(`The SSM parameter ${parameter} holds no public key: `);
});

test("credentials that may not read the parameter are told so", async () => {
  double.aws.fail("GetParameter", { status: 400, type: "AccessDeniedException", message: "not authorized" });
  const { exitCode, stderr } = await cutover("trust", "--env", "lab");
  expect(exitCode).toBe(3);
  expect(stderr).toContain("AWS refused (account 111122223333, eu-west-2): AccessDeniedException");
});

test("a lost connection is tried again", async () => {
  published(hostKey);
  double.aws.fail("GetParameter", "reset", { status: 400, type: "ThrottlingException" });
  expect(await cutover("trust", "--env", "lab")).toMatchObject({ exitCode: 0, stderr: "" });
});
