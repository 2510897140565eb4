import { assetText, scriptPart, withoutSqlComments } from "../script/asset";
import { shellQuoted, writesFile } from "../script/bash";

/** A shared part of a step's script: a file of assets/steps/shared, without `.sh`. */
export type SharedPart = "source-connection" | "target-connection";

/** What a step's script is made of. */
export interface StepScriptProps {
  /** The file in assets/steps, without `.sh`. */
  readonly step: string;
  /** The name of the step's result, unit and log; where one file serves two sides it differs from `step`. */
  readonly name?: string;
  /** Files in assets/sql that the step reads as `$SQL/…`. */
  readonly sql?: readonly string[];
  /** How the step reaches its servers. */
  readonly connections?: readonly SharedPart[];
  /** Shell constants, set before all else. A value may be a CDK token. */
  readonly constants: Readonly<Record<string, string>>;
  /** Long work: runs in a transient systemd unit that outlives the command which started it. */
  readonly unit?: {
    /** The unit's own limit, in seconds. */
    readonly timeoutSeconds: number;
    /** For a host that serves others: lowest CPU and I/O priority. */
    readonly lowPriority: boolean;
  };
}

/**
 * The whole script of a Command document: the step's constants, the shared preamble, the SQL that it runs, and the
 * step's own file, in this order, so that what is rehearsed is to the byte what AWS runs.
 */
export function stepScript(props: StepScriptProps): string {
  const constants = {
    STEP: props.name ?? props.step,
    ...props.constants,
    ...(props.unit && {
      TIMEOUT_SECONDS: String(props.unit.timeoutSeconds),
      LOW_PRIORITY: props.unit.lowPriority ? "yes" : "no",
    }),
  };
  return [
    "#!/bin/bash",
    "set -Eeuo pipefail",
    ...Object.entries(constants).map(([name, value]) => `readonly ${name}=${shellQuoted(value)}`),
    shared("preamble"),
    ...(props.unit ? [shared("unit")] : []),
    shared("on-error"),
    ...sqlFiles(props.sql ?? []),
    ...(props.connections ?? []).map(shared),
    `# ---- ${props.step}.sh`,
    scriptPart("steps", `${props.step}.sh`),
  ].join("\n");
}

function shared(part: string): string {
  return `# ---- shared/${part}.sh\n${scriptPart("steps", "shared", `${part}.sh`)}`;
}

/** Writes each SQL file below the run's folder: psql reads it from there by standard input. */
function sqlFiles(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return [
    "readonly SQL=$STATE/sql",
    'install -d -m 0700 "$SQL" "$SQL/fingerprint"',
    ...names.map((name) =>
      writesFile(`"$SQL/${name}"`, withoutSqlComments(assetText("sql", name)), "END-OF-SQL"),
    ),
  ];
}
