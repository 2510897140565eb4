import type { Environment, EnvironmentInput } from "../../config/environment";
import { smokeTest } from "../application/smoke-test";
import { addresses } from "../lab-hosts";
import { labCredentials } from "./aws-contents";

/** What the application's secret names in the lab until the switch. */
export const sourcePlace = { host: addresses.source, port: 5432 } as const;

/** The application as the lab has it: its addresses and its smoke test. It has no DNS record, no restart, no HTTPS. */
export function labApplication({ application }: EnvironmentInput): EnvironmentInput["application"] {
  const { secretName, roleName, securityGroupIds } = application;
  return {
    secretName,
    ...(roleName !== undefined && { roleName }),
    ...(securityGroupIds !== undefined && { securityGroupIds }),
    sourceHost: sourcePlace.host,
    sourcePort: sourcePlace.port,
    smokeTest,
  };
}

/** Nobody in the lab waits long: the operator of the lab approves, and what is in flight is short. */
export function labCutover({ aws, cutover }: EnvironmentInput): Environment["cutover"] {
  return {
    rehearsalMaxAgeHours: 168,
    ...cutover,
    approvers: [`arn:aws:iam::${aws.account}:user/${labCredentials.accessKeyId}`],
    approvalSeconds: 120,
    inFlight: "ask",
    inFlightSeconds: 5,
    askSeconds: 10,
    jobsSeconds: 120,
  };
}
