import { runOperator } from "./cutover-process";
import { startApplication } from "./lab-application-run";
import { archiveOldHost } from "./old-host-archiving";
import type { RehearseOptions } from "./options";
import type { RehearsalLab } from "./rehearsal-lab";

export interface PreflightParts {
  readonly lab: RehearsalLab;
  readonly options: Pick<RehearseOptions, "json">;
  /** The operator's script. */
  readonly cutover: string;
  readonly log: (line: string) => void;
}

/**
 * Makes of a seeded lab what preflight finds in the plan, with an application that writes all along and a rehearsal on
 * record, and runs `cutover check` in it. Gives its exit code, or the rehearsal's where that failed.
 */
export async function runPreflight({ lab, options, cutover, log }: PreflightParts): Promise<number> {
  await archiveAsPlanned(lab, log);
  const application = await startApplication(lab);
  try {
    const operator = { cutover, environment: lab.operatorEnvironment() };
    const environment = ["--env", lab.environment.name];
    log("rehearsing: preflight asks for a rehearsal on record");
    const rehearsed = await runOperator(operator, ["rehearse", ...environment], "with progress");
    if (rehearsed !== 0) return rehearsed;
    log("checking");
    return await runOperator(
      operator,
      ["check", ...environment, ...(options.json ? ["--json"] : [])],
      "inherit",
    );
  } finally {
    await application.stop();
  }
}

/** The old host archives, and the repository host's owner has let the target in: the gate of a cutover looks for both. */
export async function archiveAsPlanned(lab: RehearsalLab, log: (line: string) => void): Promise<void> {
  log("the old host begins to archive into the repository");
  await archiveOldHost(lab);
}
