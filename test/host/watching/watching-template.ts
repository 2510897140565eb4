import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import type { Environment } from "../../../lib/config/environment";
import { Watching } from "../../../lib/host/watching/watching";
import { prodWith } from "../../runbook/environment";

export const instanceId = "i-0123456789abcdef0";
export const volumeId = "vol-0123456789abcdef0";
export const prod = prodWith();

/** The template of a stack that holds the watching alone. */
export function watchingTemplate(changes: Partial<Environment> = {}): Template {
  const environment = prodWith(changes);
  const { account, region } = environment.aws;
  const stack = new Stack(new App(), "host", { env: { account, region } });
  new Watching(stack, "Watching", { environment, instanceId, volumeId });
  return Template.fromStack(stack);
}

/** An alarm's properties, as far as the tests read them. */
export interface AlarmProperties {
  AlarmName: string;
  AlarmDescription: string;
  Namespace: string;
  MetricName: string;
  Dimensions: { Name: string; Value: string }[];
  Statistic?: string;
  Period: number;
  EvaluationPeriods: number;
  DatapointsToAlarm: number;
  Threshold: number;
  ComparisonOperator: string;
  TreatMissingData: string;
  AlarmActions: unknown[];
  OKActions: unknown[];
}

/** Every alarm of a template, by its name without the project's and the environment's part. */
export function alarmsOf(template: Template): Record<string, AlarmProperties> {
  const alarms = Object.values(template.findResources("AWS::CloudWatch::Alarm")).map(
    (resource) => resource["Properties"] as AlarmProperties,
  );
  return Object.fromEntries(
    alarms.map((alarm) => [alarm.AlarmName.replace("timescale-cutover-prod-", ""), alarm]),
  );
}

export interface Widget {
  type: string;
  x: number;
  y: number;
  width: number;
  height: number;
  properties: {
    title?: string;
    markdown?: string;
    alarms?: string[];
    metrics?: unknown[][];
    annotations?: { horizontal: { value: number }[] };
  };
}

/** The dashboard's widgets. A reference to a resource reads as `<its logical id>`. */
export function widgetsOf(template: Template): Widget[] {
  const [dashboard] = Object.values(template.findResources("AWS::CloudWatch::Dashboard"));
  const body = dashboard?.["Properties"].DashboardBody as string | { "Fn::Join": [string, unknown[]] };
  return (JSON.parse(textOf(body)) as { widgets: Widget[] }).widgets;
}

function textOf(body: string | { "Fn::Join": [string, unknown[]] }): string {
  if (typeof body === "string") return body;
  const [separator, parts] = body["Fn::Join"];
  return parts
    .map((part) =>
      typeof part === "string"
        ? part
        : `<${JSON.stringify(part)
            .replace(/[^\w.]+/g, " ")
            .trim()}>`,
    )
    .join(separator);
}

/** The names of the metrics that a widget reads. CloudWatch writes "." for what is as in the line above. */
export function metricsOf({ properties }: Widget): { namespace: string; name: string }[] {
  let namespace = "";
  return (properties.metrics ?? []).flatMap((line) => {
    const [first, name] = line;
    if (typeof first !== "string" || typeof name !== "string") return []; // An expression.
    if (first !== ".") namespace = first;
    return [{ namespace, name }];
  });
}
