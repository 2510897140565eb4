import type { StepDefinition } from "../automation-document";
import { isRecord } from "../references";
import { type Action, ActionFailure, aborted } from "./action";
import { isUnsupported, select } from "./selector";

const LONGEST_SECONDS = 25;
const OUTPUT_TYPES = ["String", "StringList", "Integer", "Boolean", "StringMap", "MapList"];

export const executeAwsApi: Action = {
  name: "aws:executeAwsApi",
  longestSeconds: LONGEST_SECONDS,
  mayFollowCancel: true,
  jumps: () => [],
  problems: (step) => [
    ...["Service", "Api"]
      .filter((key) => typeof step.inputs[key] !== "string")
      .map((key) => `${key} is missing`),
    ...(step.outputs ?? []).flatMap(outputProblems),
  ],
  async run(context) {
    const { Service: service, Api: api, ...inputs } = context.inputs;
    const answer = await Promise.race([
      context.awsApi(String(service), String(api), inputs).catch((error: unknown) => {
        throw new ActionFailure(`${String(service)} ${String(api)}: ${String(error)}`, "Invocation");
      }),
      aborted(context.signal),
    ]);
    if (!context.signal.aborted) context.setOutputs(selectOutputs(context.step, answer));
    return {};
  },
};

function outputProblems(output: { Name: string; Selector: string; Type: string }): string[] {
  const problems = [];
  if (!OUTPUT_TYPES.includes(output.Type)) problems.push(`output ${output.Name} of type ${output.Type}`);
  if (isUnsupported(output.Selector))
    problems.push(`output ${output.Name} with the selector ${output.Selector}`);
  return problems;
}

function selectOutputs(step: StepDefinition, answer: unknown): Record<string, unknown> {
  return Object.fromEntries(
    (step.outputs ?? []).map((output) => {
      const found = select(output.Selector, answer);
      const fits = found === undefined || matchesType(output.Type, found);
      if (!fits) {
        throw new ActionFailure(
          `output ${output.Name} is no ${output.Type}: ${JSON.stringify(found)}`,
          "PostVerification",
        );
      }
      return [output.Name, found ?? ""];
    }),
  );
}

function matchesType(type: string, value: unknown): boolean {
  if (type === "StringList" || type === "MapList") return Array.isArray(value);
  if (type === "StringMap") return isRecord(value);
  if (type === "Integer") return Number.isInteger(value);
  if (type === "Boolean") return typeof value === "boolean";
  return typeof value === "string";
}
