import { environments } from "../../../bin/environments";
import type { Environment, EnvironmentInput } from "../../../lib/config/environment";
import { validateEnvironment } from "../../../lib/config/validate";

export const sourceInstance = "i-0aaaaaaaaaaaaaaaa";
export const targetInstance = "i-0bbbbbbbbbbbbbbbb";
export const bucket = "timescale-cutover-lab-111122223333-eu-west-2-relay";

export const secretName = "lab/tracker/database";
export const approver = "arn:aws:iam::111122223333:user/LABOPERATOR";

/** As a user would write it, with defaults left out. */
export const lab: EnvironmentInput = {
  name: "lab",
  aws: { account: "111122223333", region: "eu-west-2" },
  source: {
    kind: "managed",
    instanceId: sourceInstance,
    roleArn: "arn:aws:iam::111122223333:role/old-server",
  },
  target: { network: environments.prod.target.network },
  repository: {
    hostKey: environments.prod.repository.hostKey,
    pgbackrest: { repo3: { cipher: { type: "none" } } },
  },
  application: {
    secretName,
    sourceHost: "172.31.203.10",
    targetHost: "172.31.203.20",
    smokeTest: environments.prod.application.smokeTest,
  },
  cutover: { approvers: [approver] },
};

export function labEnvironment(): Environment {
  return validateEnvironment(lab, "lab");
}
