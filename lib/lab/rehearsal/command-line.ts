import { CommanderError } from "commander";
import type { Environment, EnvironmentInput } from "../../config/environment";
import { validateEnvironment } from "../../config/validate";
import { removeKeptLabs } from "../abandoned-labs";
import { BootFailed } from "../boot-result";
import { type Fault, type FaultRequest, qualifiedName, resolveFault, UnknownFault } from "../faults/fault";
import { FaultInjector } from "../faults/injector";
import { runbookSteps } from "../faults/runbook-steps";
import { environmentNamed, isBadInput } from "./bad-input";
import { runCutover } from "./cutover-process";
import { exitCode } from "./exit-code";
import { plannedEnvironment } from "./lab-environment";
import { type RehearseOptions, rehearseCommand } from "./options";
import { RehearsalLab } from "./rehearsal-lab";
import { archiveAsPlanned, runPreflight } from "./run-preflight";
import { runStory } from "./run-story";
import { seedSource } from "./seed-source";
import type { Template } from "./template";

/** What `npm run rehearse` is put together from. */
export interface RehearsalParts {
  readonly environments: Readonly<Record<string, EnvironmentInput>>;
  readonly synthesize: (environment: Environment) => Template;
  readonly synthesizeHost: (environment: Environment) => Template;
  /** The operator's command line, run as a process of its own: the rehearsal uses what the operator will use. */
  readonly cutover: string;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}

/** Runs the command line and gives the exit code. Results go to stdout, progress to stderr. */
export async function runRehearsal(argv: readonly string[], parts: RehearsalParts): Promise<number> {
  let code: number = exitCode.succeeded;
  const command = rehearseCommand(async (options) => {
    code = await rehearse(options, parts);
  })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => parts.stdout.write(text),
      writeErr: (text) => parts.stderr.write(text),
    });
  try {
    await command.parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.succeeded : exitCode.badInput;
    if (error instanceof BootFailed) {
      parts.stderr.write(`${error.message}\n`);
      return exitCode.failed;
    }
    if (isBadInput(error)) {
      parts.stderr.write(`${error.message}\n`);
      return exitCode.badInput;
    }
    throw error;
  }
}

async function rehearse(options: RehearseOptions, parts: RehearsalParts): Promise<number> {
  const log = (line: string) => void parts.stderr.write(`lab: ${line}\n`);
  if (options.removeKept) {
    removeKeptLabs(log);
    return exitCode.succeeded;
  }
  const rehearsed = environmentNamed(options, parts.environments);
  const fault = options.fault && faultOf(options, options.fault, rehearsed, parts);
  const injector = new FaultInjector();
  const lab = await RehearsalLab.start({
    rehearsed,
    onStep: injector.onStep,
    synthesize: parts.synthesize,
    synthesizeHost: parts.synthesizeHost,
    log,
    endpointLog: options.verbose ? log : () => {},
    keep: options.keep,
    latencySeconds: options.stepLatency,
    targetVolumeMb: volumeMb(options, rehearsed),
    ...(options.rootfs !== undefined && { rootfs: options.rootfs }),
  });
  try {
    await lab.deploy(options);
    await seedSource(lab.lab.hosts.source, options, log);
    if (options.source === "network") await lab.giveSourcePassword();
    if (options.only === "preflight") {
      return await runPreflight({ lab, options, cutover: parts.cutover, log });
    }
    if (options.cutover) {
      await archiveAsPlanned(lab, log);
      return await runStory({
        lab,
        options,
        cutover: parts.cutover,
        injector,
        fault,
        stdout: parts.stdout,
        log,
      });
    }
    return await runCutover({ cutover: parts.cutover, environment: lab.operatorEnvironment() }, options);
  } finally {
    await lab.stop();
  }
}

/** Refuses a fault of a step that this environment's runbook does not have, before anything is booted. */
function faultOf(
  options: RehearseOptions,
  request: FaultRequest,
  rehearsed: EnvironmentInput,
  { synthesize }: RehearsalParts,
): Fault {
  const environment = plannedEnvironment(rehearsed, options);
  const fault = resolveFault(request, runbookSteps(synthesize(environment), environment));
  if (fault.step.automation === "Cutover" || options.rollback) return fault;
  throw new UnknownFault(`${qualifiedName(fault.step)} is a step of the way back: say --rollback too.`);
}

// Sparse: it takes what is written to it. The restored database, its WAL and the dump lie on it; preflight looks whether
// it is as large as the environment says.
function volumeMb({ size, only }: RehearseOptions, rehearsed: EnvironmentInput): number {
  const planned = only === "preflight" ? validateEnvironment(rehearsed).target.dataVolumeGiB * 1024 : 0;
  return Math.max(16_384, size * 4, planned);
}
