import {
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeVolumesCommand,
  type Instance as Ec2Instance,
} from "@aws-sdk/client-ec2";
import { isNamed } from "../aws-error";
import { NothingStartedError } from "../errors";
import { notStarted } from "../not-started";
import { patiently } from "../patience";
import type { Session } from "../session";
import type { HostStack } from "./host-stack";

export interface Instance {
  id: string;
  /** As EC2 has it: `running`, `shutting-down`, `terminated` … */
  state: string;
  type: string;
  /** Its `Name` tag. */
  name: string | null;
}

/** What outlives an instance, and the instance that has it now. */
export interface Kept {
  id: string;
  attachedTo: string | null;
  /** EC2 would delete it with that instance. */
  goesWithInstance: boolean;
}

/** What EC2 has of the host. */
export interface Found {
  volume: Kept;
  interface: Kept;
  /** The stack's instance; null once EC2 has forgotten it, an hour after it was terminated. */
  deployed: Instance | null;
  /** The instances that have the volume or the interface; two only where something is quite wrong. */
  holders: Instance[];
}

const patienceSeconds = 60;

/** @throws NothingStartedError where the volume or the interface is not there, or AWS refuses */
export async function findHost(session: Session, stack: HostStack): Promise<Found> {
  const [volume, networkInterface] = await Promise.all([findVolume(session, stack), findInterface(session)]);
  const holders = new Set([volume, networkInterface].flatMap(({ attachedTo }) => attachedTo ?? []));
  const instances = await Promise.all([stack.instanceId, ...holders].map((id) => findInstance(session, id)));
  const [deployed = null, ...holding] = instances;
  return {
    ...{ volume, interface: networkInterface, deployed },
    holders: holding.filter((instance) => instance !== null),
  };
}

async function findVolume(session: Session, { name, volumeId }: HostStack): Promise<Kept> {
  const { Volumes: [volume] = [] } = await asked(session, () =>
    session.clients.ec2.send(new DescribeVolumesCommand({ VolumeIds: [volumeId] })),
  );
  if (volume === undefined) throw gone(`data volume ${volumeId} of the stack ${name}`, session);
  const attachment = volume.Attachments?.find(({ State }) => State !== "detached");
  return {
    id: volumeId,
    attachedTo: attachment?.InstanceId ?? null,
    goesWithInstance: attachment?.DeleteOnTermination ?? false,
  };
}

/** By its address, which the environment gives it. */
async function findInterface(session: Session): Promise<Kept> {
  const { subnetId, privateAddress } = session.environment.target.network;
  const Filters = [
    { Name: "subnet-id", Values: [subnetId] },
    { Name: "private-ip-address", Values: [privateAddress] },
  ];
  const { NetworkInterfaces: [found] = [] } = await asked(session, () =>
    session.clients.ec2.send(new DescribeNetworkInterfacesCommand({ Filters })),
  );
  if (found === undefined) throw gone(`interface with the address ${privateAddress} in ${subnetId}`, session);
  return {
    id: found.NetworkInterfaceId ?? "",
    attachedTo: found.Attachment?.InstanceId ?? null,
    goesWithInstance: found.Attachment?.DeleteOnTermination ?? false,
  };
}

async function findInstance(session: Session, id: string): Promise<Instance | null> {
  const answer = await asked(session, () =>
    session.clients.ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] })).catch((error: unknown) => {
      if (isNamed(error, "InvalidInstanceID.NotFound")) return { Reservations: [] };
      throw error;
    }),
  );
  const instance = answer.Reservations?.[0]?.Instances?.[0];
  return instance === undefined ? null : instanceOf(instance);
}

function instanceOf({ InstanceId = "", State, InstanceType, Tags = [] }: Ec2Instance): Instance {
  const name = Tags.find(({ Key }) => Key === "Name")?.Value ?? null;
  return { id: InstanceId, state: State?.Name ?? "", type: InstanceType ?? "", name };
}

async function asked<T>({ clock, signal, environment }: Session, ask: () => Promise<T>): Promise<T> {
  return await patiently(ask, { clock, signal, seconds: patienceSeconds }).catch((error: unknown) => {
    throw notStarted(error, environment);
  });
}

function gone(what: string, { environment: { name, aws } }: Session): NothingStartedError {
  return new NothingStartedError(
    "not-kept",
    `EC2 has no ${what}: without it no other instance can take the host's place.`,
    `Look in account ${aws.account}, ${aws.region}. Where the volume is lost: README, "After the loss of instance and volume" (cutover recover --env ${name}).`,
  );
}
