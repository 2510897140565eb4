import type { Environment } from "../../config/environment";

/**
 * pg_hba.conf of the target: postgres over the local socket only; others with a password; from the network over TLS,
 * and only the database that moved. Which hosts get as far as this the security group says.
 */
export function pgHbaConf({ database }: Pick<Environment, "database">): string {
  return [
    "# Written once by the boot of timescale-cutover; changes to it stay.",
    "local    all  postgres  peer",
    "local    replication  postgres  peer",
    "local    all  all  scram-sha-256",
    "host     all  postgres  all  reject",
    "host     all  all  127.0.0.1/32  scram-sha-256",
    "host     all  all  ::1/128  scram-sha-256",
    // Quoted, so that a database named all is that one database.
    `hostssl  "${database.name.replaceAll('"', '""')}"  all  all  scram-sha-256`,
    "",
  ].join("\n");
}
