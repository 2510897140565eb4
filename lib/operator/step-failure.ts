import type { SSMClient } from "@aws-sdk/client-ssm";
import { z } from "zod";
import type { Clock } from "./clock";
import { commandOutput } from "./command-output";
import type { Relay } from "./relay";
import type { HostName, Step } from "./step";
import { lastResult } from "./step-result";

/** Why a step failed, in its own words where it left any, and where its logs are. */
export interface StepFailure {
  step: string;
  host: HostName | null;
  status: string;
  /** The step's own code, such as `extension-missing`; null when it left none (it was killed, say). */
  code: string | null;
  message: string;
  remedy: string | null;
  instanceId: string | null;
  commandId: string | null;
  logGroup: string | null;
}

// The last line that a failed step prints. What a step prints is external input.
const verdictSchema = z.object({
  step: z.string(),
  status: z.literal("failed"),
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
});
type Verdict = z.infer<typeof verdictSchema>;

/**
 * Finds the step's verdict in its output, in the longer output of its command, or in the relay, in this order. Without a
 * relay where that may be what is broken: to ask it could take minutes.
 */
export async function explainFailure(
  step: Step,
  sources: { ssm: SSMClient; relay: Relay | null; clock: Clock },
): Promise<StepFailure> {
  const verdict =
    lastResult(step.output ?? "", verdictSchema) ??
    lastResult(await outputIfAny(step, sources), verdictSchema) ??
    (sources.relay && (await storedVerdict(step, sources.relay)));
  const { name, host, status, instanceId, commandId, logGroup } = step;
  const where = { step: name, host, status, instanceId, commandId, logGroup };
  if (verdict !== null) {
    return { ...where, code: verdict.code, message: verdict.message, remedy: verdict.remedy };
  }
  return { ...where, code: null, message: withoutVerdict(step), remedy: null };
}

const lastLines = 10;

/** What AWS says, without the copy of the output that it puts in, and the end of the output. */
function withoutVerdict({ failureMessage, output }: Step): string {
  const cause = failureMessage?.split(", Output=[")[0] ?? "The step left no word of its own.";
  const lines = (output ?? "").split("\n").filter((line) => line.trim() !== "");
  return [cause, ...lines.slice(-lastLines).map((line) => `| ${line}`)].join("\n");
}

/** This explains a failure that is already told: that it has no explanation is no failure of its own. */
async function outputIfAny(step: Step, sources: { ssm: SSMClient; clock: Clock }): Promise<string> {
  try {
    return await commandOutput(step, sources);
  } catch {
    return "";
  }
}

async function storedVerdict(step: Step, relay: Relay): Promise<Verdict | null> {
  // A network source's steps run on the target and speak of the source: their results are the source's.
  for (const side of ["source", "target"] as const) {
    const stored = await relay.read(side, resultName(step.name));
    const verdict = stored.kind === "read" ? verdictSchema.safeParse(stored.content).data : undefined;
    if (verdict !== undefined) return verdict;
  }
  return null;
}

/** The automation's `inspectSource` is `assets/steps/inspect-source.sh`: AWS takes no hyphen in a step's name. */
function resultName(step: string): string {
  return step.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
