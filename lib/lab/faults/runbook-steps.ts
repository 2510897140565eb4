import { z } from "zod";
import { documentName } from "../../config/derived";
import type { Environment } from "../../config/environment";
import { documentsOf, type Template } from "../rehearsal/template";

/** A step of an automation that a fault can strike. */
export interface RunbookStep {
  readonly automation: "Cutover" | "Rollback";
  readonly name: string;
  readonly action: string;
  /** Where it runs; null for what runs on no host. */
  readonly host: "source" | "target" | null;
  /** What a failure in it means for the truth: left where it was, for later steps to say, or moved for good. */
  readonly place: "before the switch" | "open" | "after the switch";
}

/** Steps at which the secret is about to change, or was just looked at. */
const switches = [
  ...["switch", "settle", "settleOnSource", "settleAgain", "settleOnSourceAgain"],
  ...["switchBack", "settleBack", "settleBackOnTarget", "settleBackAgain", "settleBackOnTargetAgain"],
];
/** Where a run goes when it failed before the switch. */
const waysBack = [
  "closeTargetAgain",
  "reopenSource",
  "reopenSourceAgain",
  "releaseSourceFirst",
  "reopenSourceLast",
  "reopenTarget",
  "reopenTargetAgain",
];

const automations = ["Cutover", "Rollback"] as const;

const contentSchema = z.looseObject({
  mainSteps: z.array(
    z.looseObject({
      name: z.string(),
      action: z.string(),
      onFailure: z.string().optional(),
      inputs: z.looseObject({ InstanceIds: z.array(z.string()).optional() }).default({}),
    }),
  ),
});

/** The steps of Cutover and Rollback as they are synthesized for an environment, in order. */
export function runbookSteps(template: Template, environment: Environment): RunbookStep[] {
  const documents = documentsOf(template);
  return automations.flatMap((automation) => {
    const document = documents.find(({ name }) => name === documentName(environment, automation));
    const { mainSteps } = contentSchema.parse(document?.content);
    const order = mainSteps.map(({ name }) => name);
    return mainSteps.map(({ name, action, onFailure, inputs }) => ({
      ...{ automation, name, action },
      host: hostOf(inputs.InstanceIds?.[0], environment),
      place: placeOf(automation, { name, goesOn: onFailure === "Continue" }, order),
    }));
  });
}

function placeOf(
  automation: RunbookStep["automation"],
  { name, goesOn }: { name: string; goesOn: boolean },
  order: readonly string[],
): RunbookStep["place"] {
  if (switches.includes(name)) return "open";
  // A rollback reopens the source after the switch.
  const isWayBack =
    automation === "Cutover" ? waysBack : waysBack.filter((step) => step.startsWith("reopenTarget"));
  if (isWayBack.includes(name)) return "before the switch";
  const switched = order.findIndex((step) => switches.includes(step));
  if (order.indexOf(name) > switched) return "after the switch";
  return goesOn ? "open" : "before the switch";
}

function hostOf(instanceId: string | undefined, environment: Environment): RunbookStep["host"] {
  if (instanceId === undefined) return null;
  const { source } = environment;
  return source.kind === "managed" && instanceId === source.instanceId ? "source" : "target";
}
