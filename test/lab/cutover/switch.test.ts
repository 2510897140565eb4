import { describeLab } from "../describe-lab";
import { bash } from "../on-host";
import { type Ended, SwitchLab, type Values } from "./switch-lab";

const source = { host: "172.31.203.10", port: 5432 };
const target = { host: "172.31.203.20", port: 5432 };
const password = `p:w\\d'"$ {é} 7f3a91`;
const connection = { ...source, dbname: "tracker", username: "tracker", password };
// What is beside the connection is other people's: a number that JSON.parse would round, a nested value, a null.
const others = `"engine":"postgres","ids":[9007199254740993,1.50],"pool":{"size":4,"name":null}`;
const text = (changes: Values = {}) =>
  JSON.stringify({ ...connection, ...changes }).replace(/\}$/, `,${others}}`);

let runs = 0;
const newRun = () => `r20261121-1200${String((runs += 1)).padStart(2, "0")}-sw1t`;
const versionOf = (run: string) => `timescale-cutover-${run}`;

describeLab("The switch", () => {
  let lab: SwitchLab;
  const onTarget = (script: string) => bash(lab.target, script);

  beforeAll(async () => {
    lab = await SwitchLab.start();
    await lab.deploy({});
  });

  afterAll(async () => {
    await lab?.stop();
  });

  const tell = (what: string, test: () => Promise<void>) => it(what, test);

  function expectFailure({ result }: Ended, code: string, message: RegExp): void {
    expect(result).toMatchObject({ status: "failed", code, message: expect.stringMatching(message) });
    expect(result["remedy"]).toMatch(/\.$/);
  }

  const refused: [what: string, secret: string, code: string, message: RegExp][] = [
    ["that is no JSON", `{"password": "${"s3cret"}"`, "secret-not-json", /is no JSON object/],
    [
      "that lacks keys",
      '{"host":"h","port":5432,"username":""}',
      "secret-lacks-key",
      /: dbname, username, password\.$/,
    ],
    [
      "of another role",
      text({ username: "root" }),
      "secret-other-role",
      /username root; application\.roleName is tracker/,
    ],
    [
      "of another database",
      text({ dbname: "trackr" }),
      "secret-other-database",
      /dbname trackr; database\.name is tracker/,
    ],
    [
      "that names another host",
      text({ host: "10.0.0.9" }),
      "secret-not-source",
      /at 10\.0\.0\.9:5432; the source is 172\.31\.203\.10:5432/,
    ],
    ["that names the target already", text(target), "secret-not-source", /switched already/],
  ];

  tell("refuses a secret that it could not switch, by name, and makes no version of it", async () => {
    for (const [what, secret, code, message] of refused) {
      const version = await lab.store(secret);
      // Both read the secret by the same part: the first and the last show that the switch refuses too.
      const both = what === "that is no JSON" || what === "that names the target already";
      for (const step of both ? ["inspect-application", "switch"] : ["inspect-application"]) {
        const ended = await lab.run(step, newRun());
        expectFailure(ended, code, message);
        expect(`${what}: ${ended.output}`).not.toContain("s3cret");
      }
      expect(await lab.labels()).toEqual({ [version]: ["AWSCURRENT"] });
    }
  });

  tell("is preceded by a look that changes nothing", async () => {
    const version = await lab.store(text());
    const { result } = await lab.run("inspect-application", newRun());
    expect(result).toMatchObject({
      status: "succeeded",
      truth: "source",
      version,
      secretPlace: "172.31.203.10:5432",
    });
    expect(await lab.labels()).toEqual({ [version]: ["AWSCURRENT"] });
  });

  tell(
    "changes host and port, keeps every other key to the byte, and makes the old version AWSPREVIOUS",
    async () => {
      const before = await lab.store(text());
      const run = newRun();
      const first = await lab.run("switch", run);
      expect(first.result).toMatchObject({
        status: "succeeded",
        truth: "target",
        version: versionOf(run),
        previousVersion: before,
        switchedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      });
      expect((await lab.current()).text).toBe(text(target));
      const labels = { [before]: ["AWSPREVIOUS"], [versionOf(run)]: ["AWSCURRENT"] };
      expect(await lab.labels()).toEqual(labels);

      const second = await lab.run("switch", run);
      expect(second.result).toMatchObject({ ...first.result, seconds: expect.any(Number) });
      expect(await lab.labels()).toEqual(labels);
      expectFailure(await lab.run("switch", newRun()), "secret-not-source", /switched already/);
    },
  );

  tell(
    "goes on where it was killed between the new version and the move, and keeps a port that is a text",
    async () => {
      const before = await lab.store(text({ port: "5432" }));
      const run = newRun();
      const killing = `case "$*" in *update-secret-version-stage*) kill -KILL 0 ;; esac\naws "$@"`;
      const killed = await lab.withAws(killing, () => lab.run("switch", run));
      expect(killed.result["status"]).not.toBe("succeeded");
      expect(await lab.labels()).toEqual({
        [before]: ["AWSCURRENT"],
        [versionOf(run)]: ["timescale-cutover-pending"],
      });
      expect((await lab.run("settle", run, { Truth: "source" })).result).toMatchObject({
        status: "succeeded",
        truth: "source",
      });
      expect((await lab.run("switch", run)).result).toMatchObject({
        status: "succeeded",
        previousVersion: before,
      });
      expect((await lab.current()).text).toBe(text({ host: target.host, port: "5432" }));
      expect(await lab.labels()).toEqual({ [before]: ["AWSPREVIOUS"], [versionOf(run)]: ["AWSCURRENT"] });
    },
  );

  tell("believes what it sees where the answer of the move was lost", async () => {
    const before = await lab.store(text());
    const losing = `aws "$@"; status=$?; case "$*" in *update-secret-version-stage*AWSCURRENT*) echo 'Connection was closed' >&2; exit 255 ;; esac; exit $status`;
    const { result } = await lab.withAws(losing, () => lab.run("switch", newRun()));
    expect(result).toMatchObject({ status: "succeeded", truth: "target", previousVersion: before });
  });

  tell("refuses when the secret is rotated in between, before the new version or after it", async () => {
    await lab.store(text());
    await onTarget(`cat >/root/rotated.json <<'END'\n${text({ password: "rotated" })}\nEND`);
    const rotate = `aws secretsmanager put-secret-value --secret-id '${lab.secretName}' --secret-string file:///root/rotated.json >/dev/null`;
    const rotating = `case "$*" in *update-secret-version-stage*) ${rotate} ;; esac\naws "$@"`;
    const raced = await lab.withAws(rotating, () => lab.run("switch", newRun()));
    expectFailure(raced, "secret-changed", /changed by somebody else in this moment/);
    expect((await lab.current()).text).toContain('"rotated"');

    await lab.store(text({ password: "rotated since" }));
    const run = newRun();
    await lab.prepare(versionOf(run), text(target));
    expectFailure(await lab.run("switch", run), "secret-changed", /after this run had prepared its version/);
    expect((await lab.current()).text).toBe(text({ password: "rotated since" }));
  });

  tell("is taken back to the version before it, once or twice, and only by its own run's name", async () => {
    const before = await lab.store(text());
    const [cutover, rollback] = [newRun(), newRun()];
    await lab.run("switch", cutover);
    const stranger = await lab.run("switch-back", rollback, { CutoverRunId: newRun() });
    expectFailure(stranger, "secret-changed", /is not as the cutover .* left it/);
    for (let time = 1; time <= 2; time += 1) {
      const { result } = await lab.run("switch-back", rollback, { CutoverRunId: cutover });
      expect(result).toMatchObject({
        status: "succeeded",
        truth: "source",
        version: before,
        previousVersion: versionOf(cutover),
      });
      expect(await lab.labels()).toEqual({ [before]: ["AWSCURRENT"], [versionOf(cutover)]: ["AWSPREVIOUS"] });
    }
    expect((await lab.current()).text).toBe(text());
  });

  tell("settles: source, target, or not to be told", async () => {
    const run = newRun();
    await lab.store(text());
    expect((await lab.run("settle", run, { Truth: "source" })).result).toMatchObject({
      status: "succeeded",
      truth: "source",
    });
    await lab.run("switch", run);
    const counting = `echo x >>/run/settle-tries; [ "$(wc -l </run/settle-tries)" -gt 2 ] || { echo 'Connection was closed' >&2; exit 255; }\naws "$@"`;
    const patient = await lab.withAws(counting, () => lab.run("settle", run, { Truth: "target" }));
    expect(patient.result).toMatchObject({ status: "succeeded", truth: "target", version: versionOf(run) });
    expectFailure(
      await lab.run("settle", run, { Truth: "source" }),
      "not-the-truth",
      /names the target: the source is not/,
    );
    await lab.store(text({ host: "10.0.0.9" }));
    expectFailure(
      await lab.run("settle", newRun(), { Truth: "source" }),
      "truth-unknown",
      /at 10\.0\.0\.9:5432: neither the source/,
    );
    await lab.store("no JSON");
    expectFailure(
      await lab.run("settle", newRun(), { Truth: "target" }),
      "truth-unknown",
      /is no JSON object/,
    );
  });

  describe("of the DNS record", () => {
    const name = "db.glimpse.internal";
    let zone: string;
    const record = (type: string, value: string) =>
      JSON.stringify({
        Changes: [
          {
            Action: "UPSERT",
            ResourceRecordSet: { Name: name, Type: type, TTL: 300, ResourceRecords: [{ Value: value }] },
          },
        ],
      });
    const makeRecord = (type: string, value: string) =>
      onTarget(
        `aws route53 change-resource-record-sets --hosted-zone-id ${zone} --change-batch '${record(type, value)}' >/dev/null`,
      );
    const shown = () =>
      onTarget(
        `aws route53 list-resource-record-sets --hosted-zone-id ${zone} --output text --query "ResourceRecordSets[?Name=='${name}.'].[Type,TTL,ResourceRecords[0].Value]"`,
      );

    beforeAll(async () => {
      const id = await onTarget(
        "aws route53 create-hosted-zone --name glimpse.internal --caller-reference one --query HostedZone.Id --output text",
      );
      zone = id.replace("/hostedzone/", "");
      await lab.deploy({ dnsRecord: { hostedZoneId: zone, name, ttlSeconds: 60 } });
      await lab.store(text());
    });

    tell("refuses a record that it could not change, and one that is at the target already", async () => {
      const run = newRun();
      expectFailure(
        await lab.run("inspect-application", run),
        "dns-record-unfit",
        /db\.glimpse\.internal\.: nothing/,
      );
      await makeRecord("CNAME", "old.glimpse.internal");
      expectFailure(
        await lab.run("inspect-application", run),
        "dns-target-without-name",
        /a CNAME wants another name/,
      );
      await onTarget(
        `aws route53 change-resource-record-sets --hosted-zone-id ${zone} --change-batch '${record("CNAME", "old.glimpse.internal").replace("UPSERT", "DELETE")}' >/dev/null`,
      );
      await makeRecord("A", target.host);
      // As the switch would write it.
      await onTarget(
        `aws route53 change-resource-record-sets --hosted-zone-id ${zone} --change-batch '${record("A", target.host).replace("300", "60")}' >/dev/null`,
      );
      expectFailure(
        await lab.run("inspect-application", run),
        "dns-not-source",
        /points at the target already/,
      );
      await makeRecord("A", source.host);
      const { result } = await lab.run("inspect-application", run);
      expect(result["dnsRecord"]).toMatchObject({ Type: "A", TTL: 300 });
    });

    tell("goes to the target and comes back as it was, each once or twice", async () => {
      const [cutover, rollback] = [newRun(), newRun()];
      for (const changed of [true, false]) {
        expect((await lab.run("point-dns", cutover)).result).toMatchObject({ status: "succeeded", changed });
        expect(await shown()).toBe(`A\t60\t${target.host}`);
      }
      for (const changed of [true, false]) {
        const { result } = await lab.run("point-dns-back", rollback, { CutoverRunId: cutover });
        expect(result).toMatchObject({ status: "succeeded", changed });
        expect(await shown()).toBe(`A\t300\t${source.host}`);
      }
    });

    tell("comes back from the relay bucket where the host has lost what it saved", async () => {
      const [cutover, never] = [newRun(), newRun()];
      await lab.run("point-dns", cutover);
      await onTarget(`rm -r /var/lib/timescale-cutover/${cutover}`);
      const unsaved = await lab.run("point-dns-back", newRun(), { CutoverRunId: never });
      expectFailure(unsaved, "dns-record-not-saved", /points at the target, and what it was before/);
      const back = await lab.run("point-dns-back", newRun(), { CutoverRunId: cutover });
      expect(back.result).toMatchObject({ status: "succeeded", changed: true });
      expect(await shown()).toBe(`A\t300\t${source.host}`);
      // Nothing was changed by that cutover, and nothing is.
      const untouched = await lab.run("point-dns-back", newRun(), { CutoverRunId: never });
      expect(untouched.result).toMatchObject({ status: "succeeded", changed: false });
    });
  });
});
