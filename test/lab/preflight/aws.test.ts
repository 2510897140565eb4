import type { Environment } from "../../../lib/config/environment";
import { secondsAlone } from "../../harness/unhurried";
import { describeLab } from "../describe-lab";
import { serveHealth } from "../health-server";
import { AwsLab, policyName, restartDocument, sourceRole, targetRole } from "./aws-lab";
import type { Verdict } from "./target-lab";

const recordName = "db.glimpse.internal";

/** What a check says: its verdict, and of its finding and remedy what matters. */
type Expected = [id: string, verdict: Verdict["verdict"], finding: RegExp, remedy?: RegExp];

describeLab("Preflight's checks of AWS", () => {
  let lab: AwsLab;
  let zone = "";
  let said = new Map<string, Verdict>();

  beforeAll(async () => {
    lab = await AwsLab.start();
    await lab.deploy((environment) => environment);
    zone = await hostedZone();
    await pointRecord("A", "172.31.203.10", 60);
    await lab.bash(serveHealth(["web.lab"]));
  });

  afterAll(async () => {
    await lab?.stop();
  });

  function expectSaid([id, verdict, finding, remedy]: Expected): void {
    expect(said.get(id)).toEqual({
      id,
      verdict,
      finding: expect.stringMatching(finding) as string,
      ...(remedy && { remedy: expect.stringMatching(remedy) as string }),
    });
  }

  describe("where everything is as the two stacks made it", () => {
    beforeAll(async () => {
      await lab.storeApplicationSecret();
      await lab.deploy((environment) =>
        withApplication(environment, {
          dnsRecord: { hostedZoneId: zone, name: recordName, ttlSeconds: 60 },
          restart: { documentName: restartDocument, targets: [{ key: "tag:Name", values: ["tracker"] }] },
          healthUrls: ["https://web.lab/health"],
          securityGroupIds: ["sg-0123456789abcdef0"],
        }),
      );
      await lab.relaySourcesResult("r20261121-000000-well");
      said = await lab.check("r20261121-000000-well");
    });

    it.each<Expected>([
      [
        "aws-identity",
        "pass",
        /^The target is arn:aws:sts::111122223333:assumed-role\/timescale-cutover-prod-target\/i-0+a020 in eu-west-2\.$/,
      ],
      ["aws-agent-versions", "pass", /all Online: i-0+a020 3\.3\.\d+\.0, i-0a+ 3\.3\.\d+\.0\.$/],
      [
        "aws-relay-target",
        "pass",
        /^The target reads the relay bucket timescale-cutover-prod-.*-relay, and /,
      ],
      ["aws-relay-source", "pass", /^The dump host has put its result/],
      ["aws-permissions-target", "pass", /may do all 14 actions that were simulated\.$/],
      ["aws-permissions-source", "pass", /^Nothing forbids .*-shared-postgresql-host the 6 actions/],
      ["aws-cipher-secret", "pass", /repo3-cipher-pass\.$/],
      ["aws-approvers", "pass", /^All approvers exist: 1\.$/],
      ["aws-application-secret", "pass", /points at the source, 172\.31\.203\.10:5432, as tracker\.$/],
      ["aws-secret-labels", "pass", /has \d of at most 20 staging labels\.$/],
      [
        "aws-dns-record",
        "pass",
        /^db\.glimpse\.internal\. is A 172\.31\.203\.10 with a TTL of 60 s, and leads/,
      ],
      ["aws-restart-document", "pass", /^The Command document tracker-restart is Active\.$/],
      ["aws-health-urls", "pass", /^All health URLs answer 2xx from the target: 1\.$/],
      ["aws-application-groups", "pass", /sg-0123456789abcdef0\.$/],
    ])("%s passes, and says what it saw", (...expected) => expectSaid(expected));

    it("keeps no password: neither in what it says nor in what stays on the host", async () => {
      expect(JSON.stringify([...said.values()])).not.toContain("of the lab");
      const kept = await lab.bash(
        "grep -rl 'of the lab' /var/lib/timescale-cutover /run/timescale-cutover || [ $? = 1 ]",
      );
      expect(kept).toBe("");
    });
  });

  describe("where much is wrong at once", () => {
    let passphrase = "";

    beforeAll(async () => {
      await lab.deploy((environment) => ({
        ...withApplication(environment, {
          dnsRecord: { hostedZoneId: zone, name: recordName, ttlSeconds: 60 },
          restart: { documentName: "no-such-document", targets: [{ key: "tag:Name", values: ["tracker"] }] },
          healthUrls: ["https://web.lab/health", "https://nowhere.lab/health"],
        }),
        cutover: {
          ...environment.cutover,
          approvers: [
            ...environment.cutover.approvers,
            "arn:aws:iam::111122223333:role/nobody",
            "arn:aws:iam::999900001111:role/elsewhere",
          ],
        },
      }));
      passphrase =
        environmentOf(lab).repository.pgbackrest.repo3.cipher.type === "none" ? "" : cipherSecret();
      await lab.bash(`aws secretsmanager delete-secret --secret-id '${passphrase}' >/dev/null`);
      await lab.storeApplicationSecret({ username: "billing" });
      await lab.bash("echo 503 >/run/web.lab");
      await pointRecord("A", "172.31.203.77", 3600);
      await lab.rehearsal.lab.hosts.source.kill();
      await lab.iam("DeleteRolePolicy", { RoleName: targetRole, PolicyName: policyName });
      await lab.iam("PutRolePolicy", {
        RoleName: sourceRole,
        PolicyName: "no-s3",
        PolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Deny", Action: "s3:Put*", Resource: "*" }],
        }),
      });
      said = await lab.check("r20261121-000000-bad1");
    });

    it.each<Expected>([
      ["aws-agent-versions", "fail", /^Of the runbook's instances: i-0a+ is ConnectionLost\.$/],
      ["aws-relay-target", "pass", /nothing of the source's lies there yet for this run\.$/],
      ["aws-relay-source", "fail", /^Nothing came from the dump host .*inspect-source\.json is missing/],
      [
        "aws-permissions-target",
        "fail",
        /may not do what the runbook does: s3:GetObject on s3:::.*relay\/runs\/example \(implicitDeny\), .* and \d+ more\.{1,3}$/,
      ],
      [
        "aws-permissions-source",
        "fail",
        /is forbidden what the runbook does: s3:PutObject on .*source\/example \(explicitDeny\), s3:PutObject on .*conflicts\/example \(explicitDeny\)\.$/,
      ],
      [
        "aws-cipher-secret",
        "fail",
        /repo3-cipher-pass .* cannot be read: .*InvalidRequestException|ResourceNotFound/,
      ],
      ["aws-approvers", "fail", /there is none such: arn:aws:iam::111122223333:role\/nobody\.$/],
      [
        "aws-application-secret",
        "fail",
        /has the username billing; application\.roleName is tracker/,
        /secretName/,
      ],
      ["aws-secret-labels", "fail", /could not be made: aws-application-secret failed/, /first/],
      [
        "aws-dns-record",
        "warn",
        /is A 172\.31\.203\.77 with a TTL of 3600 s; application\.sourceHost is 172\.31\.203\.10/,
        /leads to the source/,
      ],
      ["aws-restart-document", "fail", /^There is no document no-such-document .* in eu-west-2\.$/],
      ["aws-health-urls", "warn", /web\.lab\/health answers 503; https:\/\/nowhere\.lab\/health: .*resolve/],
      ["aws-application-groups", "warn", /names none: the target's security group lets no application in/],
    ])("%s says so (%s)", (...expected) => expectSaid(expected));

    it("is let pass by the names of its checks, and fails while one is not named", async () => {
      const failing = [...said.values()].filter(({ verdict }) => verdict === "fail").map(({ id }) => id);
      const [first = "", ...rest] = failing;
      expect(await lab.run("r20261121-000000-bad2", rest.join(","))).toMatchObject({
        status: "failed",
        code: "checks-failed",
        message: `Preflight found what would spoil the window: ${first}. The first: ${said.get(first)?.finding}`,
        remedy: expect.stringMatching(/--allow/) as string,
      });
      expect(await lab.run("r20261121-000000-bad3", failing.join(","))).toMatchObject({
        status: "succeeded",
      });
    });

    function cipherSecret(): string {
      const { cipher } = environmentOf(lab).repository.pgbackrest.repo3;
      return cipher.type === "none" ? "" : cipher.passSecret;
    }
  });

  describe("of a network source, whose secret holds no password", () => {
    beforeAll(async () => {
      await lab.deploy(
        (environment) => ({
          ...withApplication(environment, {
            dnsRecord: { hostedZoneId: zone, name: recordName, ttlSeconds: 60 },
          }),
          cutover: {
            ...environment.cutover,
            approvers: [...environment.cutover.approvers, "arn:aws:iam::999900001111:role/elsewhere"],
          },
        }),
        "network",
      );
      await lab.storeSourcePassword(JSON.stringify({ username: "postgres" }));
      await lab.storeApplicationSecret();
      await pointRecord("A", "172.31.203.10", 3600);
      await labelSecret(15);
      await lab.relaySourcesResult("r20261121-000000-netw");
      said = await lab.check("r20261121-000000-netw");
    });

    it.each<Expected>([
      ["aws-agent-versions", "pass", /all Online: i-0+a020 \S+\.$/],
      ["aws-source-password-secret", "fail", /holds no password/, /key "password"/],
      ["aws-permissions-target", "pass", /may do all 15 actions/],
      ["aws-approvers", "warn", /cannot be looked up .*: arn:aws:iam::999900001111:role\/elsewhere/, /./],
      ["aws-secret-labels", "warn", /has (16|17) staging labels, and 20 is the most: label-1, .*label-5\.$/],
      [
        "aws-dns-record",
        "warn",
        /TTL of 3600 s: resolvers may lead .*; application\.dnsRecord\.ttlSeconds is 60\.$/,
        /at least 3600 s before/,
      ],
    ])("%s says so (%s)", (...expected) => expectSaid(expected));

    it("makes no check of a source's role that there is not", () => {
      expect(said.has("aws-permissions-source")).toBe(false);
    });

    it("passes once there is one, and refuses a secret without room for a label", async () => {
      await lab.storeSourcePassword("the password itself");
      await labelSecret(20);
      said = await lab.check("r20261121-000000-netw");
      expectSaid(["aws-source-password-secret", "pass", /holds a password\.$/]);
      expectSaid(["aws-secret-labels", "fail", /has 2\d staging labels, and 20 is the most/]);
    });
  });

  it("refuses a target that calls AWS as somebody else, and makes no check in that one's name", async () => {
    await lab.iam("UntagRole", { RoleName: targetRole, "TagKeys.member.1": "lab-access-key" });
    said = await lab.check("r20261121-000000-who1");
    expectSaid([
      "aws-identity",
      "fail",
      /^The target calls AWS as arn:aws:sts::111122223333:user\/moto, not as its role timescale-cutover-prod-target\.$/,
      /instance profile/,
    ]);
    expectSaid(["aws-relay-target", "fail", /could not be made: aws-identity failed/, /first/]);
  });

  it("says that a check could not be made where AWS does not answer, within its bounds", async () => {
    await lab.bash("ip route add blackhole 172.31.203.1/32");
    const begun = Date.now();
    said = await lab
      .check("r20261121-000000-gone")
      .finally(() => lab.bash("ip route del blackhole 172.31.203.1/32"));
    expectSaid(["aws-identity", "fail", /^The check could not be made: .*(connect|did not answer)/i, /./]);
    expect(secondsAlone((Date.now() - begun) / 1000)).toBeLessThan(90);
  });

  function withApplication(
    environment: Environment,
    application: Partial<Environment["application"]>,
  ): Environment {
    return { ...environment, application: { ...environment.application, ...application } };
  }

  function environmentOf({ rehearsal }: AwsLab): Environment {
    return rehearsal.environment;
  }

  /** Labels of somebody else's on the application's secret, so that it has that many beside AWS's own. */
  async function labelSecret(count: number): Promise<void> {
    const { secretName } = environmentOf(lab).application;
    const labels = Array.from({ length: count }, (_, index) => `label-${index + 1}`).join(" ");
    await lab.bash(
      `aws secretsmanager put-secret-value --secret-id '${secretName}' --version-stages ${labels} --secret-string '{}' >/dev/null`,
    );
  }

  function hostedZone(): Promise<string> {
    return lab.bash(
      "aws route53 create-hosted-zone --name glimpse.internal --caller-reference one --query HostedZone.Id --output text | sed 's/.*\\///'",
    );
  }

  async function pointRecord(type: string, value: string, ttl: number): Promise<void> {
    const record = { Name: recordName, Type: type, TTL: ttl, ResourceRecords: [{ Value: value }] };
    const batch = JSON.stringify({ Changes: [{ Action: "UPSERT", ResourceRecordSet: record }] });
    await lab.bash(
      `aws route53 change-resource-record-sets --hosted-zone-id ${zone} --change-batch '${batch}' >/dev/null`,
    );
  }
});
