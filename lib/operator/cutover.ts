import { acceptParameter } from "./accept";
import { checksOf } from "../checks/catalogue";
import { checkSteps } from "../checks/check";
import type { Environment } from "../config/environment";
import type { Conclusion } from "./conclude";
import { checkConfirm, obtainConsent } from "./consent";
import { BadInputError } from "./errors";
import { fitting } from "./parameter-length";
import { checkReplace } from "./replace";
import { prepareReport, startAndFollow } from "./run";
import { runIdOf } from "./run-id";
import type { Session } from "./session";

/** The gate's own refusals that can be overridden, by their codes; the checks that come before it, by their ids. */
export const gateCodes = ["no-rehearsal", "window"] as const;

// The gate itself looks at the plan.
const checkedByCutover = checkSteps.filter((step) => step !== "check-plan");

export interface CutoverOptions {
  runId?: string;
  /** The database's name, typed beforehand. */
  confirm?: string;
  replace?: string;
  /** What becomes of sessions that do not end in time, in place of what is configured: `end`. */
  inFlight?: string;
  /** Codes of the gate and checks, with commas between. */
  allow?: string;
  /** Names of differences that are accepted. */
  accept?: readonly string[];
  /** Also approve the run, as the caller. */
  approve?: boolean;
}

/** Starts a cutover and follows it to its end. Throws an OperatorError when there is no outcome to tell. */
export async function cutOver(session: Session, options: CutoverOptions): Promise<Conclusion> {
  const { environment, clock } = session;
  const runId = runIdOf(options.runId, clock.now());
  checkReplace(options.replace, environment);
  checkInFlight(options.inFlight);
  const allow = checkAllow(options.allow, environment);
  const Accept = acceptParameter(options.accept);
  checkConfirm(session, options.confirm);
  await prepareReport(session);
  const inFlight = options.inFlight === "end" ? "end" : environment.cutover.inFlight;
  const { replace = null, accept = [] } = options;
  const intent = { action: "cutover", runId, replace, inFlight, allow, accept } as const;
  await obtainConsent(session, intent, options.confirm);
  return await startAndFollow(
    session,
    {
      automation: "Cutover",
      runId,
      parameters: { Replace: options.replace, InFlight: options.inFlight, Allow: allow.join(","), Accept },
    },
    { approve: options.approve ?? false },
  );
}

function checkInFlight(inFlight: string | undefined): void {
  if (inFlight === undefined || inFlight === "end") return;
  throw new BadInputError(
    "in-flight-unknown",
    `--in-flight ${JSON.stringify(inFlight)} is not known.`,
    "Write --in-flight end to have late sessions ended unasked, or leave it out for what cutover.inFlight says.",
  );
}

function checkAllow(allow: string | undefined, environment: Environment): string[] {
  const codes = (allow ?? "").split(",").filter((code) => code !== "");
  const known = [
    ...gateCodes,
    ...checkedByCutover.flatMap((step) => checksOf(environment, step).map(({ id }) => id)),
  ];
  const unknown = codes.find((code) => !known.some((one) => one === code));
  if (unknown === undefined) {
    const allowed = [...new Set(codes)];
    fitting(
      "--allow",
      allowed.join(","),
      "Mend what some of the checks found: so many are no exception any more.",
    );
    return allowed;
  }
  throw new BadInputError(
    "allow-unknown",
    `--allow ${JSON.stringify(unknown)} is none of the gate's codes and no check that a cutover makes.`,
    `Known are: ${gateCodes.join(", ")}, and the checks as cutover check names them; with a comma between two.`,
  );
}
