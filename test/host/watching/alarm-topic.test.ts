import { Match } from "aws-cdk-lib/assertions";
import { watchingTemplate } from "./watching-template";

const emails = ["dba@example.com", "on-call@example.com"];
const template = watchingTemplate({
  alarms: {
    emails,
    dataVolumeFreePercent: 20,
    cpuCreditBalance: 60,
    readySegments: 64,
    archiveSilentSeconds: 900,
    archiveQueuePercent: 50,
    repositoryFreeGiB: 50,
    backupAgeHours: 26,
    connectionsPercent: 80,
  },
});

interface Statement {
  Sid: string;
  Effect: string;
  Principal: unknown;
  Action: string | string[];
  Resource: unknown;
  Condition?: unknown;
}

function statementsOf(type: string, policy: string): Statement[] {
  return Object.values(template.findResources(type)).flatMap(
    (resource) => resource["Properties"][policy].Statement as Statement[],
  );
}

describe("the alarms' topic", () => {
  test("is encrypted with a rotated key of its own", () => {
    template.resourceCountIs("AWS::KMS::Key", 1);
    template.hasResourceProperties("AWS::KMS::Key", { EnableKeyRotation: true });
    template.hasResourceProperties("AWS::SNS::Topic", {
      TopicName: "timescale-cutover-prod-alarms",
      KmsMasterKeyId: { "Fn::GetAtt": [Match.stringLikeRegexp("^WatchingAlarmsKey"), "Arn"] },
    });
  });

  test("has a key that CloudWatch may use for it: with SNS's own key its messages would be lost in silence", () => {
    const granted = statementsOf("AWS::KMS::Key", "KeyPolicy").filter(({ Principal }) =>
      JSON.stringify(Principal).includes("cloudwatch.amazonaws.com"),
    );
    expect(granted).toEqual([
      {
        Sid: "AlarmsEncryptTheirMessages",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: "*",
      },
    ]);
  });

  test("lets this account's alarms of this environment publish, and nobody without TLS", () => {
    // Beside them EventBridge, of which run-ended.test.ts speaks.
    const [publish, plain, another] = statementsOf("AWS::SNS::TopicPolicy", "PolicyDocument")
      .filter(({ Principal }) => !JSON.stringify(Principal).includes("events.amazonaws.com"))
      .sort((a, b) => a.Effect.localeCompare(b.Effect));
    expect(another).toBeUndefined();
    expect(publish).toMatchObject({
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: "sns:Publish",
      Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
    });
    expect(JSON.stringify(publish?.Condition)).toContain(
      ":cloudwatch:eu-west-2:111122223333:alarm:timescale-cutover-prod-*",
    );
    expect(plain).toMatchObject({
      Effect: "Deny",
      Principal: "*",
      Action: "sns:Publish",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  });

  test("writes to the environment's addresses, each once", () => {
    const subscriptions = Object.values(template.findResources("AWS::SNS::Subscription"));
    expect(subscriptions.map((one) => [one["Properties"].Protocol, one["Properties"].Endpoint])).toEqual(
      emails.map((email) => ["email", email]),
    );
  });
});
