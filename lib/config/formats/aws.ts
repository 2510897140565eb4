import { isArn } from "./secret";
import { patterned, text, type Verdict } from "./text";

const EC2_INSTANCE = /^i-([0-9a-f]{8}|[0-9a-f]{17})$/;
const REGION = /^[a-z]{2}(-[a-z]+)+-[0-9]$/;
const ROLE_ARN = /^arn:aws(-cn|-us-gov)?:iam::[0-9]{12}:role(\/[A-Za-z0-9+=,.@_-]+)+$/;

export const accountId = patterned(
  'the AWS account, 12 digits in quotes, such as "111122223333"',
  /^[0-9]{12}$/,
  "is no AWS account: it is not 12 digits",
);

export const region = text('an AWS region, such as "eu-west-2"', (value) => {
  if (REGION.test(value)) return undefined;
  const zoned = value.slice(0, -1);
  if (REGION.test(zoned) && /[a-z]$/.test(value)) {
    return { why: "is an availability zone, not a region", remedy: `Drop the letter: "${zoned}".` };
  }
  return { why: "is no AWS region" };
});

export const availabilityZone = text('an availability zone, such as "eu-west-2a"', (value) => {
  if (REGION.test(value.slice(0, -1)) && /[a-z]$/.test(value)) return undefined;
  if (REGION.test(value)) {
    return { why: "is a region, not an availability zone", remedy: `Add the zone's letter: "${value}a".` };
  }
  if (/^[a-z]+[0-9]-az[0-9]$/.test(value)) {
    return {
      why: "is the id of an availability zone, not its name",
      remedy: "Write the zone's name in your account (aws ec2 describe-availability-zones shows both).",
    };
  }
  return { why: "is no availability zone" };
});

export const vpcId = patterned(
  'the id of a VPC, "vpc-" and 17 (or 8) digits 0-9a-f, such as "vpc-0123456789abcdef0"',
  /^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/,
  "is no VPC id",
);

export const subnetId = patterned(
  'the id of a subnet, "subnet-" and 17 (or 8) digits 0-9a-f, such as "subnet-0123456789abcdef0"',
  /^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/,
  "is no subnet id",
);

/** The source may also be a server outside EC2 that Systems Manager manages (`mi-…`). */
export const managedInstanceId = text(
  'the id of an instance that Systems Manager manages, such as "i-0123456789abcdef0" or "mi-0123456789abcdef0"',
  (value) => {
    const known = EC2_INSTANCE.test(value) || /^mi-[0-9a-f]{17}$/.test(value);
    return known ? undefined : { why: "is no id of a managed instance" };
  },
);

export const roleArn = text(
  'the ARN of an IAM role, such as "arn:aws:iam::111122223333:role/source-host"',
  examineRoleArn,
);

export const instanceType = patterned(
  'an EC2 instance type, such as "t3.medium"',
  /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/,
  "is no EC2 instance type",
);

export const securityGroupId = patterned(
  'the id of a security group, "sg-" and 17 (or 8) digits 0-9a-f, such as "sg-0123456789abcdef0"',
  /^sg-([0-9a-f]{8}|[0-9a-f]{17})$/,
  "is no security group id",
);

export const bucketName = patterned(
  'the name of an S3 bucket (3 to 63 of a-z, 0-9, "." and "-"), such as "glimpse-timescale-backups"',
  /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  "is no S3 bucket name",
);

function examineRoleArn(value: string): Verdict | undefined {
  if (ROLE_ARN.test(value)) return undefined;
  if (value.includes(":instance-profile/")) {
    return {
      why: "is the ARN of an instance profile, not of a role",
      remedy: "Write the ARN of the role in it (aws iam get-instance-profile shows it).",
    };
  }
  if (value.includes(":assumed-role/")) {
    return {
      why: "is the ARN of a session, not of a role",
      remedy: 'Write the ARN of the role itself, "arn:aws:iam::ACCOUNT:role/NAME".',
    };
  }
  return { why: isArn(value) ? "is an ARN, but of no IAM role" : "is no role's ARN" };
}
