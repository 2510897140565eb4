import type { Host } from "../../lib/lab/host";
import type { RehearsalLab } from "../../lib/lab/rehearsal/rehearsal-lab";
import { bash, sql } from "./on-host";

/** Tables with rows of their own. To read one by COPY plans nothing, and so runs no code of its owner's. */
const TABLES = `
  SELECT c.oid::regclass FROM pg_class AS c
  WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND c.relnamespace::regnamespace::text !~ '^(pg_|information_schema$)'
  ORDER BY 1`;
/** TimescaleDB's notes of this very server: when its jobs ran, and what it calls itself. */
const OF_THE_SERVER =
  /^_timescaledb_(internal\.bgw_job_stat(_history)?|internal\.bgw_policy_.*|catalog\.metadata)$/;
/**
 * Compares the two sides' databases with nothing of the runbook's own: the lines of `pg_dump --schema-only`, sorted, and a
 * checksum of each table's rows by COPY. Gives what one side has and the other has not, a line each, with its side.
 * @param passedOver tables whose rows somebody has changed on one side since
 * @param schemaPassedOver where somebody has made and dropped tables on one side since
 */
export async function independentLook(
  { lab }: RehearsalLab,
  database: string,
  passedOver?: RegExp,
  schemaPassedOver?: string,
): Promise<string[]> {
  const sides = ["source", "target"] as const;
  const [source = [], target = []] = await Promise.all(
    sides.map(async (side) => [
      ...(await schemaOf(lab.hosts[side], database, schemaPassedOver)),
      ...(await rowsOf(lab.hosts[side], database, passedOver)),
    ]),
  );
  return [...lacking(source, target, "source"), ...lacking(target, source, "target")];
}

async function schemaOf(host: Host, database: string, passedOver?: string): Promise<string[]> {
  const without = passedOver === undefined ? "" : `--exclude-schema=${passedOver}`;
  const dumped = await bash(
    host,
    `runuser -u postgres -- pg_dump --schema-only ${without} --dbname=${database} 2>/dev/null |
      grep -vE '^(--|SET |SELECT pg_catalog|.(un)?restrict |$)' | LC_ALL=C sort`,
  );
  return dumped.split("\n");
}

async function rowsOf(host: Host, database: string, passedOver?: RegExp): Promise<string[]> {
  const tables = (await sql(host, database, TABLES))
    .split("\n")
    .filter((table) => !OF_THE_SERVER.test(table) && passedOver?.test(table) !== true);
  // COPY writes no line that begins so.
  const copies = tables.map(
    (table) => `\\echo '\\\\=' '${table.replaceAll("'", "''")}'\nCOPY ${table} TO STDOUT;\n`,
  );
  const sums = await bash(
    host,
    `runuser -u postgres -- psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --dbname=${database} --file=- |
      perl -MDigest::MD5=md5_hex -ne '
        sub show { print "$name ", scalar(@rows), " rows ", md5_hex(join " ", sort @rows), "\\n" if defined $name }
        if (/^\\\\= (.*)/) { show(); $name = $1; @rows = () } else { push @rows, md5_hex($_) }
        END { show() }'`,
    copies.join(""),
  );
  return sums.split("\n");
}

function lacking(lines: readonly string[], others: readonly string[], side: string): string[] {
  const there = new Set(others);
  return lines.filter((line) => !there.has(line)).map((line) => `${side}: ${line}`);
}
