import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SSMClient, StartAutomationExecutionCommand } from "@aws-sdk/client-ssm";
import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { targetChecks } from "../../../lib/checks/target";
import { relayBucketName } from "../../../lib/config/derived";
import type { Environment } from "../../../lib/config/environment";
import { labCredentials, putSecret } from "../../../lib/lab/rehearsal/aws-contents";
import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";
import { Relay } from "../../../lib/runbook/relay";
import { checkTarget } from "../../../lib/runbook/steps/check-target";
import { AutomationDocument } from "../../../lib/ssm/automation-document";
import { sleep } from "../../../lib/ssm/steps/sleep";
import { runStep } from "../cutover/run-step";
import { bash, sql } from "../on-host";
import { prepared, startRehearsalLab } from "../start-rehearsal-lab";

export interface Verdict {
  readonly id: string;
  readonly verdict: "pass" | "warn" | "fail";
  readonly finding: string;
  readonly remedy?: string;
}

type Versions = Record<"postgresql" | "timescaledb" | "timescaledbEdition" | "postgis", string>;

const running = "timescale-cutover-prod-Running";
const volumeGiB = 50;

/** A target with a data volume of the environment's size, and check-target's document. */
export class TargetLab {
  #target: Partial<Environment["target"]> = {};

  private constructor(
    readonly rehearsal: RehearsalLab,
    /** The target's own, which its source has too. */
    readonly versions: Versions,
  ) {}

  static async start(): Promise<TargetLab> {
    const rehearsal = await startRehearsalLab({
      synthesize: (environment) => stepsOnly(lab.changed(environment)),
      started: ["target"],
      targetVolumeMb: volumeGiB * 1024,
    });
    let lab: TargetLab;
    return prepared(rehearsal, async () => {
      const boot = await bash(rehearsal.lab.hosts.target, "cat /var/lib/timescale-cutover/boot.json");
      lab = new TargetLab(rehearsal, (JSON.parse(boot) as { versions: Versions }).versions);
      await lab.deploy({});
      return lab;
    });
  }

  /** Deploys the step anew, for a target of which the environment says otherwise. */
  async deploy(target: Partial<Environment["target"]>): Promise<void> {
    this.#target = target;
    await this.rehearsal.deploy({ database: "tracker", ownership: "preserve", source: "managed" });
  }

  /** Runs check-target, and gives what each of its checks says. */
  async check(run: string, parameters: Record<string, string> = {}): Promise<Map<string, Verdict>> {
    const { checks } = await runStep(this.rehearsal, "target", "check-target", {
      RunId: run,
      ...parameters,
    });
    return new Map(
      (checks as Verdict[]).map((verdict) => [verdict.id, { ...remedyOf(verdict), ...verdict }]),
    );
  }

  /** Puts what inspect-source found into the relay: a source like the target, but for the changes. */
  async relayFacts(run: string, changes: Record<string, unknown> = {}): Promise<void> {
    const { url, region } = this.rehearsal.aws;
    const s3 = new S3Client({ endpoint: url, region, credentials: labCredentials, forcePathStyle: true });
    const facts = { status: "succeeded", ...this.facts, ...changes };
    await s3.send(
      new PutObjectCommand({
        Bucket: relayBucketName(this.rehearsal.environment),
        Key: `runs/${run}/source/results/inspect-source.json`,
        Body: JSON.stringify(facts),
      }),
    );
  }

  private get facts() {
    const { timescaledb, postgis } = this.versions;
    return {
      versions: this.versions,
      extensions: { plpgsql: "1.0", timescaledb, postgis },
      databaseBytes: 11 * 1024 ** 3,
      tableBytes: 8 * 1024 ** 3,
      md5Roles: [],
      locale: { encoding: "UTF8", provider: "c", collate: "en_GB.UTF-8", ctype: "en_GB.UTF-8" },
      collations: [],
      settings: { max_connections: "100", "timescaledb.max_background_workers": "16" },
    };
  }

  /** Lets the application's secret name a side. */
  async pointAt(side: "source" | "target"): Promise<void> {
    const { application, target } = this.rehearsal.environment;
    const host = side === "source" ? application.sourceHost : target.network.privateAddress;
    const value = { host, port: 5432, dbname: "tracker" };
    await putSecret(this.rehearsal.aws, application.secretName, JSON.stringify(value));
  }

  /** Starts an automation that goes on for as long as the lab, and gives its id. */
  async startAutomation(): Promise<string> {
    const ssm = new SSMClient({
      endpoint: this.rehearsal.operatorEnvironment()["AWS_ENDPOINT_URL_SSM"] ?? "",
      region: this.rehearsal.aws.region,
      credentials: labCredentials,
    });
    const { AutomationExecutionId } = await ssm.send(
      new StartAutomationExecutionCommand({ DocumentName: running }),
    );
    return AutomationExecutionId ?? "";
  }

  bash(script: string): Promise<string> {
    return bash(this.rehearsal.lab.hosts.target, script);
  }

  sql(database: string, statements: string): Promise<string> {
    return sql(this.rehearsal.lab.hosts.target, database, statements);
  }

  stop(): Promise<void> {
    return this.rehearsal.stop();
  }

  private changed(environment: Environment): Environment {
    return { ...environment, target: { ...environment.target, ...this.#target } };
  }
}

/** The catalogue's, which `cutover check` shows where a finding brings none. */
function remedyOf({ id, verdict }: Verdict): Partial<Verdict> {
  const remedy = targetChecks.find((check) => check.id === id)?.remedy;
  return verdict === "pass" || remedy === undefined ? {} : { remedy };
}

/** The document under test alone, and an automation that lasts: to synthesize the whole runbook takes seconds. */
function stepsOnly(environment: Environment) {
  const stack = new Stack(new App(), "target", { env: environment.aws });
  new Relay(stack, "Relay", environment);
  checkTarget(stack, environment);
  new AutomationDocument(stack, "Running", {
    name: running,
    description: "Goes on.",
    assumeRole: `arn:aws:iam::${environment.aws.account}:role/runbook`,
    parameters: {},
    steps: [sleep({ name: "goOn", seconds: 3600 })],
  });
  return Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string }> };
}
