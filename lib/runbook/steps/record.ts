import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { cutoverRunId } from "../cutover-run-id";
import { sourceIdentity } from "../source-identity";
import { stepDocument, type StepProps } from "../step-document";

export type RecordKind = "rehearsal" | "cutover" | "rollback" | "signoff";

const PARAMETERS: Record<RecordKind, StepProps["parameters"]> = {
  rehearsal: {},
  cutover: {},
  rollback: { CutoverRunId: cutoverRunId },
  signoff: { CutoverRunId: cutoverRunId },
};

/** Writes down, on the target and in the relay, what a run came to: later runs begin with it. */
export function record(scope: Construct, environment: Environment, kind: RecordKind) {
  const { application } = environment;
  return stepDocument(scope, environment, {
    step: "record",
    name: `record-${kind}`,
    description: `Writes the record of a ${kind}.`,
    side: "target",
    connects: false,
    shared: ["kept-record", "root-directory"],
    relays: "now",
    parameters: PARAMETERS[kind] ?? {},
    constants: {
      KIND: kind,
      ENVIRONMENT: environment.name,
      SOURCE_IDENTITY: sourceIdentity(environment),
      SOURCE_APPLICATION: `${application.sourceHost}:${application.sourcePort}`,
    },
  });
}
