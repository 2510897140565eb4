import type { AutomationDocumentContent } from "./automation-content";
import type { Finding } from "./problem";
import { referencesIn, SYSTEM_VARIABLES, type Reference } from "./reference";
import type { StepGraph } from "./step-graph";
import { outputsOf, type StepContent } from "./steps/step";

type OutputReference = Extract<Reference, { kind: "output" }>;

/** What is wrong with the references of an automation: in its role, in its steps' inputs and in its outputs. */
export function referenceFindings(content: AutomationDocumentContent, graph: StepGraph): Finding[] {
  return [
    ...roleFindings(content),
    ...content.mainSteps.flatMap((step) => stepFindings(step, content, graph)),
    ...outputFindings(content),
  ];
}

// The role is assumed before the first step, so no step and no variable can name it.
function roleFindings(content: AutomationDocumentContent): Finding[] {
  return referencesIn(content.assumeRole)
    .filter((reference) => reference.kind !== "parameter" || !isDefined(reference, content))
    .map((reference) => undefinedReference("assumeRole", reference));
}

function stepFindings(step: StepContent, content: AutomationDocumentContent, graph: StepGraph): Finding[] {
  const part = `step ${step.name}`;
  return referencesIn(step.inputs).flatMap((reference) => {
    if (!isDefined(reference, content)) return [undefinedReference(part, reference)];
    return reference.kind === "output" ? orderFindings(step, reference, graph) : [];
  });
}

function orderFindings(
  step: StepContent,
  { written, step: earlier }: OutputReference,
  graph: StepGraph,
): Finding[] {
  const part = `step ${step.name}`;
  if (!graph.mayRunBefore(earlier, step.name)) {
    return [
      {
        part,
        why: `uses ${written}, and ${earlier} never runs before it`,
        remedy: `let ${earlier} run first.`,
      },
    ];
  }
  if (graph.surelySucceededBefore(earlier, step.name)) return [];
  return [
    {
      part,
      why: `uses ${written}, and there is a way to it on which ${earlier} has not succeeded`,
      remedy: `use an output that exists on every way to ${step.name}.`,
    },
  ];
}

// What an execution shows of a step that did not run is simply empty, so here the order does not matter.
function outputFindings(content: AutomationDocumentContent): Finding[] {
  return (content.outputs ?? []).flatMap((output) => {
    const part = `output ${output}`;
    const [reference] = referencesIn(`{{${output}}}`);
    const given = reference?.kind === "output" || reference?.kind === "variable";
    if (reference === undefined || !given || !isDefined(reference, content)) {
      return [{ part, why: "is no output of a step and no variable", remedy: "write it as step.Output." }];
    }
    return output.length <= 50
      ? []
      : [{ part, why: "has a name of more than 50 characters", remedy: "shorten the step's name." }];
  });
}

function isDefined(reference: Reference, content: AutomationDocumentContent): boolean {
  switch (reference.kind) {
    case "parameter":
      return Object.hasOwn(content.parameters, reference.name);
    case "variable":
      return Object.hasOwn(content.variables ?? {}, reference.name);
    case "system":
      return SYSTEM_VARIABLES.some((name) => name === reference.name);
    case "output":
      return content.mainSteps.some(
        (step) => step.name === reference.step && outputsOf(step).includes(reference.output),
      );
    case "malformed":
      return false;
  }
}

function undefinedReference(part: string, reference: Reference): Finding {
  return {
    part,
    why: `uses ${reference.written}, which nothing defines`,
    remedy: "name a parameter, variable:NAME, STEP.OUTPUT or a variable of Automation.",
  };
}
