import { CfnOutput, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { CfnParameter } from "aws-cdk-lib/aws-ssm";
import type { Construct } from "constructs";
import { hostLogGroupName, parameterName, runbookLogGroupName } from "../config/derived";
import type { Environment } from "../config/environment";
import { Archiving } from "./archiving/archiving";
import { bootDocument } from "./boot/boot-document";
import { userData } from "./boot/user-data";
import { BOOT_SIGNAL, BootSignal } from "./boot-signal";
import { TargetInstance } from "./instance";
import { Network } from "./network";
import { replacementDocuments } from "./replacement-documents";
import { targetRole } from "./role";
import { Storage } from "./storage";
import { Watching } from "./watching/watching";

export interface HostStackProps extends StackProps {
  readonly environment: Environment;
}

/** The long-lived stack: the target host and what watches it. Deploying it again moves nothing that holds data. */
export class HostStack extends Stack {
  constructor(scope: Construct, id: string, { environment, ...props }: HostStackProps) {
    super(scope, id, {
      description: `timescale-cutover ${environment.name}: the target host`,
      env: { account: environment.aws.account, region: environment.aws.region },
      terminationProtection: true,
      // The scripts' lines, each indented, would take the template half way to CloudFormation's limit of 1 MB.
      suppressTemplateIndentation: true,
      ...props,
    });
    const network = new Network(this, "Network", environment);
    const storage = new Storage(this, "Storage", environment);
    const logs = logGroup(this, "Logs", hostLogGroupName(environment));
    // What happened in the window outlives the runbook.
    logGroup(this, "RunbookLogs", runbookLogGroupName(environment));
    const document = bootDocument(this, environment);
    replacementDocuments(this, environment);
    const target = new TargetInstance(this, "Target", {
      environment,
      network,
      storage,
      role: targetRole(this, environment, document),
      userData: userData(environment, {
        volumeId: storage.dataVolume.ref,
        signal: { stack: this.stackName, resource: BOOT_SIGNAL },
      }),
    });
    // The boot fetches the document; were it the first to write, it would make the log group in CloudFormation's place.
    target.node.addDependency(document, logs);
    new BootSignal(this, "BootSignal", target.attachment);
    // It does not wait for the boot: a host that did not boot is watched too, and its alarms ring.
    new Watching(this, "Watching", {
      environment,
      instanceId: target.instance.ref,
      volumeId: storage.dataVolume.ref,
    });
    publishInstance(this, environment, target);
    new Archiving(this, "Archiving", environment);
    this.tell(environment, target, network, storage);
  }

  private tell(
    environment: Environment,
    { instance }: TargetInstance,
    network: Network,
    { dataVolume }: Storage,
  ): void {
    const outputs: Record<string, string> = {
      InstanceId: instance.ref,
      Generation: String(environment.target.generation),
      ImageId: String(instance.imageId),
      PrivateAddress: network.interface.attrPrimaryPrivateIpAddress,
      DataVolumeId: dataVolume.ref,
      PublicKeyParameter: parameterName(environment, "postgres-ssh-public-key"),
      CertificateParameter: parameterName(environment, "server-certificate"),
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}

function logGroup(scope: Construct, id: string, logGroupName: string): LogGroup {
  // A create that failed takes along what it made: the next one would find the name taken.
  const removalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
  return new LogGroup(scope, id, { logGroupName, retention: RetentionDays.ONE_YEAR, removalPolicy });
}

/** Whoever needs the target asks for its id here: a replaced instance needs nothing else deployed. */
function publishInstance(scope: Construct, environment: Environment, { instance }: TargetInstance): void {
  new CfnParameter(scope, "InstanceIdParameter", {
    name: parameterName(environment, "instance-id"),
    description: "The instance that is the target; the host stack writes it.",
    type: "String",
    value: instance.ref,
  });
}
