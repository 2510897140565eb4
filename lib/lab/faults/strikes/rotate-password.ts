import { randomUUID } from "node:crypto";
import { applicationPassword, storeApplicationSecret } from "../../rehearsal/application-secret";
import { psql } from "../../seed/psql";
import type { Strike } from "./strike";

/** As a rotation does: the role first, then the secret. When the run has ended both are as they were. */
export const rotatePassword: Strike = async ({ aws, environment, hosts, runEnded, struck }) => {
  const role = environment.application.roleName;
  const give = async (password: string) => {
    const sql = `ALTER ROLE :"role" PASSWORD :'password';\n`;
    await psql(hosts.source, { name: "the rotated password", sql, variables: { role, password } });
    await storeApplicationSecret(aws, environment, password);
  };
  await give(randomUUID());
  struck();
  await runEnded;
  await give(applicationPassword(role));
};
