import { CfnDeletionPolicy, Fn, Tags, Validations } from "aws-cdk-lib";
import { CfnInstance, CfnVolumeAttachment } from "aws-cdk-lib/aws-ec2";
import { CfnInstanceProfile, type Role } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { targetName } from "../config/derived";
import type { Environment } from "../config/environment";
import { isBurstable } from "../config/instance-type";
import { TARGET_TAG } from "../config/derived";
import { imageId } from "./image";
import type { Network } from "./network";
import type { Storage } from "./storage";

export interface TargetInstanceProps {
  readonly environment: Environment;
  readonly network: Network;
  readonly storage: Storage;
  readonly role: Role;
  /** The text, tokens and all. A changed one stops and starts the instance, and does not run again. */
  readonly userData: string;
}

/**
 * CloudFormation makes a new instance of a generation, since it is another resource: that an instance was terminated, it
 * does not notice.
 */
function idOf({ generation }: Environment["target"]): string {
  return generation === 1 ? "Instance" : `Instance${generation}`;
}

/**
 * The target itself. It is written as CloudFormation has it: nothing in between that could add a launch template, or
 * a property whose change replaces it.
 */
export class TargetInstance extends Construct {
  readonly instance: CfnInstance;
  readonly attachment: CfnVolumeAttachment;

  constructor(scope: Construct, id: string, props: TargetInstanceProps) {
    super(scope, id);
    const { environment, network, storage, role } = props;
    const { target } = environment;
    const profile = new CfnInstanceProfile(this, "Profile", { roles: [role.roleName] });
    this.instance = new CfnInstance(this, idOf(target), {
      imageId: imageId(this, environment),
      instanceType: target.instanceType,
      // EC2 refuses a credit mode for a type that has no credits.
      ...(isBurstable(target.instanceType) && { creditSpecification: { cpuCredits: target.cpuCredits } }),
      iamInstanceProfile: profile.ref,
      // Only IMDSv2, and only for the host itself: one hop does not reach into a container.
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      // EC2 leaves an interface that was there before the instance when it terminates the instance.
      networkInterfaces: [{ deviceIndex: "0", networkInterfaceId: network.interface.ref }],
      blockDeviceMappings: [
        {
          deviceName: "/dev/sda1", // The root of Ubuntu's images.
          ebs: {
            volumeType: "gp3",
            volumeSize: target.rootVolumeGiB,
            encrypted: true,
            kmsKeyId: storage.key.keyArn,
            deleteOnTermination: true,
          },
        },
      ],
      propagateTagsToVolumeOnCreation: true,
      monitoring: true,
      disableApiTermination: true,
      userData: Fn.base64(props.userData),
    });
    Tags.of(this.instance).add("Name", targetName(environment));
    Tags.of(this.instance).add(TARGET_TAG, environment.name);
    Validations.of(this.instance).acknowledge({
      id: "CloudFormation-Validate::W9010",
      reason: "An image's id, where the environment names one, pins the image on purpose.",
    });
    // NVMe renames it: the boot finds the volume by its id.
    this.attachment = new CfnVolumeAttachment(this, "DataVolumeAttachment", {
      instanceId: this.instance.ref,
      volumeId: storage.dataVolume.ref,
      device: "/dev/sdf",
    });
    // It ended with its instance: in its clean-up CloudFormation must not detach the volume, which is the next one's.
    this.attachment.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
    Validations.of(this.attachment).acknowledge({
      id: "CloudFormation-Validate::W3011",
      reason: "An attachment holds no data. Where it is deleted, not replaced, the volume may be detached.",
    });
  }
}
