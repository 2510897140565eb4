import { RemovalPolicy, Tags, Validations } from "aws-cdk-lib";
import { CfnVolume } from "aws-cdk-lib/aws-ec2";
import { Key } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import { dataName } from "../config/derived";
import type { Environment } from "../config/environment";

/** The data volume and the key of both volumes. They outlive the stack: a volume without its key is lost. */
export class Storage extends Construct {
  readonly key: Key;
  readonly dataVolume: CfnVolume;

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    this.key = new Key(this, "Key", {
      description: `timescale-cutover ${environment.name}: the volumes of the target host`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    this.dataVolume = new CfnVolume(this, "DataVolume", {
      availabilityZone: environment.target.network.availabilityZone,
      size: environment.target.dataVolumeGiB,
      // 3000 IOPS and 125 MiB/s at any size and at any time: gp3 has no burst of its own.
      volumeType: "gp3",
      encrypted: true,
      kmsKeyId: this.key.keyArn,
    });
    this.dataVolume.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    Validations.of(this.dataVolume).acknowledge({
      id: "CloudFormation-Validate::W3010",
      reason:
        "The zone is the subnet's: EC2 attaches no volume of another one, and synthesis looks nothing up.",
    });
    Tags.of(this.dataVolume).add("Name", dataName(environment));
  }
}
