import {
  DescribeInstanceAttributeCommand,
  type EC2Client,
  ModifyInstanceAttributeCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import { describeAwsError, isNamed, remedyFor } from "../aws-error";
import { FailedError, NothingStartedError } from "../errors";
import { notStarted } from "../not-started";
import { patiently } from "../patience";
import type { Session } from "../session";
import type { Found } from "./found";

const patienceSeconds = 60;

/**
 * Looks, before anything is changed, whether what must stay would stay, and whether the caller may do what is to be done.
 * @throws NothingStartedError
 */
export async function refuseUnlessRemovable(session: Session, id: string, found: Found): Promise<void> {
  refuseUnlessKept(id, found);
  for (const [action, send] of Object.entries(changes(session.clients.ec2, id))) {
    await patiently(() => send({ DryRun: true }), { ...session, seconds: patienceSeconds }).catch(
      (error: unknown) => refuseUnlessAllowed(session, action, error),
    );
  }
}

/** Lifts the instance's protection and terminates it. Terminated twice, it does no harm. */
export async function terminate(session: Session, id: string): Promise<void> {
  const { lift, end } = changes(session.clients.ec2, id);
  try {
    if (await isProtected(session, id)) await sent(session, lift);
    await sent(session, end);
  } catch (error) {
    if (session.signal.aborted) throw error;
    throw new FailedError(
      "instance-not-terminated",
      `The instance ${id} was not terminated: ${describeAwsError(error)}`,
      `${remedyFor(error)} Then run this again: it goes on from here. To go on with this instance, start PostgreSQL there: systemctl restart timescale-cutover-boot`,
      { cause: error },
    );
  }
}

type Send = (how: { DryRun?: true }) => Promise<unknown>;

/** The two calls that change the instance. */
function changes(ec2: EC2Client, id: string): { lift: Send; end: Send } {
  return {
    lift: (how) =>
      ec2.send(
        new ModifyInstanceAttributeCommand({
          ...{ InstanceId: id, DisableApiTermination: { Value: false } },
          ...how,
        }),
      ),
    end: (how) => ec2.send(new TerminateInstancesCommand({ InstanceIds: [id], ...how })),
  };
}

async function isProtected(session: Session, id: string): Promise<boolean> {
  const command = new DescribeInstanceAttributeCommand({
    ...{ InstanceId: id, Attribute: "disableApiTermination" },
  });
  const { DisableApiTermination } = await sent(session, () => session.clients.ec2.send(command));
  return DisableApiTermination?.Value ?? false;
}

function sent<T>({ clock, signal }: Session, send: (how: object) => Promise<T>): Promise<T> {
  return patiently(() => send({}), { clock, signal, seconds: patienceSeconds });
}

/** EC2 keeps both where the stack attached them; a person may have attached them otherwise since. */
function refuseUnlessKept(id: string, { volume, interface: address }: Found): void {
  const [lost] = [volume, address].filter(
    ({ attachedTo, goesWithInstance }) => attachedTo === id && goesWithInstance,
  );
  if (lost === undefined) return;
  throw new NothingStartedError(
    "not-kept",
    `EC2 would delete ${lost.id} together with the instance ${id} (DeleteOnTermination). Nothing was started.`,
    lost === volume
      ? `Keep it: aws ec2 modify-instance-attribute --instance-id ${id} --block-device-mappings '[{"DeviceName":"/dev/sdf","Ebs":{"DeleteOnTermination":false}}]' (the device at which ${volume.id} is). Then run this again.`
      : `Keep it: aws ec2 modify-network-interface-attribute --network-interface-id ${address.id} --attachment AttachmentId=eni-attach-...,DeleteOnTermination=false. Then run this again.`,
  );
}

/** EC2 answers a dry run with an error in either case. That the instance is still protected says that it was allowed. */
function refuseUnlessAllowed({ environment }: Session, action: string, error: unknown): void {
  if (isNamed(error, "DryRunOperation", "OperationNotPermitted")) return;
  if (!isNamed(error, "UnauthorizedOperation")) throw notStarted(error, environment);
  const name = action === "lift" ? "ec2:ModifyInstanceAttribute" : "ec2:TerminateInstances";
  throw new NothingStartedError(
    "not-allowed",
    `These credentials lack ${name}: ${describeAwsError(error)}`,
    "Use credentials that may replace the host. Nothing was started.",
    { cause: error },
  );
}
