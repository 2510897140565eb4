import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { relayBucketName } from "../../../lib/config/derived";
import type { Environment } from "../../../lib/config/environment";
import { labCredentials, putSecret } from "../../../lib/lab/rehearsal/aws-contents";
import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";
import { Relay } from "../../../lib/runbook/relay";
import { sourceIdentity } from "../../../lib/runbook/source-identity";
import { checkPlan } from "../../../lib/runbook/steps/check-plan";
import { gate } from "../../../lib/runbook/steps/gate";
import { inspectRollback } from "../../../lib/runbook/steps/inspect-rollback";
import { record } from "../../../lib/runbook/steps/record";
import { bash } from "../on-host";
import { runStep, type StepResult } from "./run-step";
import { prepared, startRehearsalLab } from "../start-rehearsal-lab";

export type Window = Environment["maintenanceWindow"];
type Changes = (environment: Environment) => Environment;

const stateRoot = "/var/lib/timescale-cutover";
const kept = "/var/lib/postgresql/timescale-cutover";
const gibibyte = 1024 ** 3;

/** A target, the application's secret, and the steps that read and write the records of runs. */
export class GateLab {
  #window: Window = { hours: 4 };
  #changes: Changes = (environment) => environment;

  readonly #s3: S3Client;
  readonly #secrets: SecretsManagerClient;

  private constructor(readonly rehearsal: RehearsalLab) {
    const { url, region } = rehearsal.aws;
    const client = { endpoint: url, region, credentials: labCredentials };
    this.#s3 = new S3Client({ ...client, forcePathStyle: true });
    this.#secrets = new SecretsManagerClient(client);
  }

  static async start(): Promise<GateLab> {
    const changed = (environment: Environment): Environment =>
      lab.#changes({ ...environment, maintenanceWindow: lab.#window });
    const rehearsal = await startRehearsalLab({
      synthesize: (environment) => stepsOnly(changed(environment)),
      started: ["target"],
    });
    const lab = new GateLab(rehearsal);
    return prepared(rehearsal, async () => {
      await lab.deploy({ hours: 4 });
      return lab;
    });
  }

  /** Deploys the steps anew, with this maintenance window, for the lab's environment with changes. */
  async deploy(window: Window, changes: Changes = (environment) => environment): Promise<void> {
    this.#window = window;
    this.#changes = changes;
    await this.rehearsal.deploy({ database: "tracker", ownership: "preserve", source: "managed" });
  }

  /** Runs a step on the target. */
  step(name: string, RunId: string, parameters: Record<string, string> = {}): Promise<StepResult> {
    return runStep(this.rehearsal, "target", name, { RunId, ...parameters });
  }

  /** Runs the gate for a database of this size today; it was rehearsed with one GiB. */
  async gate(allow = "", databaseGib = 1): Promise<StepResult> {
    const run = "r20261206-010000-gate";
    await this.write(`${run}/inspect-source.json`, { databaseBytes: databaseGib * gibibyte });
    await this.bash(`rm -f ${stateRoot}/${run}/window-began`);
    return this.step("gate", run, { Allow: allow });
  }

  /** Lets the secret name one of the two databases. */
  async point(side: "source" | "target", version?: string): Promise<void> {
    const { application, target } = this.rehearsal.environment;
    const host = side === "source" ? application.sourceHost : target.network.privateAddress;
    const value = {
      host,
      port: 5432,
      dbname: "tracker",
      username: "tracker",
      password: "a password of the lab",
    };
    await putSecret(this.rehearsal.aws, application.secretName, JSON.stringify(value));
    if (version === undefined) return;
    await this.#secrets.send(
      new PutSecretValueCommand({
        SecretId: application.secretName,
        SecretString: JSON.stringify(value),
        ClientRequestToken: version,
      }),
    );
  }

  /** The record of a rehearsal that ended an hour ago and took 600 s, with changes. */
  rehearsed(changes: Record<string, unknown> = {}): Promise<void> {
    return this.write("rehearsal.json", {
      kind: "rehearsal",
      run: "r20261205-010000-abcd",
      database: "tracker",
      source: sourceIdentity(this.rehearsal.environment),
      outcome: "succeeded",
      finishedAt: hoursAgo(1),
      databaseBytes: gibibyte,
      seconds: 600,
      ...changes,
    });
  }

  /** Writes a file of a run's state, or a record, on the target. */
  async write(name: string, content: unknown): Promise<void> {
    const text = JSON.stringify(content).replaceAll("'", "'\\''");
    const file = fileOf(name);
    await this.bash(`install -D -m 0600 /dev/null ${file}; printf '%s' '${text}' >${file}`);
  }

  async read(name: string): Promise<Record<string, unknown>> {
    return JSON.parse(await this.bash(`cat ${fileOf(name)}`)) as Record<string, unknown>;
  }

  /** Puts results of the source into the relay, as its steps do. */
  async relayResults(run: string, results: ({ step: string } & Record<string, unknown>)[]): Promise<void> {
    for (const result of results) {
      await this.#s3.send(
        new PutObjectCommand({
          Bucket: relayBucketName(this.rehearsal.environment),
          Key: `runs/${run}/source/results/${result.step}.json`,
          Body: JSON.stringify(result),
        }),
      );
    }
  }

  /** An object of the relay. */
  async relayed(Key: string): Promise<unknown> {
    const Bucket = relayBucketName(this.rehearsal.environment);
    const { Body } = await this.#s3.send(new GetObjectCommand({ Bucket, Key }));
    return JSON.parse((await Body?.transformToString()) ?? "null") as unknown;
  }

  /** The files beside the runs' own folders. */
  records(): Promise<string> {
    return this.bash(`cd ${kept}; find . -maxdepth 1 -type f -name '*.json*' -printf '%P\\n' | sort | xargs`);
  }

  async forget(): Promise<void> {
    await this.bash(`rm -f ${kept}/*.json`);
  }

  bash(script: string): Promise<string> {
    return bash(this.rehearsal.lab.hosts.target, script);
  }

  stop(): Promise<void> {
    return this.rehearsal.stop();
  }
}

/** A run's own lies in its folder; a record, on the data volume. */
function fileOf(name: string): string {
  return `${name.includes("/") ? stateRoot : kept}/${name}`;
}

export function hoursAgo(hours: number): string {
  return new Date(Date.now() - hours * 3_600_000).toISOString();
}

/** The documents under test alone: to synthesize the whole runbook takes seconds. */
function stepsOnly(environment: Environment) {
  const stack = new Stack(new App(), "gate", { env: environment.aws });
  new Relay(stack, "Relay", environment);
  gate(stack, environment);
  checkPlan(stack, environment);
  inspectRollback(stack, environment);
  for (const kind of ["rehearsal", "cutover", "rollback", "signoff"] as const)
    record(stack, environment, kind);
  return Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string }> };
}
