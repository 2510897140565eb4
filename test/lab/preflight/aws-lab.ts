import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { relayBucketName } from "../../../lib/config/derived";
import type { Environment } from "../../../lib/config/environment";
import { labCredentials, putSecret } from "../../../lib/lab/rehearsal/aws-contents";
import { callIam } from "../../../lib/lab/rehearsal/iam-contents";
import { sourcePasswordSecret } from "../../../lib/lab/rehearsal/lab-environment";
import type { RehearsalLab, RehearsalLabOptions } from "../../../lib/lab/rehearsal/rehearsal-lab";
import { Relay } from "../../../lib/runbook/relay";
import { targetPolicy } from "../../../lib/runbook/roles";
import { checkAws } from "../../../lib/runbook/steps/check-aws";
import { CommandDocument } from "../../../lib/ssm/command-document";
import { runStep, type StepResult } from "../cutover/run-step";
import { bash } from "../on-host";
import type { Verdict } from "./target-lab";
import { startRehearsalLab } from "../start-rehearsal-lab";

export const policyName = "timescale-cutover-prod-target-runbook";
export const targetRole = "timescale-cutover-prod-target";
export const sourceRole = "placeholder-shared-postgresql-host";
export const restartDocument = "tracker-restart";

type Changes = (environment: Environment) => Environment;

/** Target and source, the account with its roles, and check-aws for an environment of the test's choosing. */
export class AwsLab {
  #changes: Changes = (environment) => environment;

  private constructor(readonly rehearsal: RehearsalLab) {}

  static async start(): Promise<AwsLab> {
    const synthesize: RehearsalLabOptions["synthesize"] = (environment) =>
      stepsOnly(lab.#changes(environment));
    const rehearsal = await startRehearsalLab({
      synthesize,
      started: ["target", "source"],
    });
    const lab = new AwsLab(rehearsal);
    return lab;
  }

  /** Deploys the step for the lab's environment with these changes, and for this kind of source. */
  async deploy(changes: Changes, source: "managed" | "network" = "managed"): Promise<void> {
    this.#changes = changes;
    await this.rehearsal.deploy({ database: "tracker", ownership: "preserve", source });
  }

  /** Runs check-aws to its end. */
  run(run: string, allow = ""): Promise<StepResult> {
    return runStep(this.rehearsal, "target", "check-aws", {
      ...{ RunId: run, Allow: allow, TargetInstance: this.rehearsal.lab.hosts.target.instanceId },
    });
  }

  /** Runs check-aws, and gives what each of its checks says. */
  async check(run: string): Promise<Map<string, Verdict>> {
    const { checks } = await this.run(run);
    return new Map((checks as Verdict[]).map((verdict) => [verdict.id, verdict]));
  }

  /** Puts the source's result of a run into the relay, as inspect-source does. */
  async relaySourcesResult(run: string): Promise<void> {
    const { url, region } = this.rehearsal.aws;
    const s3 = new S3Client({ endpoint: url, region, credentials: labCredentials, forcePathStyle: true });
    await s3.send(
      new PutObjectCommand({
        Bucket: relayBucketName(this.rehearsal.environment),
        Key: `runs/${run}/source/results/inspect-source.json`,
        Body: JSON.stringify({ databaseBytes: 1 }),
      }),
    );
  }

  /** Makes the application's secret one that points at the source, with changes. */
  async storeApplicationSecret(changes: Record<string, unknown> = {}): Promise<void> {
    const { application } = this.rehearsal.environment;
    const { sourceHost: host, sourcePort: port, roleName: username } = application;
    const value = { host, port, dbname: "tracker", username, password: "of the lab", ...changes };
    await putSecret(this.rehearsal.aws, application.secretName, JSON.stringify(value));
  }

  storeSourcePassword(value: string): Promise<void> {
    return putSecret(this.rehearsal.aws, sourcePasswordSecret, value);
  }

  iam(action: string, parameters: Record<string, string>): Promise<string> {
    return callIam(this.rehearsal.aws, action, parameters);
  }

  bash(script: string): Promise<string> {
    return bash(this.rehearsal.lab.hosts.target, script);
  }

  stop(): Promise<void> {
    return this.rehearsal.stop();
  }
}

/** The document under test, the policy that it has simulated, and the application's own restart document. */
function stepsOnly(environment: Environment) {
  const stack = new Stack(new App(), "aws", { env: environment.aws });
  targetPolicy(stack, environment, new Relay(stack, "Relay", environment));
  checkAws(stack, environment);
  new CommandDocument(stack, "Restart", {
    name: restartDocument,
    description: "Restarts the application.",
    parameters: {},
    timeoutSeconds: 60,
    script: "#!/bin/bash\nsystemctl restart tracker",
  });
  return Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string }> };
}
