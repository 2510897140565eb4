import { applicationTargetHost } from "../../config/derived";
import { type ConnectionSecret, readConnection } from "../application/secret";
import { readSecret } from "./aws-contents";
import { trustedCertificates } from "./lab-application-run";
import type { RehearsalLab } from "./rehearsal-lab";

export type Side = "source" | "target";
export const sides: readonly Side[] = ["source", "target"];

/** The side that the application's secret names; null for neither. */
export async function truthOf(lab: RehearsalLab): Promise<Side | null> {
  const { host, port } = await connectionOf(lab);
  return sides.find((side) => addressOf(lab, side) === `${host}:${port}`) ?? null;
}

/** The sides on which the application can log in and write, with its secret's own user and password. */
export async function writableSides(lab: RehearsalLab): Promise<Side[]> {
  const connection = await connectionOf(lab);
  const writable = await Promise.all(sides.map((side) => acceptsWrite(lab, side, connection)));
  return sides.filter((_, index) => writable[index]);
}

async function connectionOf(lab: RehearsalLab): Promise<ConnectionSecret> {
  return readConnection(await readSecret(lab.aws, lab.environment.application.secretName));
}

function addressOf({ environment }: RehearsalLab, side: Side): string {
  const { application, target } = environment;
  return side === "source"
    ? `${application.sourceHost}:${application.sourcePort}`
    : `${applicationTargetHost(environment)}:${target.port}`;
}

/** A write that is taken back: it shows what the application could do and leaves nothing. */
const attempt = `BEGIN;
INSERT INTO lab.tracker_write (written_at, number, writer) VALUES (clock_timestamp(), 0, 'probe');
ROLLBACK;
`;

/** Tried over the network from a host that is neither side. */
async function acceptsWrite(lab: RehearsalLab, side: Side, connection: ConnectionSecret): Promise<boolean> {
  const [host = "", port = ""] = addressOf(lab, side).split(":");
  const certificates = "/run/lab-trusted.crt";
  const { repository } = lab.lab.hosts;
  await repository.run(["tee", certificates], { input: (await trustedCertificates(lab)).join("") });
  const env = {
    ...{ PGHOST: host, PGPORT: port, PGDATABASE: connection.dbname, PGUSER: connection.username },
    ...{ PGPASSWORD: connection.password, PGCONNECT_TIMEOUT: "5" },
    ...{ PGSSLMODE: "verify-full", PGSSLROOTCERT: certificates, PGOPTIONS: "-c statement_timeout=10s" },
  };
  const psql = ["psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"];
  const { code } = await repository.run(psql, { input: attempt, env });
  return code === 0;
}
