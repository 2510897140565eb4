import type { Check } from "./check";

const needs = "target-connection";
const seconds = 10;

/** The target's server: its settings, what it may take, and how the application reaches it. */
export const targetServerChecks: readonly Check[] = [
  {
    id: "target-data-directory",
    meaning: "The cluster that answers is the one on the data volume, with its WAL.",
    remedy: "Stop the other cluster, and start the target's own.",
    seconds,
    needs,
  },
  {
    id: "target-checksums",
    meaning: "Data checksums are on: without them a damaged page of the volume is read as if it were whole.",
    remedy: "Stop PostgreSQL on the target, run pg_checksums --enable on its data directory, and start it.",
    seconds,
    needs,
  },
  {
    id: "target-configuration",
    meaning: "The configuration's files have no error, and what they say is in force.",
    remedy: "Correct the files, and reload or restart PostgreSQL on the target.",
    seconds,
    needs,
  },
  {
    id: "target-durability",
    meaning: "No setting is on with which a crash loses rows; activate refuses to open the target with one.",
    remedy: "Take these settings back (ALTER SYSTEM RESET, or the file in conf.d), and restart PostgreSQL.",
    seconds,
    needs,
  },
  {
    id: "target-memory",
    meaning: "The instance has its type's memory, and PostgreSQL's settings fit into it.",
    remedy:
      "Lower shared_buffers, work_mem, maintenance_work_mem or restore.jobs, or take a larger instance type.",
    seconds,
    needs,
  },
  {
    id: "target-preload",
    meaning: "TimescaleDB is loaded in the running server, and will be after a restart.",
    remedy: "Set shared_preload_libraries = 'timescaledb' on the target, and restart PostgreSQL.",
    seconds,
    needs,
  },
  {
    id: "target-replication-slots",
    meaning: "No replication slot that nobody reads keeps WAL on the data volume while the restore writes.",
    remedy: "Drop those that are not needed: SELECT pg_drop_replication_slot with the name.",
    seconds,
    needs,
  },
  {
    id: "target-other-databases",
    meaning: "The target's cluster holds nothing but the database that moves: room and backups are shared.",
    remedy: "Drop what is not needed there, or count it into the volume and the backups.",
    seconds,
    needs,
  },
  {
    id: "target-units",
    meaning: "No earlier run left a unit at work, a session or a dump on the target.",
    remedy:
      "When their runs have ended: systemctl stop the units, pg_terminate_backend the sessions, remove the dumps.",
    seconds: 20,
    needs,
  },
  {
    id: "target-existing-database",
    meaning:
      "A database of the name that moves is not on the target, or may be replaced: a run made it, and nobody uses it.",
    remedy: "Drop or rename it; or, if it may be lost, say --replace and its name.",
    seconds: 25,
    needs,
  },
  {
    id: "target-listen",
    meaning: "The server takes connections at target.network.privateAddress and target.port.",
    remedy: "Set listen_addresses = '*' and the port on the target, and restart PostgreSQL.",
    seconds,
    needs,
  },
  {
    id: "target-tls",
    meaning: "The server's certificate is in force, and for the name that the application will use.",
    remedy:
      "Renew it: put a new one in place of ssl_cert_file and ssl_key_file, reload PostgreSQL, and give it to the clients that pin it.",
    seconds,
    needs: "target-listen",
  },
];
