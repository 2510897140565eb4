import type { DocumentParameter } from "../ssm/parameter";
import { REPOSITORIES } from "./archiving";

/** The run that a step belongs to: a day, a time and four letters, which sort by start. */
export const runId: DocumentParameter = {
  type: "String",
  description: "The run's id, such as r20261121-045500-ab12.",
  allowedPattern: "^r[0-9]{8}-[0-9]{6}-[a-z0-9]{4}$",
};

/** The execution that a step belongs to: a run's id is one execution's for good. */
export const executionId: DocumentParameter = {
  type: "String",
  description: "The id of the automation execution; empty for a step that is run by itself.",
  default: "",
  allowedPattern: "^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$",
};

/** A database of the target that no run made, and that may be lost. */
export const replace: DocumentParameter = {
  type: "String",
  description: "The name of an existing database on the target that may be replaced; empty for none.",
  default: "",
  // No control characters; a PostgreSQL name has 63 bytes at the most.
  allowedPattern: "^[^\\x00-\\x1f]{0,63}$",
};

/** Which instance the target is. */
export const targetInstance: DocumentParameter = {
  type: "String",
  description: "The id of the target's instance.",
  allowedPattern: "^m?i-[0-9a-f]{8,17}$",
};

/** What the gate and preflight's checks refuse, and the operator overrides by name. */
export const allow: DocumentParameter = {
  type: "String",
  description:
    "Refusals that do not count: the gate's (no-rehearsal, window) and checks of preflight, by name, with commas; empty for none.",
  default: "",
  allowedPattern: "^([a-z0-9-]{1,60}(,[a-z0-9-]{1,60}){0,30})?$",
};

/** Whether a rollback takes the writes made since the switch to the source. */
export const carryWrites: DocumentParameter = {
  type: "String",
  description: "Whether the writes made since the switch are applied to the source; else they stay saved.",
  allowedValues: ["yes", "no"],
};

/** Which repositories a backup is made into. */
export const repository: DocumentParameter = {
  type: "String",
  description: "The key of the repository; all for each, one after the other.",
  default: "all",
  allowedValues: ["all", ...REPOSITORIES.map(String)],
};

/** Whether the copy that a rehearsal made takes the application's logins afterwards. */
export const leaveOpen: DocumentParameter = {
  type: "String",
  description: "yes leaves the copy open to the application's roles, to try them; no closes it.",
  default: "no",
  allowedValues: ["yes", "no"],
};

/** Differences that nothing can mend, and that somebody accepts by their exact names. */
export const accept: DocumentParameter = {
  type: "String",
  description: 'A JSON array of names of differences, as the comparison writes them: "relation public.x".',
  default: "[]",
  allowedPattern: "^\\[.{0,510}\\]$",
};

/** The application's own jobs that a rehearsal runs on its copy. */
export const runJobs: DocumentParameter = {
  type: "String",
  description: "all, or ids of TimescaleDB's jobs with commas; empty for none of the application's own.",
  default: "",
  allowedPattern: "^(all|[0-9]{4,9}(,[0-9]{4,9}){0,30})?$",
};

/** A point in time to recover to; a zone is part of it, for the hosts' own is nobody's. */
export const recoveryTime: DocumentParameter = {
  type: "String",
  description:
    "ISO 8601 with a zone, such as 2026-11-21T02:15:15Z; empty for the latest that the archive holds.",
  default: "",
  allowedPattern:
    "^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2}))?$",
};

/** The repository that a recovery restores from. */
export const recoveryRepo: DocumentParameter = {
  type: "String",
  description: "The repository to restore from: 3 is on the repository host, 2 in S3.",
  default: "3",
  allowedValues: ["3", "2"],
};

/** Which repositories a drill restores from. */
export const drilledRepos: DocumentParameter = {
  type: "String",
  description: "The repositories to restore from: 3 is on the repository host, 2 in S3.",
  default: "3,2",
  allowedValues: ["3,2", "3", "2"],
};
