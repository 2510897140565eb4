import type { PolicyStatement } from "aws-cdk-lib/aws-iam";

/** Something that the target may do: statements of its role, and why a wildcard in them is none that can be left out. */
export interface Permissions {
  readonly statements: PolicyStatement[];
  readonly wildcards: {
    /** As cdk-nag writes it. */
    readonly resource: string;
    readonly reason: string;
  }[];
}
