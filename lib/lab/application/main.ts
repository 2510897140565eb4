import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { Connection } from "./connection";
import { Ledger, ledgerLine } from "./ledger";
import { readConnection } from "./secret";
import { Writer } from "./writer";

/*
 * The application of the lab: a process of its own, which knows the name of its secret and nothing else of the databases.
 * Settings come by environment variables; AWS's own say where AWS is.
 */
const ROWS_PER_SECOND = 50;
/** Four sessions: a row that waits for its disk does not hold up the next. */
const SESSIONS = 4;

async function main(): Promise<void> {
  const log = (line: string) => void process.stdout.write(`${new Date().toISOString()} ${line}\n`);
  const secrets = new SecretsManagerClient({});
  const connection = new Connection({
    readSecret: async () => {
      const read = new GetSecretValueCommand({ SecretId: setting("LAB_APPLICATION_SECRET") });
      const { SecretString: value } = await secrets.send(read, { abortSignal: AbortSignal.timeout(3_000) });
      return readConnection(value ?? "");
    },
    trusted: readFileSync(setting("LAB_APPLICATION_TRUSTED"), "utf8").split(
      /(?<=-----END CERTIFICATE-----\n)/,
    ),
    sessions: SESSIONS,
    log,
  });
  const file = setting("LAB_APPLICATION_LEDGER");
  const last = new Ledger(file).read().reduce((highest, { number }) => Math.max(highest, number), 0);
  const ledger = openSync(file, "a");
  const writer = new Writer({
    ...{ connection, log, rowsPerSecond: ROWS_PER_SECOND, lanes: SESSIONS, firstNumber: last + 1 },
    acknowledge: (entry) => void writeSync(ledger, ledgerLine(entry)),
  });
  process.on("SIGTERM", () => writer.stop());
  await writer.run();
  closeSync(ledger);
  await connection.end();
  log("ended");
}

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set.`);
  return value;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
