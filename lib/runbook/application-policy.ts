import { ArnFormat, Stack, Validations } from "aws-cdk-lib";
import { PolicyStatement, type Role } from "aws-cdk-lib/aws-iam";
import type { IConstruct } from "constructs";
import type { Environment } from "../config/environment";

const HAS_NO_ACCOUNT = /^(AWS|Amazon)[A-Za-z]*-/;

/** What the target needs to switch the application: its one secret, and its DNS record where there is one. */
export function targetApplicationStatements(environment: Environment, stack: Stack): PolicyStatement[] {
  const { secretName, dnsRecord } = environment.application;
  const statements = [
    new PolicyStatement({
      sid: "SwitchTheApplicationsSecret",
      actions: [
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetSecretValue",
        "secretsmanager:PutSecretValue",
        "secretsmanager:UpdateSecretVersionStage",
      ],
      // Secrets Manager ends every ARN with a hyphen and six random characters.
      resources: [
        stack.formatArn({
          service: "secretsmanager",
          resource: "secret",
          resourceName: `${secretName}-??????`,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
    }),
  ];
  return dnsRecord === undefined ? statements : [...statements, ...recordStatements(dnsRecord, stack)];
}

function recordStatements(
  { hostedZoneId, name }: NonNullable<Environment["application"]["dnsRecord"]>,
  stack: Stack,
): PolicyStatement[] {
  const zone = `arn:${stack.partition}:route53:::hostedzone/${hostedZoneId}`;
  return [
    new PolicyStatement({
      sid: "ReadTheApplicationsZone",
      actions: ["route53:ListResourceRecordSets"],
      resources: [zone],
    }),
    new PolicyStatement({
      sid: "PointTheApplicationsRecord",
      actions: ["route53:ChangeResourceRecordSets"],
      resources: [zone],
      // Of the zone this one record, and nothing is deleted.
      conditions: {
        "ForAllValues:StringEquals": {
          "route53:ChangeResourceRecordSetsNormalizedRecordNames": [name.toLowerCase()],
          "route53:ChangeResourceRecordSetsRecordTypes": ["A", "CNAME"],
          "route53:ChangeResourceRecordSetsActions": ["UPSERT"],
        },
      },
    }),
    new PolicyStatement({
      sid: "SeeTheRecordsChangeTakenOver",
      actions: ["route53:GetChange"],
      resources: [`arn:${stack.partition}:route53:::change/*`],
    }),
  ];
}

/** What the automations need to have the application restarted; nothing where that is not configured. */
export function letRestartApplication(role: Role, environment: Environment): void {
  for (const statement of restartStatements(environment, Stack.of(role))) role.addToPolicy(statement);
  acknowledgeRestart(role, environment);
}

export function restartStatements(environment: Environment, stack: Stack): PolicyStatement[] {
  const { restart } = environment.application;
  if (restart === undefined) return [];
  return [
    new PolicyStatement({
      sid: "RunTheRestartDocument",
      actions: ["ssm:SendCommand"],
      resources: [documentArn(restart.documentName, stack)],
    }),
    new PolicyStatement({
      sid: "RestartTheApplicationsInstances",
      actions: ["ssm:SendCommand"],
      ...instancesOf(restart.targets, stack),
    }),
  ];
}

/** The document that restarts the application; undefined where none is configured. */
export function restartDocumentArn({ application }: Environment, stack: Stack): string | undefined {
  return application.restart && documentArn(application.restart.documentName, stack);
}

function documentArn(name: string, stack: Stack): string {
  return stack.formatArn({
    service: "ssm",
    resource: "document",
    resourceName: name,
    // AWS's own documents belong to no account.
    ...(HAS_NO_ACCOUNT.test(name) && { account: "" }),
  });
}

type Targets = NonNullable<Environment["application"]["restart"]>["targets"];

/** By id where they are named so, else every instance that has the tags. */
function instancesOf(targets: Targets, stack: Stack) {
  const ids = targets.flatMap(({ key, values }) => (key === "InstanceIds" ? values : []));
  if (ids.length > 0) return { resources: ids.map((id) => instanceArn(stack, id)) };
  return {
    resources: ["i-*", "mi-*"].map((id) => instanceArn(stack, id)),
    conditions: {
      StringEquals: Object.fromEntries(
        targets.map(({ key, values }) => [`ssm:resourceTag/${key.slice("tag:".length)}`, values]),
      ),
    },
  };
}

/** An instance of EC2 (i-...), or one that another cloud registered with SSM (mi-...). */
function instanceArn(stack: Stack, id: string): string {
  return id.startsWith("mi-")
    ? stack.formatArn({ service: "ssm", resource: "managed-instance", resourceName: id })
    : stack.formatArn({ service: "ec2", resource: "instance", resourceName: id });
}

/** The wildcards of the target's statements, each with its reason. */
export function acknowledgeTargetApplication(policy: IConstruct, environment: Environment): void {
  const { aws, application } = environment;
  acknowledge(
    policy,
    `arn:<AWS::Partition>:secretsmanager:${aws.region}:${aws.account}:secret:${application.secretName}-??????`,
    "Secrets Manager ends a secret's ARN with six random characters; the name is whole.",
  );
  if (application.dnsRecord === undefined) return;
  acknowledge(
    policy,
    "arn:<AWS::Partition>:route53:::change/*",
    "A change's id is made when it is asked for; the action only reads.",
  );
}

/** The wildcards of the automations' statements, each with its reason. */
function acknowledgeRestart(policy: IConstruct, { aws, application: { restart } }: Environment): void {
  if (restart === undefined || restart.targets.some(({ key }) => key === "InstanceIds")) return;
  const reason =
    "Which instances have the application's tags is decided when they are restarted; a condition names the tags.";
  acknowledge(policy, `arn:<AWS::Partition>:ec2:${aws.region}:${aws.account}:instance/i-*`, reason);
  acknowledge(policy, `arn:<AWS::Partition>:ssm:${aws.region}:${aws.account}:managed-instance/mi-*`, reason);
}

function acknowledge(policy: IConstruct, resource: string, reason: string): void {
  Validations.of(policy).acknowledge({
    id: `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`,
    reason,
  });
}
