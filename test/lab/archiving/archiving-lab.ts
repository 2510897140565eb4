import { join } from "node:path";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import type { Environment } from "../../../lib/config/environment";
import { labCredentials } from "../../../lib/lab/rehearsal/aws-contents";
import { runOperatorForJson } from "../../../lib/lab/rehearsal/cutover-process";
import { letTargetIn } from "../../../lib/lab/rehearsal/let-into-repository";
import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";
import { seedSample } from "../../../lib/lab/seed/seed";
import { synthesizeHost } from "../../../lib/host/synthesize";
import { Relay } from "../../../lib/runbook/relay";
import { fullBackup } from "../../../lib/runbook/steps/full-backup";
import { prepareStanza } from "../../../lib/runbook/steps/prepare-stanza";
import { startArchiving } from "../../../lib/runbook/steps/start-archiving";
import { stopArchiving } from "../../../lib/runbook/steps/stop-archiving";
import { runStep, type StepResult } from "../cutover/run-step";
import { bash, sql } from "../on-host";
import { prepared, startRehearsalLab } from "../start-rehearsal-lab";

const cutover = join(__dirname, "../../../bin/lab-cutover.ts");

type Changes = (environment: Environment) => Environment;

/** A target and the two repositories of its stanza, and the steps that archive and back up. */
export class ArchivingLab {
  #changes: Changes = (environment) => environment;
  #runs = 0;

  private constructor(readonly rehearsal: RehearsalLab) {}

  static async start(): Promise<ArchivingLab> {
    let lab: ArchivingLab | undefined;
    const changed = (environment: Environment) =>
      lab === undefined ? environment : lab.#changes(environment);
    const rehearsal = await startRehearsalLab({
      // Both of them are called when the lab is there; the host boots as the unchanged environment has it.
      synthesize: (environment) => stepsOnly(changed(environment)),
      synthesizeHost: (environment) => synthesizeHost(changed(environment)),
      started: ["target", "repository"],
      targetVolumeMb: 8192,
    });
    const made = (lab = new ArchivingLab(rehearsal));
    return prepared(rehearsal, async () => {
      await made.deploy();
      await letTargetIn(rehearsal);
      return made;
    });
  }

  /** Deploys the steps anew, for an environment with these changes. */
  async deploy(changes: Changes = (environment) => environment): Promise<void> {
    this.#changes = changes;
    await this.rehearsal.deploy({ database: "tracker", ownership: "preserve", source: "managed" });
  }

  /** Runs one command line of the operator, whose results are JSON. */
  async operate(...argv: string[]): Promise<{ exitCode: number; json: unknown }> {
    const environment = this.rehearsal.operatorEnvironment();
    return runOperatorForJson(
      { cutover, environment },
      [...argv, "--env", this.rehearsal.environment.name],
      "unseen",
    );
  }

  /** The target's time, to the microsecond. */
  now(): Promise<string> {
    return this.sql(`SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`);
  }

  /** Runs a step on the target, as of a run of its own. */
  step(name: string, parameters: Readonly<Record<string, string>> = {}): Promise<StepResult> {
    const RunId = `r20261121-000000-${String(++this.#runs).padStart(4, "0")}`;
    return runStep(this.rehearsal, "target", name, { RunId, ...parameters });
  }

  /** Gives the target a database with the sample and an empty table `written`, archives it and backs it up. */
  async archiveSample(): Promise<void> {
    await seedSample(this.rehearsal.lab.hosts.target, { database: "tracker", sizeMb: 25 });
    await this.sql("CREATE TABLE public.written (id int)", "tracker");
    for (const step of ["prepare-stanza", "start-archiving", "full-backup"]) {
      const { status, message } = await this.step(step);
      if (status !== "succeeded") throw new Error(`${step} failed: ${String(message)}`);
    }
  }

  bash(script: string, host: "target" | "repository" = "target"): Promise<string> {
    return bash(this.rehearsal.lab.hosts[host], script);
  }

  sql(statements: string, database = "postgres"): Promise<string> {
    return sql(this.rehearsal.lab.hosts.target, database, statements);
  }

  /** pgBackRest on the target, as postgres. */
  pgbackrest(command: string): Promise<string> {
    return this.bash(
      `runuser -u postgres -- pgbackrest --log-level-console=error --stanza=${this.stanza} ${command}`,
    );
  }

  get stanza(): string {
    return this.rehearsal.environment.repository.pgbackrest.stanza;
  }

  /** How many files of each repository have a segment's name: looked for beside pgBackRest, where it keeps them. */
  async copiesOf(segment: string): Promise<{ repo3: number; repo2: number }> {
    const { repo3, repo2 } = this.rehearsal.environment.repository.pgbackrest;
    const onHost = await this.bash(
      // A volume without room leaves what was begun.
      `find ${repo3.path}/archive/${this.stanza} -name '${segment}-*' ! -name '*.pgbackrest.tmp' | wc -l`,
      "repository",
    );
    const { url, region } = this.rehearsal.aws;
    const s3 = new S3Client({ endpoint: url, region, credentials: labCredentials, forcePathStyle: true });
    const Prefix = `${repo2.path.slice(1)}/archive/${this.stanza}/`;
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: repo2.bucket, Prefix }));
    const inBucket = Contents.filter(({ Key }) => Key?.includes(`/${segment}-`));
    return { repo3: Number(onHost), repo2: inBucket.length };
  }

  stop(): Promise<void> {
    return this.rehearsal.stop();
  }
}

/** The documents under test alone: to synthesize the whole runbook takes seconds. */
function stepsOnly(environment: Environment) {
  const stack = new Stack(new App(), "archiving", { env: environment.aws });
  new Relay(stack, "Relay", environment);
  prepareStanza(stack, environment);
  stopArchiving(stack, environment);
  startArchiving(stack, environment);
  fullBackup(stack, environment);
  return Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string }> };
}
