import { Stack, Validations } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IConstruct } from "constructs";
import { targetRoleName } from "../config/derived";
import type { Environment } from "../config/environment";
import { restartDocumentArn } from "./application-policy";

/** What preflight's checks need on the target beside the run's own rights: they only read. */
export function preflightStatements(environment: Environment, stack: Stack): PolicyStatement[] {
  const restart = restartDocumentArn(environment, stack);
  const approvers = approversHere(environment);
  return [
    new PolicyStatement({
      sid: "SimulateWhatTheTwoRolesMay",
      actions: ["iam:SimulatePrincipalPolicy"],
      resources: simulatedRoles(environment),
    }),
    new PolicyStatement({
      sid: "SeeTheTwoHostsAgents",
      // Of instances SSM lets this action name none.
      actions: ["ssm:DescribeInstanceInformation"],
      resources: ["*"],
    }),
    ...(approvers.length === 0
      ? []
      : [
          new PolicyStatement({
            sid: "SeeWhetherTheApproversExist",
            actions: ["iam:GetRole", "iam:GetUser"],
            resources: approvers,
          }),
        ]),
    ...(restart === undefined
      ? []
      : [
          new PolicyStatement({
            sid: "SeeTheRestartDocument",
            actions: ["ssm:DescribeDocument"],
            resources: [restart],
          }),
        ]),
  ];
}

export function acknowledgePreflight(policy: IConstruct): void {
  Validations.of(policy).acknowledge({
    id: "AwsSolutions::AwsSolutions-IAM5[Resource::*]",
    reason: "Of managed instances SSM lets ssm:DescribeInstanceInformation name none; it only reads.",
  });
}

export function targetRoleArn(environment: Environment): string {
  return `arn:aws:iam::${environment.aws.account}:role/${targetRoleName(environment)}`;
}

function simulatedRoles(environment: Environment): string[] {
  const { source } = environment;
  return [targetRoleArn(environment), ...(source.kind === "managed" ? [source.roleArn] : [])];
}

/** Another account's users and roles cannot be looked up from here. */
function approversHere({ aws, cutover }: Environment): string[] {
  return cutover.approvers.filter((arn) => arn.split(":")[4] === aws.account);
}
