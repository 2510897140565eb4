import type { Check } from "./check";

/** What check-aws looks at. */
export const awsChecks: readonly Check[] = [
  {
    id: "aws-relay-target",
    meaning: "The target can read the relay bucket, by which the dump travels.",
    remedy: "Deploy the runbook stack; look at the target role's policy and at the way to S3.",
    seconds: 20,
  },
];
