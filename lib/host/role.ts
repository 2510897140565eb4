import { Validations } from "aws-cdk-lib";
import { PolicyDocument, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { targetRoleName } from "../config/derived";
import type { Environment } from "../config/environment";
import type { CommandDocument } from "../ssm/command-document";
import { agentPermissions } from "./permissions/agent";
import { automationPermissions } from "./permissions/automations";
import { backupPermissions } from "./permissions/backups";
import { bootDocumentPermissions } from "./permissions/boot-document";
import { logPermissions } from "./permissions/logs";
import { metricPermissions } from "./permissions/metrics";
import { parameterPermissions } from "./permissions/parameters";
import type { Permissions } from "./permissions/permissions";
import { secretPermissions } from "./permissions/secrets";
import { signalPermissions } from "./permissions/signal";

/**
 * The instance's role: what the target may do by itself. What only a run needs, the runbook adds for as long as it
 * stands. The policy is part of the role, so that the instance cannot boot before it is there.
 */
export function targetRole(scope: Construct, environment: Environment, bootDocument: CommandDocument): Role {
  const permissions: Permissions[] = [
    agentPermissions(),
    bootDocumentPermissions(bootDocument),
    secretPermissions(scope, environment),
    parameterPermissions(scope, environment),
    backupPermissions(environment),
    logPermissions(scope, environment),
    metricPermissions(),
    signalPermissions(scope, environment),
    automationPermissions(scope, environment),
  ];
  const role = new Role(scope, "Role", {
    roleName: targetRoleName(environment),
    description: `timescale-cutover ${environment.name}: the target host`,
    assumedBy: new ServicePrincipal("ec2.amazonaws.com"),
    inlinePolicies: {
      target: new PolicyDocument({ statements: permissions.flatMap(({ statements }) => statements) }),
    },
  });
  for (const { resource, reason } of mergedByResource(permissions.flatMap(({ wildcards }) => wildcards))) {
    Validations.of(role).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`,
      reason,
    });
  }
  return role;
}

/** Two permissions may need the same wildcard, each for a reason of its own; the finding is one. */
function mergedByResource(wildcards: Permissions["wildcards"]): Permissions["wildcards"] {
  const reasons = new Map<string, string>();
  for (const { resource, reason } of wildcards) {
    const earlier = reasons.get(resource);
    reasons.set(resource, earlier === undefined ? reason : `${earlier} ${reason}`);
  }
  return [...reasons].map(([resource, reason]) => ({ resource, reason }));
}
