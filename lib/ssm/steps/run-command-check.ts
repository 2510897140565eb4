import { commandSeconds, type CommandDocumentContent } from "../command-content";
import { whyRefused } from "../parameter";
import { isKnownAtDeployment } from "../plain-content";
import type { Finding } from "../problem";
import { referencesIn } from "../reference";
import type { RunCommandContent } from "./run-command";
import { hookFindings, type RunHookContent } from "./run-hook";

const MINIMUM_DELIVERY_SECONDS = 30;
const MAXIMUM_DELIVERY_SECONDS = 2_592_000;

/** What is wrong with a step that runs a command; without the command's content, what the step alone shows. */
export function runCommandFindings(
  step: RunCommandContent | RunHookContent,
  command?: CommandDocumentContent,
): Finding[] {
  if (isHook(step)) return [...deliveryFindings(step), ...hookFindings(step)];
  const findings = deliveryFindings(step);
  if (command === undefined) return findings;
  return [
    ...findings,
    ...timeoutFindings(step, command),
    ...undeclaredFindings(step, command),
    ...missingFindings(step, command),
    ...valueFindings(step, command),
  ];
}

function isHook(step: RunCommandContent | RunHookContent): step is RunHookContent {
  return "Targets" in step.inputs;
}

function deliveryFindings({ inputs }: RunCommandContent | RunHookContent): Finding[] {
  const seconds = inputs.TimeoutSeconds;
  const legal =
    Number.isInteger(seconds) && seconds >= MINIMUM_DELIVERY_SECONDS && seconds <= MAXIMUM_DELIVERY_SECONDS;
  if (legal) return [];
  return [
    {
      why: `has a delivery timeout of ${seconds} seconds`,
      remedy: `use a whole number from ${MINIMUM_DELIVERY_SECONDS} to ${MAXIMUM_DELIVERY_SECONDS}.`,
    },
  ];
}

// A step that gives up first would let the next one start beside a script that is still running.
function timeoutFindings(step: RunCommandContent, command: CommandDocumentContent): Finding[] {
  const needed = commandSeconds(command) + step.inputs.TimeoutSeconds;
  const { timeoutSeconds } = step;
  if (timeoutSeconds !== undefined && timeoutSeconds >= needed) return [];
  return [
    {
      why: `may give up after ${timeoutSeconds ?? "AWS's default of 3600"} seconds, before its command has ended`,
      remedy: `use a timeoutSeconds of ${needed} at least: the delivery's and the script's limit together.`,
    },
  ];
}

function undeclaredFindings({ inputs }: RunCommandContent, command: CommandDocumentContent): Finding[] {
  const declared = Object.keys(command.parameters);
  return Object.keys(inputs.Parameters)
    .filter((name) => !declared.includes(name))
    .map((name) => ({
      why: `passes ${name}, which ${inputs.DocumentName} does not declare`,
      remedy: declared.length === 0 ? "pass no parameter." : `pass only ${declared.join(", ")}.`,
    }));
}

function missingFindings({ inputs }: RunCommandContent, command: CommandDocumentContent): Finding[] {
  return Object.entries(command.parameters)
    .filter(([name, parameter]) => parameter.default === undefined && !Object.hasOwn(inputs.Parameters, name))
    .map(([name]) => ({
      why: `does not pass ${name}, which ${inputs.DocumentName} requires`,
      remedy: "pass it, or give it a default in the document.",
    }));
}

function valueFindings({ inputs }: RunCommandContent, command: CommandDocumentContent): Finding[] {
  return Object.entries(inputs.Parameters).flatMap(([name, values]) => {
    const parameter = Object.hasOwn(command.parameters, name) ? command.parameters[name] : undefined;
    if (parameter === undefined) return [];
    return values.filter(isLiteral).flatMap((value) => {
      const why = whyRefused(parameter, value);
      if (why === undefined) return [];
      return [{ why: `passes "${value}" as ${name}, which ${why}`, remedy: "correct the value." }];
    });
  });
}

function isLiteral(value: string): boolean {
  return !isKnownAtDeployment(value) && referencesIn(value).length === 0;
}
