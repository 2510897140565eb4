import type { CommandDocument } from "../ssm/command-document";
import type { AutomationStep } from "../ssm/steps/step";
import type { Run } from "./run";
import type { Stage } from "./stage";

/** A side that the application's secret may name, and the step that follows when it does. */
export interface Settlement {
  readonly truth: "source" | "target";
  readonly nextStep: string;
}

/**
 * What a switch came to, read from the secret itself: a switch that failed or was cancelled may have happened. Each look asks
 * of one side whether the secret names it, and succeeds only where it does: how a step ended is all that decides, not what it
 * printed. The side that the switch wished for is asked first, and last. Both looks are repeated, for neither way may be taken on
 * a guess: to open one side while the other is the truth would make two. Where it cannot be told, both stay as they are.
 */
export function settled(
  run: Run,
  name: string,
  settle: CommandDocument,
  [wished, other]: readonly [Settlement, Settlement],
): AutomationStep[] {
  const onOther = `${name}On${other.truth === "source" ? "Source" : "Target"}`;
  const look = (stage: Stage, step: string, { truth, nextStep }: Settlement) =>
    stage.thenTo(nextStep).onTarget(step, settle, { Truth: truth });
  return [
    look(run.leadingTo(onOther).patiently(), name, wished),
    look(run.leadingTo(`${onOther}Again`).patiently(), onOther, other),
    look(run.leadingTo(`${name}Again`).persistently(), `${onOther}Again`, other),
    look(run.leadingTo("releaseSource").persistently(), `${name}Again`, wished),
  ];
}
