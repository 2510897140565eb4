import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { environments } from "../../../bin/environments";
import { relayBucketName } from "../../../lib/config/derived";
import type { Environment } from "../../../lib/config/environment";
import type { RehearsalSettings } from "../../../lib/lab/rehearsal/lab-environment";
import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";
import { seedSample } from "../../../lib/lab/seed/seed";
import { synthesizeRunbook } from "../../../lib/runbook/synthesize";
import { bash, sql, until } from "../on-host";
import { runStep, type StepResult } from "./run-step";
import { prepared, startRehearsalLab } from "../start-rehearsal-lab";

/** Seconds that work in flight gets before somebody is asked. */
const inFlightSeconds = 1;
/** Seconds that the question about it stands: as long as a test needs to answer it. */
const askSeconds = 3600;

/** What reopen says where nothing is fenced. */
export const notFenced = { status: "succeeded", wasFenced: false } as const;

const managed: RehearsalSettings = { database: "tracker", ownership: "preserve", source: "managed" };

/** One host with the sample on its server, and the steps that fence it. */
export class FenceLab {
  #run = 0;
  #askSeconds = askSeconds;

  private constructor(readonly rehearsal: RehearsalLab) {}

  static async start(): Promise<FenceLab> {
    const rehearsal = await startRehearsalLab({
      synthesize: (environment) => synthesizeRunbook(hurried(environment, lab.#askSeconds)),
      started: ["source"],
    });
    const lab = new FenceLab(rehearsal);
    return prepared(rehearsal, async () => {
      await rehearsal.deploy(managed);
      await lab.prepareServer();
      await seedSample(lab.source, { database: "tracker", sizeMb: 25 });
      return lab;
    });
  }

  get source() {
    return this.rehearsal.lab.hosts.source;
  }

  /** The id of a run that no test has used. */
  newRun(): string {
    this.#run += 1;
    return `r20261206-010000-${String(this.#run).padStart(4, "0")}`;
  }

  /** Runs a step on the source's host. */
  step(name: string, RunId: string, parameters: Record<string, string> = {}): Promise<StepResult> {
    return runStep(this.rehearsal, "source", name, { RunId, ...parameters });
  }

  /** Waits until something is so while a step runs; a step that ends before says what it ended with. */
  async during(step: Promise<StepResult>, what: string, isSo: () => Promise<boolean>): Promise<void> {
    let ended: StepResult | undefined;
    void step.then((result) => (ended = result));
    await until(what, async () => {
      if (await isSo()) return true;
      if (ended !== undefined) throw new Error(`No ${what}: ${JSON.stringify(ended)}`);
      return false;
    });
  }

  /** As a superuser who means it: behind a fence a session only reads unless it says otherwise. */
  sql(statements: string, database = "tracker"): Promise<string> {
    return sql(this.source, database, `SET default_transaction_read_only = off;\n${statements}`);
  }

  bash(script: string, input = ""): Promise<string> {
    return bash(this.source, script, input);
  }

  /** Ends the server in order, or by a crash, does something to its data directory, and starts it again. */
  async restartServer(mode: "fast" | "immediate" = "fast", meanwhile = "true"): Promise<void> {
    const { major } = this.rehearsal.lab.postgresql;
    const data = `/var/lib/postgresql/${major}/main`;
    // Debian's pg_ctlcluster would have systemd stop it, in order.
    const stop = `runuser -u postgres -- /usr/lib/postgresql/${major}/bin/pg_ctl stop --pgdata=${data} --mode=${mode}`;
    await this.bash(`cd ${data}; ${stop} >/dev/null; ${meanwhile}`);
    await this.startServer();
  }

  async startServer(): Promise<void> {
    await this.bash(`systemctl restart postgresql@${this.rehearsal.lab.postgresql.major}-main`);
    await until("server", async () => (await this.source.run(["pg_isready", "--quiet"])).code === 0);
  }

  /** Runs steps whose question about work in flight stands so many seconds. */
  async asking<Result>(seconds: number, steps: () => Promise<Result>): Promise<Result> {
    await this.deployAsking(seconds);
    try {
      return await steps();
    } finally {
      await this.deployAsking(askSeconds);
    }
  }

  /** Runs steps as of a source that is reached over the network, by a role that is no superuser. */
  async asTracker<Result>(steps: () => Promise<Result>): Promise<Result> {
    await this.rehearsal.setSourcePassword("lab password of tracker");
    await this.rehearsal.deploy({ ...managed, source: "network" });
    try {
      return await steps();
    } finally {
      await this.rehearsal.deploy(managed);
    }
  }

  /** All that a fence changes, of all databases: their rows and settings, the jobs. */
  state(): Promise<string> {
    return this.sql(`
      SELECT datname, datdba, datconnlimit, datallowconn, datacl FROM pg_database ORDER BY oid;
      SELECT setdatabase, setrole, setconfig FROM pg_db_role_setting ORDER BY 1, 2;
      SELECT j FROM _timescaledb_config.bgw_job AS j ORDER BY id`);
  }

  /** What the fence leaves among the database's settings; "" where there is no fence. */
  marker(): Promise<string> {
    const marker = `
      SELECT substr(setting, length('timescale_cutover.fence=') + 1)
      FROM pg_db_role_setting, unnest(setconfig) AS setting WHERE setting LIKE 'timescale\\_cutover.fence=%'`;
    // From another database: a superuser's session in the one that is fenced is an obstacle to the fence.
    return this.sql(marker, "postgres");
  }

  /** What a role hears when it connects over the network; "" when it is let in. */
  async refusal(role = "tracker", database = "tracker"): Promise<string> {
    const connection = `host=${this.source.address} user=${role} sslmode=require dbname=${database}`;
    const env = { PGPASSWORD: `lab password of ${role}` };
    const { code, stderr } = await this.source.run(["psql", "--command=SELECT 1", connection], { env });
    return code === 0 ? "" : stderr;
  }

  /** An object of a run in the relay bucket, when it is there. */
  async relayed(runId: string, name: string): Promise<unknown> {
    const s3 = new S3Client({
      endpoint: this.rehearsal.operatorEnvironment()["AWS_ENDPOINT_URL"] ?? "",
      region: environments.prod.aws.region,
      credentials: { accessKeyId: "LABTEST", secretAccessKey: "not-a-secret" },
      forcePathStyle: true,
    });
    const Key = `runs/${runId}/source/${name}.json`;
    try {
      const { Body } = await s3.send(
        new GetObjectCommand({ Bucket: relayBucketName(environments.prod), Key }),
      );
      return JSON.parse((await Body?.transformToString()) ?? "null") as unknown;
    } catch (error) {
      if (error instanceof Error && error.name === "NoSuchKey") return undefined;
      throw error;
    }
  }

  /** Whether the TimescaleDB is the Community edition, which has jobs. */
  async isCommunity(): Promise<boolean> {
    return (await this.sql("SHOW timescaledb.license")) === "timescale";
  }

  stop(): Promise<void> {
    return this.rehearsal.stop();
  }

  private async deployAsking(seconds: number): Promise<void> {
    this.#askSeconds = seconds;
    await this.rehearsal.deploy(managed);
  }

  /** What prepared transactions and logical slots need. */
  private async prepareServer(): Promise<void> {
    await this.sql("ALTER SYSTEM SET wal_level = logical", "postgres");
    await this.sql("ALTER SYSTEM SET max_prepared_transactions = 4", "postgres");
    await this.restartServer();
  }
}

function hurried(environment: Environment, askSeconds: number): Environment {
  const { source } = environment;
  return {
    ...environment,
    source: source.kind === "network" ? { ...source, user: "tracker" } : source,
    cutover: { ...environment.cutover, inFlight: "ask", inFlightSeconds, askSeconds },
  };
}
