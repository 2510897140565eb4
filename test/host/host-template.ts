import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import type { Environment } from "../../lib/config/environment";
import { HostStack } from "../../lib/host/host-stack";
import { prodWith } from "../runbook/environment";

export interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  DependsOn?: string | string[];
}

/** The host stack of an environment; prod's when none is named. */
export function hostTemplate(environment: Environment = prodWith()): Template {
  return Template.fromStack(
    new HostStack(new App(), `timescale-cutover-${environment.name}-host`, { environment }),
  );
}

/** The one resource of a type, or of those that have these properties. */
export function only(
  template: Template,
  type: string,
  Properties?: Record<string, unknown>,
): Resource & { logicalId: string } {
  const [first, ...others] = Object.entries(template.findResources(type, Properties && { Properties }));
  if (!first || others.length > 0) throw new Error(`The template has ${first ? "several" : "no"} ${type}.`);
  return { logicalId: first[0], ...(first[1] as Resource) };
}

/** Prod's Command document of that name. */
export function documentNamed(template: Template, name: string): Resource & { logicalId: string } {
  const Properties = { Name: `timescale-cutover-prod-${name}` };
  const [found] = Object.entries(template.findResources("AWS::SSM::Document", { Properties }));
  if (!found) throw new Error(`The template has no document ${Properties.Name}.`);
  return { logicalId: found[0], ...(found[1] as Resource) };
}

/** Prod with some keys of its target changed. */
export function prodWithTarget(changes: Partial<Environment["target"]>): Environment {
  return prodWith({ target: { ...prodWith().target, ...changes } });
}

/** Prod with other security groups of the application. */
export function prodWithApplication(...securityGroupIds: string[]): Environment {
  return prodWith({ application: { ...prodWith().application, securityGroupIds } });
}
