import type { Environment } from "../../config/environment";
import { connectionSecretString } from "../application/secret";
import { samplePasswords } from "../seed/passwords";
import { type AwsPlace, putSecret } from "./aws-contents";
import { sourcePlace } from "./lab-application";

/** The password that the seeds give a role. */
export function applicationPassword(role: string): string {
  return samplePasswords[role] ?? `lab password of ${role}`;
}

/** Lets the application's secret name the source, as it does before every move. */
export async function storeApplicationSecret(
  aws: AwsPlace,
  { application, database }: Environment,
  password = applicationPassword(application.roleName),
): Promise<void> {
  const { roleName: username, secretName } = application;
  const connection = { ...sourcePlace, dbname: database.name, username, password };
  await putSecret(aws, secretName, connectionSecretString(connection));
}
