import { ListBucketsCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import {
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import type { Host } from "../../../lib/lab/host";
import { labCredentials } from "../../../lib/lab/rehearsal/aws-contents";
import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";
import { bash, sql, until } from "../on-host";

/** What could have been changed, as lines by what they are of. */
export type Traces = Readonly<Record<string, readonly string[]>>;

/** Everything that a preflight could have left or changed in the lab. */
export async function traces({ lab, environment, aws }: RehearsalLab): Promise<Traces> {
  const { source, target, repository } = lab.hosts;
  const { path } = environment.repository.pgbackrest.repo3;
  return {
    "rows and catalogs of the source": await rows(source),
    "rows and catalogs of the target": await rows(target),
    "settings of the source": await settings(source),
    "settings of the target": await settings(target),
    "files of the source": await files(source),
    "files of the target": await files(target),
    "files of the repository": lines(
      await bash(repository, `find ${path} ~postgres/.ssh -printf '%y %p %m %s %T@\\n' | sort`),
    ),
    "objects in S3": await objects(aws),
    "versions of secrets": await secretVersions(aws),
  };
}

/**
 * Each row of each table of each database, the catalog's among them, with the transaction that wrote it. Not with the one
 * that locked it: TimescaleDB locks a dimension slice for whoever reads a hypertable by ONLY, as this does.
 */
async function rows(host: Host): Promise<string[]> {
  const databases = await sql(
    host,
    "postgres",
    "SELECT datname FROM pg_database WHERE datallowconn ORDER BY 1",
  );
  const all = [];
  for (const database of lines(databases)) {
    const digests = await sql(
      host,
      database,
      `SELECT format('SELECT %L, count(*), md5(string_agg(md5(ROW("the row".*)::text) || ctid || xmin, '','' ORDER BY ctid)) FROM ONLY %s AS "the row"',
         oid::regclass, oid::regclass)
       FROM pg_class WHERE relkind IN ('r', 'm', 'S') AND relpersistence = 'p' ORDER BY oid \\gexec`,
    );
    all.push(...lines(digests).map((line) => `${database} ${line}`));
  }
  return all;
}

async function settings(host: Host): Promise<string[]> {
  return lines(
    await sql(host, "postgres", "SELECT name, setting, sourcefile FROM pg_settings ORDER BY name"),
  );
}

/** Configuration, keys, the spool, and what the runbook keeps beside its runs' folders. */
async function files(host: Host): Promise<string[]> {
  return lines(
    await bash(
      host,
      `shopt -s nullglob
       find /etc/postgresql /etc/pgbackrest* /var/spool/pgbackrest ~postgres/.ssh ~postgres/*/main/*.conf \\
         -type f -printf '%p %m %s %T@\\n' | sort
       find /var/lib/timescale-cutover -maxdepth 1 -type f -printf '%p %m %s %T@\\n' | sort`,
    ),
  );
}

async function objects(aws: RehearsalLab["aws"]): Promise<string[]> {
  const s3 = new S3Client({
    endpoint: aws.url,
    region: aws.region,
    credentials: labCredentials,
    forcePathStyle: true,
  });
  const { Buckets: buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const all = [];
  for (const { Name: Bucket = "" } of buckets) {
    const { Contents: contents = [], IsTruncated } = await s3.send(new ListObjectsV2Command({ Bucket }));
    if (IsTruncated) throw new Error(`${Bucket} has more objects than one page shows.`);
    all.push(
      ...contents.map(
        ({ Key, ETag, LastModified }) => `${Bucket}/${Key} ${ETag} ${LastModified?.toISOString()}`,
      ),
    );
  }
  return all;
}

async function secretVersions(aws: RehearsalLab["aws"]): Promise<string[]> {
  const secrets = new SecretsManagerClient({
    endpoint: aws.url,
    region: aws.region,
    credentials: labCredentials,
  });
  const { SecretList: list = [] } = await secrets.send(new ListSecretsCommand({}));
  const all = [];
  for (const { Name: SecretId = "" } of list) {
    const { Versions: versions = [] } = await secrets.send(
      new ListSecretVersionIdsCommand({ SecretId, IncludeDeprecated: true }),
    );
    all.push(
      ...versions.map(
        ({ VersionId, VersionStages = [] }) => `${SecretId} ${VersionId} ${VersionStages.join(" ")}`,
      ),
    );
  }
  return all.sort();
}

/** Ends what writes by itself, and leaves nothing to be hinted, pruned or frozen by whoever reads next. */
export async function quiesce(host: Host): Promise<void> {
  await sql(host, "postgres", "ALTER SYSTEM SET autovacuum = off");
  await sql(host, "postgres", "SELECT pg_reload_conf()");
  const databases = await sql(
    host,
    "postgres",
    "SELECT datname FROM pg_database WHERE datallowconn ORDER BY 1",
  );
  for (const database of lines(databases)) {
    const stop = `SELECT format('SELECT %s.stop_background_workers()', pronamespace::regnamespace)
      FROM pg_proc WHERE proname = 'stop_background_workers' LIMIT 1 \\gexec`;
    await sql(host, database, stop);
    await sql(host, database, "VACUUM (FREEZE, ANALYZE)");
  }
  await sql(host, "postgres", "CHECKPOINT");
}

/** Where the next WAL record goes, once all before it is on disk. */
export async function insertPosition(host: Host): Promise<string> {
  await until("flushed WAL", async () => {
    const flushed = "SELECT pg_current_wal_flush_lsn() = pg_current_wal_insert_lsn()";
    return (await sql(host, "postgres", flushed)) === "t";
  });
  return sql(host, "postgres", "SELECT pg_current_wal_insert_lsn()");
}

// What the server writes by itself, whoever reads or does not.
const ownRecords = /^rmgr: (XLOG .*desc: CHECKPOINT_(ONLINE|REDO)|Standby .*desc: RUNNING_XACTS) /;

/** The WAL records between two positions but for checkpoints and the list of running transactions. */
export async function recordsBetween(host: Host, start: string, end: string): Promise<string[]> {
  if (start === end) return [];
  const dumped = await bash(
    host,
    `cd "$(runuser -u postgres -- psql -Atc 'SHOW data_directory')"
     runuser -u postgres -- /usr/lib/postgresql/*/bin/pg_waldump --path=pg_wal --start=${start} --end=${end}`,
  );
  return lines(dumped).filter((line) => !ownRecords.test(line));
}

function lines(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}
