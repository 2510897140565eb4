import { CfnOutput, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { hostLogGroupName, parameterName } from "../config/derived";
import type { Environment } from "../config/environment";
import { bootDocument } from "./boot/boot-document";
import { userData } from "./boot/user-data";
import { BootSignal } from "./boot-signal";
import { TargetInstance } from "./instance";
import { Network } from "./network";
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
      ...props,
    });
    const network = new Network(this, "Network", environment);
    const storage = new Storage(this, "Storage", environment);
    const logs = new LogGroup(this, "Logs", {
      logGroupName: hostLogGroupName(environment),
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const document = bootDocument(this, environment);
    const bootSignal = new BootSignal(this, "BootSignal");
    const target = new TargetInstance(this, "Target", {
      environment,
      network,
      storage,
      role: targetRole(this, environment, document),
      userData: userData(environment, { volumeId: storage.dataVolume.ref, signalUrl: bootSignal.url }),
    });
    // The boot fetches the document; were it the first to write, it would make the log group in CloudFormation's place.
    target.node.addDependency(document, logs);
    const booted = bootSignal.awaitAfter(target.attachment);
    const watching = new Watching(this, "Watching", {
      environment,
      instanceId: target.instance.ref,
      volumeId: storage.dataVolume.ref,
    });
    // An alarm that rings for missing metrics must not ring for a host that is still booting.
    watching.node.addDependency(booted);
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
      ImageId: String(instance.imageId),
      PrivateAddress: network.interface.attrPrimaryPrivateIpAddress,
      DataVolumeId: dataVolume.ref,
      PublicKeyParameter: parameterName(environment, "postgres-ssh-public-key"),
      CertificateParameter: parameterName(environment, "server-certificate"),
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
