import { majorVersion, dataDirectory, memoryGiBOf } from "../../config/derived";
import type { Environment } from "../../config/environment";

const MIB_PER_GIB = 1024;

/**
 * postgresql.conf of the target, whole. Its memory follows PostgreSQL's own advice for a server of its own (a quarter
 * for shared buffers) and timescaledb-tune's ratios; archiving stays off until the cutover's activation.
 */
export function postgresqlConf(environment: Environment): string {
  const major = majorVersion(environment.versions.postgresql);
  const { target, versions } = environment;
  const configuration = `/etc/postgresql/${major}/main`;
  return render({
    data_directory: dataDirectory(versions, target),
    hba_file: `${configuration}/pg_hba.conf`,
    ident_file: `${configuration}/pg_ident.conf`,
    external_pid_file: `/var/run/postgresql/${major}-main.pid`,
    cluster_name: `${major}/main`,
    // All addresses: the network interface may come up after the server, and the security group says who gets here.
    listen_addresses: "*",
    port: target.port,
    unix_socket_directories: "/var/run/postgresql",
    max_connections: target.maxConnections,
    password_encryption: "scram-sha-256",
    ssl: "on",
    ssl_min_protocol_version: "TLSv1.2",
    ssl_cert_file: `${target.dataMount}/tls/server.crt`,
    ssl_key_file: `${target.dataMount}/tls/server.key`,
    shared_preload_libraries: "timescaledb",
    "timescaledb.telemetry_level": "off",
    ...memory(memoryGiBOf(environment), target.maxConnections),
    ...workers,
    ...disk,
    wal_level: "replica",
    archive_mode: "off",
    log_timezone: "Etc/UTC",
    timezone: "Etc/UTC",
    log_line_prefix: "%m [%p] %q%u@%d %a ",
    log_lock_waits: "on",
    log_temp_files: "64MB",
    lc_messages: "C.UTF-8",
  });
}

/** t3.medium's 4 GiB: shared_buffers 1024 MB, effective_cache_size 2867 MB, work_mem 10 MB, maintenance_work_mem 256 MB. */
function memory(gib: number, maxConnections: number): Record<string, string> {
  const all = gib * MIB_PER_GIB;
  const megabytes = (mib: number, least: number) => `${Math.max(least, Math.floor(mib))}MB`;
  return {
    shared_buffers: megabytes(all / 4, 128),
    effective_cache_size: megabytes(all * 0.7, 256),
    // A quarter of the memory if every connection sorts once.
    work_mem: megabytes(all / 4 / maxConnections, 4),
    // For each of three autovacuum workers, and for CREATE INDEX in a restore's jobs.
    maintenance_work_mem: megabytes(Math.min(all / 16, 2048), 64),
  };
}

/** TimescaleDB asks for its launcher, a scheduler for each database and its jobs, beside PostgreSQL's own parallel ones. */
const workers = {
  "timescaledb.max_background_workers": "16",
  max_worker_processes: "27",
  // A query on a hypertable locks each of its chunks.
  max_locks_per_transaction: "512",
};

/** gp3 is solid state; the WAL between checkpoints is what the data volume was sized with (lib/config/storage.ts). */
const disk = {
  random_page_cost: "1.1",
  effective_io_concurrency: "200",
  min_wal_size: "512MB",
  max_wal_size: "4GB",
  wal_compression: "on",
};

function render(settings: Record<string, string | number>): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'`);
  return [
    "# Written once by the boot of timescale-cutover. Your own settings go into conf.d/*.conf: they win, and stay.",
    ...lines,
    "include_dir = 'conf.d'",
    "",
  ].join("\n");
}
