import type { Environment } from "../config/environment";
import type { Check } from "./check";

const connected = { seconds: 10, needs: "source-connection" } as const;

function isManaged({ source }: Environment): boolean {
  return source.kind === "managed";
}

/** The source's server: how it is reached, what it is, who uses it; and the host that dumps it. */
export const sourceServerChecks: readonly Check[] = [
  {
    id: "source-connection",
    meaning:
      "The dump host reaches the source's database with the environment's host, port, user, password and TLS.",
    remedy: "Try the same with psql on the dump host.",
    seconds: 30,
  },
  {
    id: "source-client-version",
    meaning:
      "The dump host has the tools that the run calls, and pg_dump is of the server's major version and without CVE-2025-8715.",
    remedy: "Install them there: PostgreSQL's client of the server's major version, the AWS CLI.",
    seconds: 5,
  },
  {
    id: "source-clock",
    meaning:
      "The dump host's clock agrees with AWS's: AWS refuses what is signed minutes early or late. Where the target is the dump host, target-clock says it.",
    remedy: "Let chrony or systemd-timesyncd keep this host's time.",
    seconds: 10,
    applies: isManaged,
  },
  {
    id: "source-relay",
    meaning:
      "The dump host reaches the relay bucket. Whether it may put the dump there cannot be tried without writing: check-aws asks IAM.",
    remedy: "Deploy the runbook stack; look at source.roleArn and at the dump host's way to S3.",
    seconds: 20,
    applies: isManaged,
  },
  {
    id: "source-superuser",
    meaning:
      "The user that connects to the source is a superuser: the fence holds all others out, and nobody else can see and read everything.",
    remedy: "Name a superuser; a source that gives none (RDS, say) can be rehearsed and cannot be fenced.",
    ...connected,
  },
  {
    id: "source-superuser-sessions",
    meaning:
      "No superuser works in the database: a fence does not hold superusers out, and refuses while they are there.",
    remedy: "Close these sessions before the window; a background worker: take it out of this database.",
    ...connected,
  },
  {
    id: "source-application-role",
    meaning:
      "The application's role (application.roleName) is there, logs in, and is no superuser: else the fence refuses.",
    remedy: "Correct application.roleName; or ALTER ROLE ... NOSUPERUSER, and let the application reconnect.",
    ...connected,
  },
  {
    id: "source-primary",
    meaning:
      "The source is no standby. Under Patroni it is the leader, and Patroni is paused: a failover in the window stops the run.",
    remedy: "Pause Patroni for the window: patronictl pause, and patronictl resume after it.",
    seconds: 20,
    needs: "source-connection",
  },
  {
    id: "source-versions",
    meaning:
      "The source's PostgreSQL, TimescaleDB and PostGIS have the environment's versions, with which the target is made.",
    remedy: "Set versions to what the source has, or name the right source.",
    ...connected,
  },
  {
    id: "source-timescaledb-edition",
    meaning:
      "TimescaleDB is loaded, its edition is known, and its functions call the library of the extension's version.",
    remedy:
      "Finish the update of the extension: ALTER EXTENSION timescaledb UPDATE, in a session of its own.",
    ...connected,
  },
  {
    id: "source-restoring",
    meaning: "timescaledb.restoring is off: while it is on, queries and digests leave out compressed rows.",
    remedy: "Run timescaledb_post_restore() in the source's database.",
    ...connected,
  },
  {
    id: "source-waiting-locks",
    meaning: "Nobody in the database waits for a lock: the dump's own locks would wait there as well.",
    remedy: "Find out what the blocking session does, and let it finish before the window.",
    ...connected,
  },
  {
    id: "source-long-transactions",
    meaning:
      "No transaction is older than cutover.inFlightSeconds: the fence waits that long before it asks, or ends what is left.",
    remedy:
      "See that they are done by the window, or set cutover.inFlightSeconds and cutover.inFlight by them.",
    ...connected,
  },
  {
    id: "source-connections",
    meaning:
      "The source has connections to spare for the run, and the target's limit is enough for the sessions of today.",
    remedy:
      "Close sessions or raise max_connections; raise target.maxConnections where that is what is short.",
    ...connected,
  },
  {
    id: "source-database-size",
    meaning:
      "How large the database is, its largest hypertables, and a relation that would bound dump and restore.",
    remedy: "More jobs do not help: expect the time that the rehearsal took.",
    seconds: 20,
    needs: "source-connection",
  },
  {
    id: "source-dump-room",
    meaning: "The dump directory on the dump host has room for the largest dump that there can be.",
    remedy: "Make room there, or name a roomier directory (source.dumpDirectory, target.dumpDirectory).",
    seconds: 25,
    needs: "source-connection",
  },
  {
    id: "source-encoding",
    meaning: "The database has an encoding, and is not SQL_ASCII, in which text of any encoding may stand.",
    remedy: "Rehearse: the target's database gets the same encoding. To convert text is a move of its own.",
    ...connected,
  },
  {
    id: "source-locale",
    meaning: "The database's locale is one of target.locales, with which the target's database is made.",
    remedy: "Add it to target.locales, and let the target's boot run again.",
    ...connected,
  },
  {
    id: "source-collation-version",
    meaning:
      "What sorts text is of the version that the database recorded: after a change indexes may be wrong, and let in doubles.",
    remedy:
      "REINDEX what sorts by it, then ALTER DATABASE ... REFRESH COLLATION VERSION and ALTER COLLATION ... REFRESH VERSION.",
    ...connected,
  },
  {
    id: "source-extensions",
    meaning:
      "Every extension comes with the target's packages, and in the version that a restore makes: its default.",
    remedy: "Install its package on the target, or ALTER EXTENSION ... UPDATE at the source; then rehearse.",
    ...connected,
  },
  {
    id: "source-tablespaces",
    meaning: "Nothing of the database lies in a tablespace of its own: the restore leaves tablespaces out.",
    remedy: "Move it to pg_default, or see that the target's data volume is fast and large enough for it.",
    ...connected,
  },
  {
    id: "source-replication-slots",
    meaning:
      "No logical slot reads from the database: its reader's place would be lost, and the fence refuses. Standbys of the source do not follow.",
    remedy: "Let each reader take what it needs, then drop its slot: pg_drop_replication_slot.",
    ...connected,
  },
  {
    id: "source-publications",
    meaning: "The database publishes to nobody: subscribers do not follow to the target.",
    remedy: "Plan each subscriber's move to the target, or drop the publication.",
    ...connected,
  },
  {
    id: "source-subscriptions",
    meaning:
      "No subscription writes into the database: it would go on through the fence, move with its password, and keep the target's database from being dropped.",
    remedy: "DROP SUBSCRIPTION each of them before the window; make it anew at the target.",
    ...connected,
  },
];
