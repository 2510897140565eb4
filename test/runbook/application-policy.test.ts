import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { ManagedPolicy } from "aws-cdk-lib/aws-iam";
import type { Environment } from "../../lib/config/environment";
import { restartStatements, targetApplicationStatements } from "../../lib/runbook/application-policy";
import { prodWith } from "./environment";

type Application = Environment["application"];

const record = { hostedZoneId: "Z0123456789ABCDEFGHIJ", name: "DB.glimpse.internal", ttlSeconds: 60 };

function prodWithApplication(changes: Partial<Application>): Environment {
  return prodWith({ application: { ...prodWith().application, ...changes } });
}

function statementsOf(environment: Environment, make: typeof restartStatements): Record<string, unknown>[] {
  const stack = new Stack(new App(), "stack", { env: { account: "111122223333", region: "eu-west-2" } });
  const statements = make(environment, stack);
  if (statements.length === 0) return [];
  new ManagedPolicy(stack, "Policy", { statements });
  const [policy] = Object.values(Template.fromStack(stack).findResources("AWS::IAM::ManagedPolicy"));
  return policy?.["Properties"].PolicyDocument.Statement as Record<string, unknown>[];
}

const arn = (rest: string) => ({ "Fn::Join": ["", ["arn:", { Ref: "AWS::Partition" }, rest]] });

describe("the target", () => {
  test("may read and switch the application's one secret, and do nothing else with it", () => {
    const { secretName } = prodWith().application;
    expect(statementsOf(prodWith(), targetApplicationStatements)).toEqual([
      {
        Sid: "SwitchTheApplicationsSecret",
        Effect: "Allow",
        Action: [
          "secretsmanager:DescribeSecret",
          "secretsmanager:GetSecretValue",
          "secretsmanager:PutSecretValue",
          "secretsmanager:UpdateSecretVersionStage",
        ],
        Resource: arn(`:secretsmanager:eu-west-2:111122223333:secret:${secretName}-??????`),
      },
    ]);
  });

  test("may replace the application's one DNS record where there is one, and delete nothing", () => {
    const statements = statementsOf(prodWithApplication({ dnsRecord: record }), targetApplicationStatements);
    const zone = arn(":route53:::hostedzone/Z0123456789ABCDEFGHIJ");
    expect(statements.slice(1)).toEqual([
      expect.objectContaining({ Action: "route53:ListResourceRecordSets", Resource: zone }),
      expect.objectContaining({
        Action: "route53:ChangeResourceRecordSets",
        Resource: zone,
        Condition: {
          "ForAllValues:StringEquals": {
            "route53:ChangeResourceRecordSetsNormalizedRecordNames": ["db.glimpse.internal"],
            "route53:ChangeResourceRecordSetsRecordTypes": ["A", "CNAME"],
            "route53:ChangeResourceRecordSetsActions": ["UPSERT"],
          },
        },
      }),
      expect.objectContaining({ Action: "route53:GetChange", Resource: arn(":route53:::change/*") }),
    ]);
  });
});

describe("the automations", () => {
  test("may restart nothing where no restart is configured", () => {
    expect(statementsOf(prodWith(), restartStatements)).toEqual([]);
  });

  test("may run the restart document on the instances that are named", () => {
    const restart = {
      documentName: "tracker-restart",
      targets: [{ key: "InstanceIds", values: ["i-0aaaaaaaaaaaaaaa1", "mi-0aaaaaaaaaaaaaaa2"] }],
    };
    const statements = statementsOf(prodWithApplication({ restart }), restartStatements);
    expect(statements.map(({ Resource }) => Resource)).toEqual([
      arn(":ssm:eu-west-2:111122223333:document/tracker-restart"),
      [
        arn(":ec2:eu-west-2:111122223333:instance/i-0aaaaaaaaaaaaaaa1"),
        arn(":ssm:eu-west-2:111122223333:managed-instance/mi-0aaaaaaaaaaaaaaa2"),
      ],
    ]);
    expect(statements[1]).not.toHaveProperty("Condition");
  });

  test("may run it on instances that have the tags, and on no others", () => {
    const restart = {
      documentName: "AWS-RunShellScript",
      targets: [
        { key: "tag:Name", values: ["tracker-web", "tracker-ingest"] },
        { key: "tag:Stage", values: ["prod"] },
      ],
    };
    const [document, instances] = statementsOf(prodWithApplication({ restart }), restartStatements);
    expect(document?.["Resource"]).toEqual(arn(":ssm:eu-west-2::document/AWS-RunShellScript"));
    expect(instances).toMatchObject({
      Action: "ssm:SendCommand",
      Condition: {
        StringEquals: {
          "ssm:resourceTag/Name": ["tracker-web", "tracker-ingest"],
          "ssm:resourceTag/Stage": ["prod"],
        },
      },
    });
  });
});
