import { z } from "zod";
import { checksOf } from "../checks/catalogue";
import { checkSteps, type CheckStep, type Verdict, verdicts } from "../checks/check";
import { type Place, placeOf } from "../checks/place";
import type { Environment } from "../config/environment";
import { describeAwsError, remedyFor } from "./aws-error";
import { commandOutput } from "./command-output";
import type { Execution } from "./execution";
import type { Session } from "./session";
import { isFailure, succeeded } from "./status";
import { explainFailure, type StepFailure } from "./step-failure";
import { lastResult } from "./step-result";

/** What became of one check. */
export interface Finding {
  id: string;
  where: Place;
  /** What was found, or why the check could not be made. */
  finding: string;
  verdict: Verdict;
  /** "" where nothing is to be done. */
  remedy: string;
}

type Sources = Pick<Session, "environment" | "clients" | "clock">;

/** What the steps of a preflight told. */
export interface Findings {
  checks: Finding[];
  /** Of the steps that failed for another reason than a check's verdict. */
  failures: StepFailure[];
}

// What a step prints is external input: one check told wrongly must not hide the others.
const told = z.object({
  id: z.string(),
  verdict: z.enum(verdicts),
  finding: z.string(),
  remedy: z.string().optional(),
});
type Told = z.infer<typeof told>;

/** What a step told of its checks, and why it told nothing of the others. */
interface Account {
  told: ReadonlyMap<string, Told>;
  silence: { reason: string; remedy: string };
  /** Where it told nothing because it broke. */
  failure?: StepFailure;
}

/**
 * Reads the verdicts from what each step's command printed (not from the relay: whether it can be reached is one of them)
 * and gives a finding for every check of the environment.
 */
export async function readFindings(execution: Execution, sources: Sources): Promise<Findings> {
  const checks: Finding[] = [];
  const failures: StepFailure[] = [];
  const ofChecks = new Set<string>(checkSteps.map(automationStep));
  for (const step of execution.steps) {
    if (isFailure(step.status) && !ofChecks.has(step.name)) failures.push(await explain(step, sources));
  }
  for (const step of checkSteps) {
    const account = await accountOf(step, execution, sources);
    checks.push(...merged(step, account, sources.environment));
    if (account.failure) failures.push(account.failure);
  }
  return { checks, failures };
}

async function accountOf(checkStep: CheckStep, execution: Execution, sources: Sources): Promise<Account> {
  const name = automationStep(checkStep);
  const step = execution.steps.find((one) => one.name === name);
  if (step === undefined || step.startedAt === null) {
    return silent(`${name} was not reached, for the run ended with ${execution.status}`, checkAgain);
  }
  const ended = `${name} ended with ${step.status}`;
  try {
    const output = await commandOutput(step, { ssm: sources.clients.ssm, clock: sources.clock });
    const told = toldIn(output, checkStep);
    if (told !== null)
      return { told, silence: { reason: `${ended} and told nothing of it`, remedy: deploy } };
  } catch (error) {
    const reason = `what ${name} printed could not be read from Systems Manager: ${describeAwsError(error)}`;
    return silent(reason, remedyFor(error));
  }
  if (step.status === succeeded) return silent(`${ended} and told no verdict`, deploy);
  const failure = await explain(step, sources);
  const [why = ""] = failure.message.split("\n");
  const account = silent(`${ended}: ${why}`, failure.remedy ?? checkAgain);
  return isFailure(step.status) ? { ...account, failure } : account;
}

const checkAgain = "Read why above, mend it, then check again.";
const deploy = "Deploy the runbook stack: its documents may be of another version than this program.";

function silent(reason: string, remedy: string): Account {
  return { told: new Map(), silence: { reason, remedy } };
}

function toldIn(output: string, step: CheckStep): ReadonlyMap<string, Told> | null {
  const line = lastResult(output, z.object({ step: z.literal(step), checks: z.array(z.unknown()) }));
  if (line === null) return null;
  const good = line.checks.map((check) => told.safeParse(check).data).filter((check) => check !== undefined);
  return new Map(good.map((check) => [check.id, check]));
}

/** Every check of the step, and after them what it told of checks that this program does not know. */
function merged(step: CheckStep, { told, silence }: Account, environment: Environment): Finding[] {
  const known = checksOf(environment, step);
  const findings = known.map(({ id, remedy }) => {
    const check = told.get(id);
    if (check !== undefined) return findingOf(check, step, remedy);
    const finding = `The check could not be made: ${silence.reason.replace(/\.$/, "")}.`;
    return { id, where: placeOf(id, step), finding, verdict: "fail" as const, remedy: silence.remedy };
  });
  const unknown = [...told.values()].filter(({ id }) => !known.some((check) => check.id === id));
  return [...findings, ...unknown.map((check) => findingOf(check, step, ""))];
}

function findingOf({ id, verdict, finding, remedy }: Told, step: CheckStep, usual: string): Finding {
  const where = placeOf(id, step);
  return { id, where, finding, verdict, remedy: verdict === "pass" ? "" : remedy || usual };
}

async function explain(step: Execution["steps"][number], { clients, clock }: Sources): Promise<StepFailure> {
  return await explainFailure(step, { ssm: clients.ssm, relay: null, clock });
}

/** `check-source` is `checkSource` in the automation: AWS takes no hyphen in a step's name. */
function automationStep(step: CheckStep): string {
  return step.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
