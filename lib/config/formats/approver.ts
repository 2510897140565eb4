import { text } from "./text";

const APPROVER = /^arn:aws(-cn|-us-gov)?:iam::[0-9]{12}:(user|role)(\/[A-Za-z0-9+=,.@_-]+)+$/;

/** Whom Automation takes an approval from. */
export const approverArn = text(
  'the ARN of an IAM user or role, such as "arn:aws:iam::111122223333:role/database-owner"',
  (value) => {
    if (APPROVER.test(value)) return undefined;
    if (value.includes(":assumed-role/")) {
      return {
        why: "is the ARN of a session, not of a role",
        remedy: 'Write the ARN of the role itself, "arn:aws:iam::ACCOUNT:role/NAME".',
      };
    }
    return { why: "is no ARN of an IAM user or role" };
  },
);
