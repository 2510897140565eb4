import type { BootResult } from "../../../lib/lab/boot-result";
import type { Lab } from "../../../lib/lab/lab";
import { describeLab } from "../describe-lab";
import { bash, sql } from "../on-host";
import { bootAgain, failureOf, lineOf, nobodyWaits, signalOf, startTarget } from "./booting-target";

const conf = "/etc/timescale-cutover/boot.conf";

describeLab("A boot whose configuration is not so", () => {
  let lab: Lab;
  let missing: BootResult;

  beforeAll(async () => {
    lab = await startTarget({ settings: { REPO3_PASS_SECRET: "no/such/secret" } });
    missing = await failureOf(lab);
  });

  afterAll(async () => {
    await lab?.stop();
  });

  /** Boots once more with one setting changed, and changes it back. */
  async function bootWith(name: string, value: string): Promise<BootResult> {
    const { target } = lab.hosts;
    await bash(target, `cp -p ${conf} ${conf}.kept && sed -i "s|^${name}=.*|${name}='${value}'|" ${conf}`);
    const result = await bootAgain(target);
    await bash(target, `mv ${conf}.kept ${conf}`);
    return result;
  }

  test("by a secret that is missing, ends with its name on the console and in the stack's events", async () => {
    expect(missing).toMatchObject({ step: "pgbackrest-configuration", code: "secret-missing" });
    expect(missing.message).toBe("There is no secret named 'no/such/secret'.");
    expect(missing.remedy).toMatch(/^Store the bare passphrase under that name in eu-west-2/);
    expect(lab.hosts.target.console()).toContain(lineOf(missing));
    expect(await signalOf(lab)).toMatchObject({
      Status: "FAILURE",
      UniqueId: expect.stringContaining(`${missing.code}-`),
    });
    expect((await lab.hosts.target.run(["cloud-init", "status"])).stdout).toContain("error");
  });

  test("by a secret that is missing, goes well once the secret is there", async () => {
    const create =
      "aws secretsmanager create-secret --name no/such/secret --secret-string somebodys-passphrase";
    await bash(lab.hosts.target, create);
    expect(await bootAgain(lab.hosts.target)).toMatchObject({ status: "succeeded" });
    expect(await bash(lab.hosts.target, "grep -c somebodys-passphrase /etc/pgbackrest.conf")).toBe("1");
  });

  test("by a secret's ARN in place of its name, ends before the secret is asked for", async () => {
    const arn = "arn:aws:secretsmanager:eu-west-2:111122223333:secret:repo3-cipher-pass-AbCdEf";
    const failure = await bootWith("REPO3_PASS_SECRET", arn);
    expect(failure).toMatchObject({ step: "pgbackrest-configuration", code: "secret-is-arn" });
    expect(failure.message).toContain(arn);
  });

  test.each([
    ["PostgreSQL", "POSTGRESQL_VERSION", "17.1"],
    ["TimescaleDB", "TIMESCALEDB_VERSION", "2.1.0"],
    ["PostGIS", "POSTGIS_VERSION", "3.0.1"],
    ["pgBackRest", "PGBACKREST_VERSION", "2.40"],
  ])("by another version of %s, ends with what is there and what is wanted", async (_, name, value) => {
    const failure = await bootWith(name, value);
    expect(failure).toMatchObject({ step: "packages", code: "package-version-differs" });
    expect(failure.message).toContain(value);
  });

  test("tells the cause every time that it is started, however often in a row", async () => {
    for (let start = 0; start < 11; start++) {
      expect(await bootWith("PGBACKREST_VERSION", "2.40")).toMatchObject({
        code: "package-version-differs",
      });
    }
  });

  test("by a setting that somebody has changed, ends with what it is and what is wanted", async () => {
    const { target } = lab.hosts;
    const file = `/etc/postgresql/${lab.postgresql.major}/main/conf.d/mine.conf`;
    await bash(target, `echo "password_encryption = 'md5'" >${file}; systemctl reload postgresql`);
    const failure = await bootAgain(target);
    await bash(target, `rm ${file}; systemctl reload postgresql`);
    expect(failure).toMatchObject({ step: "assert-host", code: "setting-differs" });
    expect(failure.message).toBe("password_encryption is 'md5'; 'scram-sha-256' is wanted.");
  });

  test("by a secret that is no bare passphrase, ends before a file holds it", async () => {
    const json = '{"passphrase": "in-json"}';
    await bash(lab.hosts.target, `aws secretsmanager create-secret --name of/json --secret-string '${json}'`);
    const failure = await bootWith("REPO3_PASS_SECRET", "of/json");
    expect(failure).toMatchObject({ step: "pgbackrest-configuration", code: "secret-unfit" });
    expect(JSON.stringify(failure)).not.toContain("in-json");
    expect(await bash(lab.hosts.target, "grep -c in-json /etc/pgbackrest.conf || [ $? = 1 ]")).toBe("0");
  });

  test("by an option that pgBackRest refuses, ends with pgBackRest's own words", async () => {
    const { target } = lab.hosts;
    const file = "/etc/pgbackrest/conf.d/mine.conf";
    await bash(
      target,
      `install -d /etc/pgbackrest/conf.d; printf '[global]\nrepo3-cipher-type=rot13\n' >${file}`,
    );
    const failure = await bootAgain(target);
    await bash(target, `rm ${file}`);
    expect(failure).toMatchObject({ step: "pgbackrest-configuration", code: "pgbackrest-refuses" });
    expect(failure.message).toMatch(/repo3-cipher-type/);
  });

  test("by an SSM agent that is too old for the runbook's parameters, ends with its version", async () => {
    const { target } = lab.hosts;
    const agent = "/usr/bin/amazon-ssm-agent";
    await bash(
      target,
      `cp -p ${agent} /root/agent; printf '#!/bin/sh\necho SSM Agent version: 3.2.1.0\n' >${agent}`,
    );
    const failure = await bootAgain(target);
    await bash(target, `mv /root/agent ${agent}`);
    expect(failure).toMatchObject({ step: "assert-host", code: "agent-too-old" });
    expect(failure.message).toContain("'3.2.1.0'");
  });

  test("by a locale that is not there, makes it; by one that nobody knows, ends with its name", async () => {
    expect(await bootWith("LOCALES", "en_GB.UTF-8 fr_FR.UTF-8")).toMatchObject({ status: "succeeded" });
    expect(await bash(lab.hosts.target, "locale -a")).toContain("fr_FR.utf8");
    const failure = await bootWith("LOCALES", "xx_YY.UTF-8");
    await bash(lab.hosts.target, "sed -i /xx_YY/d /etc/locale.gen");
    expect(failure).toMatchObject({ step: "locales", code: "locale-not-made" });
    expect(failure.message).toContain("xx_YY.UTF-8");
  });

  test("never takes the server down: it goes on through all of this", async () => {
    expect(await sql(lab.hosts.target, "postgres", "SELECT 1")).toBe("1");
    expect(await bootAgain(lab.hosts.target)).toMatchObject({ status: "succeeded" });
  });

  test("tells CloudFormation of a boot that went well after all, and goes well where no deployment waits", async () => {
    expect(await signalOf(lab)).toMatchObject({ Status: "SUCCESS" });
    await nobodyWaits(lab);
    expect(await bootAgain(lab.hosts.target)).toMatchObject({ status: "succeeded" });
    const said = "journalctl --unit timescale-cutover-boot --boot | grep -c 'could not be told' || :";
    expect(await bash(lab.hosts.target, said)).toBe("0");
  });
});
