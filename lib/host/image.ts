import { ParameterValueType, StringParameter } from "aws-cdk-lib/aws-ssm";
import type { Construct } from "constructs";
import type { Environment } from "../config/environment";

/**
 * The id of the pinned image. A public parameter is read by CloudFormation at the deployment, so synthesis looks
 * nothing up; it must be a dated one (validation sees to it), or a later deployment would replace the instance.
 * CDK names the template's parameter after the image's: `cdk diff` sees another image.
 */
export function imageId(scope: Construct, { target: { image } }: Environment): string {
  return "amiId" in image
    ? image.amiId
    : StringParameter.valueForTypedStringParameterV2(
        scope,
        image.ssmParameter,
        ParameterValueType.AWS_EC2_IMAGE_ID,
      );
}
