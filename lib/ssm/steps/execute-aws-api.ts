import type { Finding } from "../problem";
import { commonContent, ifSet, type CommonContent, type StepOptions } from "./common";
import type { AutomationStep } from "./step";

/** One call of an AWS API. Its outputs are those that it declares. */
export interface ExecuteAwsApiOptions extends StepOptions {
  /** The service as boto3 names it, such as `secretsmanager`. */
  service: string;
  /** The operation, such as `DescribeInstances`. */
  api: string;
  /** The operation's own parameters; references are allowed. */
  inputs: Record<string, unknown> & { Service?: never; Api?: never };
  outputs?: ApiOutput[];
}

export interface ApiOutput {
  name: string;
  /** JSONPath into the response: `$.Reservations[0].Instances[0].State.Name`. */
  selector: string;
  type: ApiOutputType;
}

export type ApiOutputType = "String" | "StringList" | "Boolean" | "Integer" | "StringMap" | "MapList";

export interface ExecuteAwsApiContent extends CommonContent {
  action: "aws:executeAwsApi";
  inputs: { Service: string; Api: string; [input: string]: unknown };
  outputs?: { Name: string; Selector: string; Type: ApiOutputType }[];
}

export function executeAwsApi(options: ExecuteAwsApiOptions): AutomationStep {
  const outputs = options.outputs?.map(({ name, selector, type }) => ({
    Name: name,
    Selector: selector,
    Type: type,
  }));
  return {
    content: {
      ...commonContent(options),
      action: "aws:executeAwsApi",
      inputs: { ...options.inputs, Service: options.service, Api: options.api },
      ...ifSet("outputs", outputs),
    },
  };
}

/** What is wrong with a step that calls an API. */
export function executeAwsApiFindings({ outputs = [] }: ExecuteAwsApiContent): Finding[] {
  return outputs.flatMap(({ Name: name, Selector: selector }, index) => [
    ...nameFindings(name),
    ...(outputs.findIndex((output) => output.Name === name) === index
      ? []
      : [{ why: `declares the output ${name} twice`, remedy: "give each output a name of its own." }]),
    ...(selector.startsWith("$")
      ? []
      : [
          {
            why: `selects the output ${name} by ${JSON.stringify(selector)}, which is no JSONPath`,
            remedy: "begin the selector with $.",
          },
        ]),
  ]);
}

function nameFindings(name: string): Finding[] {
  if (/^\w{1,50}$/.test(name)) return [];
  return [
    {
      why: `declares an output named ${JSON.stringify(name)}, which nothing could refer to`,
      remedy: "use 1 to 50 letters, digits and _.",
    },
  ];
}
