import { commandSeconds, type CommandDocumentContent } from "./command-content";
import { parameterFindings } from "./parameter";
import { sizeFindings } from "./plain-content";
import type { Finding } from "./problem";

const FIRST_LINE = "#!/bin/bash";
const MINIMUM_SECONDS = 5;
const MAXIMUM_SECONDS = 172_800;

// What the agent or Run Command would replace: {{ Name }}, {{ssm:name}}, {{ ssm-secure:/path/name }}.
const PLACEHOLDER = /\{\{\s*[A-Za-z0-9][\w:./-]*\s*\}\}/g;

/** Everything that is wrong with the content of a Command document. */
export function commandFindings(content: CommandDocumentContent): Finding[] {
  return [
    ...parameterFindings(content.parameters),
    ...timeoutFindings(content),
    ...scriptFindings(content.mainSteps[0].inputs.runCommand),
    ...sizeFindings(content),
  ];
}

function timeoutFindings(content: CommandDocumentContent): Finding[] {
  const seconds = commandSeconds(content);
  if (Number.isInteger(seconds) && seconds >= MINIMUM_SECONDS && seconds <= MAXIMUM_SECONDS) return [];
  return [
    {
      why: `has a timeoutSeconds of ${seconds}, for which the agent silently takes 3600`,
      remedy: `use a whole number from ${MINIMUM_SECONDS} to ${MAXIMUM_SECONDS}.`,
    },
  ];
}

function scriptFindings(lines: string[]): Finding[] {
  return [...interpreterFindings(lines), ...placeholderFindings(lines)];
}

function interpreterFindings([first = ""]: string[]): Finding[] {
  if (first === FIRST_LINE) return [];
  return [
    {
      part: "script",
      why: `begins with ${JSON.stringify(first)}, so that the agent runs it with another shell than bash`,
      remedy: `make ${FIRST_LINE} its first line.`,
    },
  ];
}

function placeholderFindings(lines: string[]): Finding[] {
  return lines.flatMap((line, index) =>
    [...line.matchAll(PLACEHOLDER)].map(([placeholder]) => ({
      part: "script",
      why: `has ${placeholder} in line ${index + 1}, where the value would be written into the script unquoted`,
      remedy: "read the parameter from the environment, as SSM_<name>.",
    })),
  );
}
