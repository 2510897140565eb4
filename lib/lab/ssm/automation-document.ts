import { z } from "zod";
import { actionFor, supportedActions } from "./actions/catalogue";
import { UnsupportedFeature } from "./errors";
import { declarationProblems, parameterSchema } from "./parameters";
import { referencesIn } from "./references";
import { schemaProblems } from "./schema-problems";
import { isSystemVariable } from "./system-variables";

const jump = z.string().regex(/^step:[a-zA-Z0-9_]+$/);

const stepSchema = z.strictObject({
  name: z.string().regex(/^[a-zA-Z0-9_]+$/),
  action: z.string(),
  description: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).default({}),
  outputs: z.array(z.strictObject({ Name: z.string(), Selector: z.string(), Type: z.string() })).optional(),
  maxAttempts: z.int().min(1).default(1),
  timeoutSeconds: z.number().positive().optional(),
  onFailure: z.union([z.enum(["Abort", "Continue"]), jump]).default("Abort"),
  onCancel: z.union([z.literal("Abort"), jump]).default("Abort"),
  isCritical: z.boolean().optional(),
  isEnd: z.boolean().default(false),
  nextStep: z.string().optional(),
});

const contentSchema = z.strictObject({
  schemaVersion: z.literal("0.3"),
  description: z.string().optional(),
  assumeRole: z.string().optional(),
  parameters: z.record(z.string(), parameterSchema).default({}),
  variables: z
    .record(
      z.string(),
      z.strictObject({
        type: z.string(),
        default: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
        description: z.string().optional(),
      }),
    )
    .default({}),
  mainSteps: z.array(stepSchema).min(1),
  outputs: z.array(z.string()).default([]),
});

export type StepDefinition = z.infer<typeof stepSchema>;
export type AutomationContent = z.infer<typeof contentSchema>;

/** Reads an Automation document of schema 0.3; throws UnsupportedFeature for anything that would not be executed. */
export function parseAutomationDocument(name: string, content: unknown): AutomationContent {
  const parsed = contentSchema.safeParse(content);
  if (!parsed.success) throw new UnsupportedFeature(name, schemaProblems(parsed.error, content));
  const problems = [
    ...declarationProblems(parsed.data.parameters),
    ...duplicateNames(parsed.data),
    ...parsed.data.mainSteps.flatMap((step) =>
      actionProblems(step).map((each) => `step ${step.name}: ${each}`),
    ),
    ...parsed.data.mainSteps.flatMap((step) => jumpProblems(step, parsed.data)),
    ...referenceProblems(parsed.data),
  ];
  if (problems.length > 0) throw new UnsupportedFeature(name, problems);
  return parsed.data;
}

/** The step's name in `step:NAME`; undefined for Abort and Continue. */
export function jumpTarget(setting: string): string | undefined {
  return setting.startsWith("step:") ? setting.slice("step:".length) : undefined;
}

function actionProblems(step: StepDefinition): string[] {
  const action = actionFor(step.action);
  if (action === undefined) return [`${step.action} is not one of ${supportedActions().join(", ")}`];
  return action.problems(step);
}

function duplicateNames(content: AutomationContent): string[] {
  const names = content.mainSteps.map((step) => step.name);
  return names.filter((name, at) => names.indexOf(name) < at).map((name) => `two steps are named ${name}`);
}

function jumpProblems(step: StepDefinition, content: AutomationContent): string[] {
  const find = (name: string): StepDefinition | undefined =>
    content.mainSteps.find((each) => each.name === name);
  const onCancel = jumpTarget(step.onCancel);
  const targets = [
    step.nextStep,
    jumpTarget(step.onFailure),
    onCancel,
    ...(actionFor(step.action)?.jumps(step) ?? []),
  ].filter((each) => each !== undefined);
  const missing = targets.filter((target) => find(target) === undefined);
  const cancelAction = onCancel === undefined ? undefined : find(onCancel)?.action;
  return [
    ...missing.map((target) => `step ${step.name}: no step is named ${target}`),
    ...(cancelAction !== undefined && actionFor(cancelAction)?.mayFollowCancel === false
      ? [`step ${step.name}: onCancel cannot lead to ${cancelAction}`]
      : []),
  ];
}

function referenceProblems(content: AutomationContent): string[] {
  const isKnown = (reference: string): boolean => {
    const variable = /^variable:(.+)$/.exec(reference)?.[1];
    if (variable !== undefined) return Object.hasOwn(content.variables, variable);
    const step = /^([a-zA-Z0-9_]+)\..+$/.exec(reference)?.[1];
    if (step !== undefined) return content.mainSteps.some((each) => each.name === step);
    return Object.hasOwn(content.parameters, reference) || isSystemVariable(reference);
  };
  const inSteps = content.mainSteps.flatMap((step) =>
    referencesIn(step.inputs)
      .filter((reference) => !isKnown(reference))
      .map((reference) => `step ${step.name}: {{ ${reference} }} is defined nowhere`),
  );
  const inOutputs = content.outputs
    .filter((output) => !output.includes(".") || !isKnown(output))
    .map((output) => `outputs: ${output} is no output of a step`);
  const inRole = referencesIn(content.assumeRole).filter((each) => !isKnown(each));
  return [...inSteps, ...inOutputs, ...inRole.map((each) => `assumeRole: {{ ${each} }} is defined nowhere`)];
}
