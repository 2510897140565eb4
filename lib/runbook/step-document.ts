import type { Construct } from "constructs";
import { documentName, majorVersion, relayBucketName } from "../config/derived";
import type { Environment } from "../config/environment";
import { CommandDocument } from "../ssm/command-document";
import type { DocumentParameter } from "../ssm/parameter";
import { sourceConnection, targetConnection } from "./connections";
import { executionId, runId } from "./parameters";
import { stepScript, type StepScriptProps } from "./step-script";

/** One step of the runbook as a Command document. */
export interface StepProps extends Pick<
  StepScriptProps,
  "step" | "name" | "variant" | "sql" | "files" | "shared" | "unit"
> {
  readonly description: string;
  /** The host stack has documents of its own for steps that the runbook, which goes, has too. */
  readonly owner?: Owner;
  /** The database that the step speaks of. On the dump host that is the source. */
  readonly side: "source" | "target";
  /** The step opens a connection to its side; what only moves files or ends units needs none. */
  readonly connects: boolean;
  readonly constants?: Readonly<Record<string, string>>;
  /**
   * When a good result goes to the relay: `now` for what the other host reads, what a person looks for after a disaster,
   * and for a host's last step, which takes along all that is `later`. A failure goes there at once. `never` for a
   * step whose result is read from its command's output alone.
   */
  readonly relays?: "now" | "later" | "never";
  /** Beside RunId and ExecutionId, which every step takes. */
  readonly parameters?: Readonly<Record<string, DocumentParameter>>;
  /** Seconds for the script; for long work the unit's own limit and a little. */
  readonly timeoutSeconds?: number;
}

/** The stack that a document belongs to. */
export type Owner = "runbook" | "host";

// The follower of a unit looks every half second; a minute more lets it tell how the unit ended.
const FOLLOWER_MARGIN_SECONDS = 60;

/** The document `timescale-cutover-<environment>-<step>`; the host stack's ends in `-host`. */
export function stepDocument(scope: Construct, environment: Environment, props: StepProps): CommandDocument {
  const { owner = "runbook", step } = props;
  // Before the step it could be another environment's: prod's host-lock, and prod-host's lock.
  const name = owner === "host" ? `${props.name ?? step}-host` : (props.name ?? step);
  return new CommandDocument(scope, name, {
    name: documentName(environment, name),
    description: props.description,
    parameters: { RunId: runId, ExecutionId: executionId, ...props.parameters },
    timeoutSeconds: props.unit
      ? props.unit.timeoutSeconds + FOLLOWER_MARGIN_SECONDS
      : (props.timeoutSeconds ?? environment.timeouts.shortStepSeconds),
    script: stepScript({
      ...props,
      connections: props.connects ? [`${props.side}-connection`] : [],
      constants: {
        SIDE: props.side,
        // The relay goes with the runbook: the operator reads the result from the command's output.
        RELAYS: owner === "host" ? "never" : (props.relays ?? "later"),
        DATABASE: environment.database.name,
        POSTGRESQL_MAJOR: String(majorVersion(environment.versions.postgresql)),
        RELAY_BUCKET: relayBucketName(environment),
        ...(props.side === "source" ? sourceConnection(environment) : targetConnection(environment)),
        ...props.constants,
      },
    }),
  });
}
