import { posix } from "node:path";
import { assetText, scriptPart, withoutBashComments, condensedSql } from "../script/asset";
import { shellQuoted, writesFile } from "../script/bash";

/** How a step reaches its servers: a file of assets/steps/shared, without `.sh`. */
export type ConnectionPart = "source-connection" | "target-connection";

/** What a step's script is made of. */
export interface StepScriptProps {
  /** The file in assets/steps, without `.sh`. */
  readonly step: string;
  /** The name of the step's result, unit and log; where one file serves two sides it differs from `step`. */
  readonly name?: string;
  /** A parameter whose value tells apart the results, units and logs of one document: `restore-drill-repo` and Repo. */
  readonly variant?: { readonly prefix: string; readonly parameter: string };
  /** Files in assets/sql that the step reads as `$SQL/...`. */
  readonly sql?: readonly string[];
  /** Files whose text the environment says; the step reads them as `$FILES/...`. */
  readonly files?: Readonly<Record<string, string>>;
  /** How the step reaches its servers. */
  readonly connections?: readonly ConnectionPart[];
  /** Files in assets/steps/shared, without `.sh`, that come after the connections, in their order. */
  readonly shared?: readonly string[];
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
  const { name = props.step, variant } = props;
  const constants = {
    ...(variant === undefined && { STEP: name }),
    ...props.constants,
    ...(props.unit && {
      TIMEOUT_SECONDS: String(props.unit.timeoutSeconds),
      LOW_PRIORITY: props.unit.lowPriority ? "yes" : "no",
    }),
  };
  return [
    "#!/bin/bash",
    "set -Eeuo pipefail",
    ...(variant ? [`readonly STEP=${variant.prefix}\${SSM_${variant.parameter}:?}`] : []),
    ...Object.entries(constants).map(([name, value]) => `readonly ${name}=${shellQuoted(value)}`),
    shared("preamble"),
    ...(props.unit ? [shared("unit")] : []),
    shared("on-error"),
    ...sqlFiles(props.sql ?? []),
    ...givenFiles(props.files ?? {}),
    ...(props.connections?.length ? [shared("session-settings")] : []),
    ...(props.connections ?? []).map(shared),
    ...(props.shared ?? []).map(shared),
    `# ---- ${props.step}.sh`,
    embedded(`${props.step}.sh`),
  ].join("\n");
}

function shared(part: string): string {
  return `# ---- shared/${part}.sh\n${embedded("shared", `${part}.sh`)}`;
}

/** All documents together have to fit into one template, and the comments stay in the repository. */
function embedded(...path: string[]): string {
  return withoutBashComments(scriptPart("steps", ...path));
}

/** Writes each SQL file below the run's folder: psql reads it from there by standard input. */
function sqlFiles(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const folders = new Set(names.map((name) => posix.join("$SQL", posix.dirname(name))));
  return [
    "readonly SQL=$STATE/sql",
    `install -d -m 0700 ${[...folders].map((folder) => `"${folder}"`).join(" ")}`,
    ...names.map((name) => writesFile(`"$SQL/${name}"`, condensedSql(assetText("sql", name)), "END-OF-SQL")),
  ];
}

/** Each step has a folder of its own: what one was given, another's must not be taken for. */
function givenFiles(files: Readonly<Record<string, string>>): string[] {
  const entries = Object.entries(files);
  if (entries.length === 0) return [];
  return [
    "readonly FILES=$STATE/files/$STEP",
    'install -d -m 0700 "$STATE/files" "$FILES"',
    ...entries.map(([name, text]) => writesFile(`"$FILES/${name}"`, text, "END-OF-FILE")),
  ];
}
