import type { Environment } from "../config/environment";
import { applicationChecks } from "./aws-application";
import type { Check } from "./check";

const isManaged = ({ source }: Environment) => source.kind === "managed";
const isNetwork = ({ source }: Environment) => source.kind === "network";
const hasCipher = ({ repository: { pgbackrest } }: Environment) =>
  [pgbackrest.repo2.cipher, pgbackrest.repo3.cipher].some(({ type }) => type !== "none");

/** What check-aws looks at: who the hosts are, what their roles may, and what the switch changes. */
export const awsChecks: readonly Check[] = [
  {
    id: "aws-identity",
    meaning:
      "The target calls AWS as its own role, in the environment's account and region: as another it would look at other buckets and secrets.",
    remedy: "Give the instance the host stack's instance profile and let HTTPS out to STS, IAM, SSM and S3.",
    seconds: 20,
  },
  {
    id: "aws-agent-versions",
    meaning:
      "SSM manages both instances, they are Online, and their agents are 3.3.2746.0 or later: an older one hands no parameter over as an environment variable.",
    remedy: "Start the SSM agent there, or update it: run the document AWS-UpdateSSMAgent on the instance.",
    seconds: 20,
  },
  {
    id: "aws-relay-target",
    meaning:
      "The target can list the relay bucket and read, and so decrypt, what the dump host put there in this run: so travel the dump and the results.",
    remedy: "Deploy the runbook stack; look at the target role's policy, the key's, and the way to S3.",
    seconds: 40,
    needs: "aws-identity",
  },
  {
    id: "aws-relay-source",
    meaning: "The dump host's role can put objects into the relay bucket: its result of this run came there.",
    remedy:
      "See what inspect-source on the dump host said (its output in SSM, /var/lib/timescale-cutover there): that host's role and its way to S3, or source.roleArn, which the bucket lets in.",
    seconds: 5,
    needs: "aws-relay-target",
  },
  {
    id: "aws-permissions-target",
    meaning:
      "IAM's simulation allows the target's role every action of the runbook, above all those that only write and cannot be tried: putting into the relay, switching the secret, changing the DNS record.",
    remedy:
      "Deploy the runbook stack, whose policy gives them; where that does not help, look at the role's permissions boundary and at the organization's policies.",
    seconds: 25,
    needs: "aws-identity",
  },
  {
    id: "aws-permissions-source",
    meaning:
      "Nothing of the source role's own (a denial, a permissions boundary, a policy of the organization) forbids what the relay's bucket and key let it do.",
    remedy: "Take the denial away, or make an exception for the relay bucket and its key.",
    seconds: 25,
    needs: "aws-identity",
    applies: isManaged,
  },
  {
    id: "aws-source-password-secret",
    meaning: "The secret with the network source's password exists, and the target may read it.",
    remedy: "Store the password under source.passwordSecret in this region, and deploy the runbook stack.",
    seconds: 20,
    needs: "aws-identity",
    applies: isNetwork,
  },
  {
    id: "aws-cipher-secret",
    meaning:
      "The secrets with the passphrases of pgBackRest's repositories exist, and the target may read them: without them nothing can be archived after the switch.",
    remedy: "Store the passphrase under the name that the environment says, and deploy the host stack.",
    seconds: 40,
    needs: "aws-identity",
    applies: hasCipher,
  },
  {
    id: "aws-approvers",
    meaning:
      "Every ARN of cutover.approvers is a user or role that exists: one that names nobody lets the approval wait in vain.",
    remedy: "Correct cutover.approvers, and deploy the runbook stack.",
    seconds: 60,
    needs: "aws-identity",
  },
  ...applicationChecks,
];
