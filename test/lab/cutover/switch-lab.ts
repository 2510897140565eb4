import { setTimeout as sleep } from "node:timers/promises";
import {
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { GetCommandInvocationCommand, SendCommandCommand, SSMClient } from "@aws-sdk/client-ssm";
import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { environments } from "../../../bin/environments";
import type { Environment } from "../../../lib/config/environment";
import { labCredentials, putSecret } from "../../../lib/lab/rehearsal/aws-contents";
import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";
import type { Template as LabTemplate } from "../../../lib/lab/rehearsal/template";
import { Relay } from "../../../lib/runbook/relay";
import { checkHealth } from "../../../lib/runbook/steps/check-health";
import { inspectApplication } from "../../../lib/runbook/steps/inspect-application";
import { pointDns } from "../../../lib/runbook/steps/point-dns";
import { settle } from "../../../lib/runbook/steps/settle";
import { smokeTest } from "../../../lib/runbook/steps/smoke-test";
import { switchTo } from "../../../lib/runbook/steps/switch-to";
import { bash } from "../on-host";
import { managed } from "../rehearsal/rehearsed";
import { startRehearsalLab } from "../start-rehearsal-lab";

type Application = Environment["application"];
export type Values = Record<string, unknown>;

/** How a step ended: its one JSON line, and all that it wrote. */
export interface Ended {
  result: Values;
  output: string;
}

/** A lab whose one host is a booted target, with the switch's documents for an application of the test's choosing. */
export class SwitchLab {
  private application: Partial<Application> = {};

  private constructor(readonly lab: RehearsalLab) {}

  static async start(): Promise<SwitchLab> {
    const holder: { switchLab?: SwitchLab } = {};
    const lab = await startRehearsalLab({
      started: ["target"],
      targetVolumeMb: 1024,
      synthesize: (environment) => holder.switchLab?.synthesize(environment) ?? { Resources: {} },
    });
    return (holder.switchLab = new SwitchLab(lab));
  }

  /** Puts the documents for this application in place of those before. */
  async deploy(application: Partial<Application>): Promise<void> {
    this.application = application;
    await this.lab.deploy(managed);
  }

  get target() {
    return this.lab.lab.hosts.target;
  }

  /** Runs one step of a run on the target, to its end. */
  async run(step: string, runId: string, parameters: Record<string, string> = {}): Promise<Ended> {
    const ssm = new SSMClient({
      endpoint: this.lab.operatorEnvironment()["AWS_ENDPOINT_URL_SSM"] ?? "",
      region: environments.prod.aws.region,
      credentials: labCredentials,
    });
    const InstanceId = this.target.instanceId;
    const given = Object.entries({ RunId: runId, ...parameters });
    const { Command } = await ssm.send(
      new SendCommandCommand({
        DocumentName: `timescale-cutover-prod-${step}`,
        InstanceIds: [InstanceId],
        Parameters: Object.fromEntries(given.map(([name, value]) => [name, [value]])),
      }),
    );
    for (;;) {
      const invocation = await ssm.send(
        new GetCommandInvocationCommand({ CommandId: Command?.CommandId ?? "", InstanceId }),
      );
      const { Status, StandardOutputContent = "", StandardErrorContent = "" } = invocation;
      if (Status !== "Pending" && Status !== "InProgress") {
        const line = StandardOutputContent.trim().split("\n").at(-1) ?? "";
        const result = line.startsWith("{") ? (JSON.parse(line) as Values) : { status: Status };
        return { result, output: StandardOutputContent + StandardErrorContent };
      }
      await sleep(50);
    }
  }

  /** What the secret's versions are labelled, by their ids. */
  async labels(): Promise<Record<string, string[]>> {
    const { VersionIdsToStages = {} } = await this.secrets.send(
      new DescribeSecretCommand({ SecretId: this.secretName }),
    );
    const labelled = Object.entries(VersionIdsToStages).filter(([, labels]) => labels.length > 0);
    return Object.fromEntries(labelled.map(([id, labels]) => [id, [...labels].sort()]));
  }

  /** The secret's current value, to the byte, and its version. */
  async current(): Promise<{ text: string; version: string }> {
    const { SecretString = "", VersionId = "" } = await this.secrets.send(
      new GetSecretValueCommand({ SecretId: this.secretName, VersionStage: "AWSCURRENT" }),
    );
    return { text: SecretString, version: VersionId };
  }

  /** Makes the value current in a version of its own; the secret has no other history. */
  async store(value: string): Promise<string> {
    const { secrets, secretName: SecretId } = this;
    const there = await secrets.send(
      new ListSecretsCommand({ Filters: [{ Key: "name", Values: [SecretId] }] }),
    );
    if ((there.SecretList ?? []).length > 0) {
      await secrets.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
    }
    await putSecret(this.lab.aws, this.secretName, value);
    return (await this.current()).version;
  }

  /** Puts a version under a label of its own, as a killed switch leaves one. */
  async prepare(version: string, value: string): Promise<void> {
    await this.secrets.send(
      new PutSecretValueCommand({
        SecretId: this.secretName,
        SecretString: value,
        ClientRequestToken: version,
        VersionStages: ["timescale-cutover-pending"],
      }),
    );
  }

  /** In place of the target's AWS CLI, while `during` runs; `aws` is the real one. */
  async withAws<Result>(script: string, during: () => Promise<Result>): Promise<Result> {
    await bash(
      this.target,
      `cat >/usr/local/bin/aws <<'END'\n#!/bin/bash\naws() { /usr/bin/aws "$@"; }\n${script}\nEND\nchmod +x /usr/local/bin/aws`,
    );
    try {
      return await during();
    } finally {
      await bash(this.target, "rm /usr/local/bin/aws");
    }
  }

  get secretName(): string {
    return environments.prod.application.secretName;
  }

  async stop(): Promise<void> {
    await this.lab.stop();
  }

  private get secrets(): SecretsManagerClient {
    const { url, region } = this.lab.aws;
    return new SecretsManagerClient({ endpoint: url, region, credentials: labCredentials });
  }

  private synthesize(labEnvironment: Environment): LabTemplate {
    const application = { ...labEnvironment.application, ...this.application };
    const environment = { ...labEnvironment, application };
    const stack = new Stack(new App(), "switch");
    new Relay(stack, "Relay", environment);
    inspectApplication(stack, environment);
    for (const direction of ["target", "source"] as const) {
      switchTo(stack, environment, direction);
      smokeTest(stack, environment, direction);
      if (application.dnsRecord !== undefined) pointDns(stack, environment, direction);
    }
    settle(stack, environment);
    if (application.healthUrls.length > 0) checkHealth(stack, environment);
    return Template.fromStack(stack).toJSON() as LabTemplate;
  }
}
