import { DeleteBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { relayBucketName } from "../../../lib/config/derived";
import type { Environment } from "../../../lib/config/environment";
import { labCredentials, putSecret } from "../../../lib/lab/rehearsal/aws-contents";
import { sourcePasswordSecret } from "../../../lib/lab/rehearsal/lab-environment";
import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";
import { Relay } from "../../../lib/runbook/relay";
import { checkSource } from "../../../lib/runbook/steps/check-source";
import { runStep } from "../cutover/run-step";
import { bash, sql } from "../on-host";
import type { Verdict } from "./target-lab";
import { prepared, startRehearsalLab } from "../start-rehearsal-lab";

export type Source = Environment["source"];
type Changes = (environment: Environment) => Environment;

/** A source with a hypertable, a target that may be its dump host, and check-source's document. */
export class SourceLab {
  #changes: Changes = (environment) => environment;
  #runs = 0;

  private constructor(readonly rehearsal: RehearsalLab) {}

  static async start(): Promise<SourceLab> {
    const rehearsal = await startRehearsalLab({
      synthesize: (environment) => stepsOnly(lab.#changes(environment)),
      started: ["source", "target"],
    });
    const lab = new SourceLab(rehearsal);
    return prepared(rehearsal, async () => {
      await lab.sql("CREATE ROLE tracker LOGIN; CREATE DATABASE tracker OWNER tracker", "postgres");
      await lab.sql(`
        CREATE EXTENSION timescaledb;
        CREATE TABLE "Metric" (at timestamptz NOT NULL, value int);
        SELECT create_hypertable('"Metric"', 'at');
        INSERT INTO "Metric" SELECT now() - i * interval '1 minute', i FROM generate_series(1, 20000) AS i`);
      return lab;
    });
  }

  /** Runs check-source on the dump host as it is deployed for an environment with these changes. */
  async check(
    kind: Source["kind"],
    changes: Changes = (environment) => environment,
  ): Promise<ReadonlyMap<string, Verdict>> {
    this.#changes = changes;
    await this.rehearsal.deploy({ database: "tracker", ownership: "preserve", source: kind });
    return this.checkAgain(kind);
  }

  /** The same once more, as it is deployed. */
  async checkAgain(kind: Source["kind"]): Promise<ReadonlyMap<string, Verdict>> {
    this.#runs += 1;
    const host = kind === "managed" ? "source" : "target";
    const RunId = `r20261121-000000-${String(this.#runs).padStart(4, "0")}`;
    const { checks } = await runStep(this.rehearsal, host, "check-source", { RunId });
    return new Map((checks as Verdict[]).map((verdict) => [verdict.id, verdict]));
  }

  /** Runs check-source on the target, for a network source with these changes. */
  checkNetwork(
    changes: Partial<Extract<Source, { kind: "network" }>>,
  ): Promise<ReadonlyMap<string, Verdict>> {
    return this.check("network", (environment) => ({
      ...environment,
      source: { ...environment.source, ...changes } as Source,
    }));
  }

  async deleteRelay(): Promise<void> {
    const { url, region } = this.rehearsal.aws;
    const s3 = new S3Client({ endpoint: url, region, credentials: labCredentials, forcePathStyle: true });
    await s3.send(new DeleteBucketCommand({ Bucket: relayBucketName(this.rehearsal.environment) }));
  }

  /** Sets what the secret of the network source holds. */
  setSecret(value: string): Promise<void> {
    return putSecret(this.rehearsal.aws, sourcePasswordSecret, value);
  }

  bash(script: string, host: "source" | "target" = "source"): Promise<string> {
    return bash(this.rehearsal.lab.hosts[host], script);
  }

  sql(statements: string, database = "tracker"): Promise<string> {
    return sql(this.rehearsal.lab.hosts.source, database, statements);
  }

  stop(): Promise<void> {
    return this.rehearsal.stop();
  }
}

/** The document under test alone: to synthesize the whole runbook takes seconds. */
function stepsOnly(environment: Environment) {
  const stack = new Stack(new App(), "source", { env: environment.aws });
  new Relay(stack, "Relay", environment);
  checkSource(stack, environment);
  return Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string }> };
}
