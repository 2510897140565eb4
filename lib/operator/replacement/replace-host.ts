import { describeAwsError } from "../aws-error";
import { checkConfirm, obtainConsent } from "../consent";
import { FailedError, InterruptedError, NothingStartedError, OutcomeUnknownError } from "../errors";
import { refuseWhileInProgress } from "../in-progress";
import type { Session } from "../session";
import { clusterOn, type ClusterBack } from "./cluster";
import { Course } from "./course";
import { findHost, type Found, type Instance } from "./found";
import { type HostStack, readHostStack } from "./host-stack";
import { refuseUnlessRemovable, terminate } from "./removal";
import { canStop, stopServer } from "./server";
import { stageOf } from "./stage";

export interface ReplaceHostOptions {
  /** The host's name, typed beforehand. */
  confirm?: string;
  /** Go on though PostgreSQL could not be stopped in order. */
  unstopped?: boolean;
}

/** The host that is there in the end. */
export interface ReplacedHost extends ClusterBack {
  instanceId: string;
  generation: number;
  /** The instance that this command terminated; null where it found that done already. */
  terminated: string | null;
}

const pollMilliseconds = 10_000;

/**
 * Brings the host to the generation that the environment names. All that it goes by stands in AWS: interrupted, it goes
 * on from where that is.
 * @throws OperatorError when the cluster is not back
 */
export async function replaceHost(session: Session, options: ReplaceHostOptions): Promise<ReplacedHost> {
  checkConfirm(session, options.confirm, "host");
  await refuseWhileInProgress({ ...session, ssm: session.clients.ssm });
  try {
    return await follow(session, options);
  } catch (error) {
    if (!session.signal.aborted || error instanceof InterruptedError) throw error;
    throw new InterruptedError("interrupted", "Interrupted. Run it again: it goes on from here.", "");
  }
}

async function follow(session: Session, options: ReplaceHostOptions): Promise<ReplacedHost> {
  const { environment, clock, signal } = session;
  const course = new Course(session);
  let terminated: string | null = null;
  try {
    for (;;) {
      const stack = await readHostStack(session);
      const found = await findHost(session, stack);
      const stage = stageOf(environment, stack, found);
      course.enter(stage, stack);
      if (stage.at === "removal") {
        await remove(session, stage.instance, { ...options, stack, found });
        terminated = stage.instance.id;
      }
      if (stage.at === "boot") {
        const { id: instanceId } = stage.instance;
        const back = await clusterOn(session, instanceId);
        if (back !== null) return { ...back, instanceId, generation: stack.generation, terminated };
      }
      await clock.sleep(pollMilliseconds, signal);
    }
  } catch (error) {
    throw terminated === null ? error : afterTermination(error, terminated);
  }
}

/** That nothing was started is true no more. */
function afterTermination(error: unknown, terminated: string): unknown {
  if (!(error instanceof NothingStartedError)) return error;
  const { cause, code, message, remedy } = error;
  const further = `${remedy} Then run this again: it goes on from here.`;
  return cause === undefined
    ? new FailedError(code, `The instance ${terminated} was terminated. ${message}`, further)
    : new OutcomeUnknownError(
        code,
        `The instance ${terminated} was terminated, and how it goes on cannot be seen: ${describeAwsError(cause)}`,
        further,
        { cause },
      );
}

interface Removal extends ReplaceHostOptions {
  stack: HostStack;
  found: Found;
}

/** From here on the database is down. */
async function remove(session: Session, instance: Instance, removal: Removal): Promise<void> {
  const { confirm, unstopped = false, stack, found } = removal;
  await refuseUnlessRemovable(session, instance.id, found);
  const stops = await canStop(session, instance, unstopped);
  await obtainConsent(
    session,
    {
      ...{ action: "replace-host", instance, stops, stack: stack.name },
      ...{ volumeId: found.volume.id, interfaceId: found.interface.id },
    },
    confirm,
  );
  // Whoever was asked may have taken their time.
  await refuseWhileInProgress({ ...session, ssm: session.clients.ssm });
  if (stops) await stopServer(session, instance.id, unstopped);
  await terminate(session, instance.id);
}
