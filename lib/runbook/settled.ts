import type { CommandDocument } from "../ssm/command-document";
import { outputReference } from "../ssm/reference";
import type { AutomationStep } from "../ssm/steps/step";
import type { Run } from "./run";

/** The steps that follow when the application's secret names the one side, or the other. */
export interface ByTruth {
  readonly source: string;
  readonly target: string;
}

/**
 * What a switch came to, read from the secret itself: a switch that failed or was cancelled may have happened. A settle
 * that fails or is cancelled is repeated once, for neither way may be taken on a guess: to open one side while the other
 * is the truth would make two. Where it cannot be told, both stay as they are.
 */
export function settled(run: Run, name: string, settle: CommandDocument, next: ByTruth): AutomationStep[] {
  const again = `${name}Again`;
  return [...oneLook(run, name, again, settle, next), ...oneLook(run, again, "releaseSource", settle, next)];
}

function oneLook(
  run: Run,
  name: string,
  unknown: string,
  settle: CommandDocument,
  next: ByTruth,
): AutomationStep[] {
  const look = run.leadingTo(unknown).persistently();
  const variable = outputReference(name, "Output");
  return [
    look.onTarget(name, settle),
    look.branch(`${name}Truth`, {
      choices: (["source", "target"] as const).map((side) => ({
        when: { variable, operator: "Contains", value: `"truth":"${side}"` },
        nextStep: next[side],
      })),
      default: unknown,
    }),
  ];
}
