import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import type { Environment, EnvironmentInput } from "../../config/environment";
import { Lab, type LabOptions } from "../lab";
import { type ObservedStep, SsmEndpoint } from "../ssm/endpoint";
import { extendAccount, fillAccount } from "./account";
import { storeApplicationSecret } from "./application-secret";
import { type AwsPlace, labCredentials, makeBuckets, putSecret } from "./aws-contents";
import { deployHost } from "./deploy-host";
import {
  instanceIdsOf,
  labEnvironment,
  type RehearsalSettings,
  sourcePasswordSecret,
  targetEnvironment,
} from "./lab-environment";
import { bucketNamesOf, documentsOf, type Template } from "./template";

export interface RehearsalLabOptions extends Omit<LabOptions, "provisionTarget"> {
  /** The environment that is rehearsed, as the user wrote it. */
  readonly rehearsed: EnvironmentInput;
  /** Synthesizes the runbook stack of an environment: what runs is what would be deployed. */
  readonly synthesize: (environment: Environment) => Template;
  /** Synthesizes the host stack of an environment: its user data is what the target boots with. */
  readonly synthesizeHost: (environment: Environment) => Template;
  /** Hears what the SSM endpoint does with every command. */
  readonly endpointLog?: (line: string) => void;
  /** Hears of every automation's step when it begins and when it has ended. */
  readonly onStep?: (step: ObservedStep) => void;
  /** Seconds that the agent of a host that came back looks for its script; a real one takes 60. */
  readonly lostScriptSeconds?: number;
  /** Seconds that every command takes on its way to a host, beside its script's own. */
  readonly latencySeconds?: number;
}

/** The lab's hosts with an SSM endpoint before them that executes the synthesized documents. */
export class RehearsalLab {
  #endpoint: SsmEndpoint | undefined;
  #endpointUrl = "";
  #environment: Environment | undefined;

  private constructor(
    readonly lab: Lab,
    private readonly options: RehearsalLabOptions,
  ) {}

  static async start(options: RehearsalLabOptions): Promise<RehearsalLab> {
    const { rehearsed, synthesizeHost } = options;
    const lab = await Lab.start({
      ...options,
      region: rehearsed.aws.region,
      account: rehearsed.aws.account,
      instanceIds: instanceIdsOf(rehearsed),
      provisionTarget: async (facts, aws) => {
        const environment = targetEnvironment(rehearsed, facts);
        const template = synthesizeHost(environment);
        const deployed = await deployHost(environment, template, aws);
        await fillAccount({ url: aws.url, region: environment.aws.region }, environment, template);
        return deployed;
      },
    });
    return new RehearsalLab(lab, options);
  }

  /** Synthesizes both stacks for these settings and puts their documents in place of those before. */
  async deploy(settings: RehearsalSettings): Promise<Environment> {
    const environment = labEnvironment(this.options.rehearsed, this.lab.facts, settings);
    const template = this.options.synthesize(environment);
    this.#environment = environment;
    writeFileSync(this.environmentsFile, JSON.stringify({ [environment.name]: environment }));
    const { onStep, lostScriptSeconds, latencySeconds } = this.options;
    await makeBuckets(this.aws, bucketNamesOf(template));
    await extendAccount(this.aws, environment, template);
    await this.#endpoint?.close();
    this.#endpoint = new SsmEndpoint({
      documents: [...documentsOf(this.options.synthesizeHost(environment)), ...documentsOf(template)],
      hosts: Object.values(this.lab.hosts),
      region: environment.aws.region,
      account: environment.aws.account,
      parameterStore: this.lab.aws.url,
      log: this.options.endpointLog ?? (() => {}),
      ...(onStep && { onStep }),
      ...(lostScriptSeconds !== undefined && { lostScriptSeconds }),
      ...(latencySeconds !== undefined && { latencySeconds }),
    });
    if (this.#endpointUrl === "") await storeApplicationSecret(this.aws, environment);
    const port = this.#endpointUrl === "" ? 0 : Number(new URL(this.#endpointUrl).port);
    this.#endpointUrl = (await this.#endpoint.listen(port)).url;
    if (port === 0) await this.lab.aws.exposeSsm(Number(new URL(this.#endpointUrl).port));
    return environment;
  }

  /** What a process of the operator needs to find the lab's AWS, beside what it has. */
  operatorEnvironment(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: this.lab.aws.url,
      AWS_ENDPOINT_URL_SSM: this.#endpointUrl,
      AWS_ACCESS_KEY_ID: labCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: labCredentials.secretAccessKey,
      AWS_REGION: this.options.rehearsed.aws.region,
      AWS_EC2_METADATA_DISABLED: "true",
      TIMESCALE_CUTOVER_LAB_ENVIRONMENTS: this.environmentsFile,
    };
  }

  /** The environment that was deployed last. */
  get environment(): Environment {
    if (this.#environment === undefined) throw new Error("Nothing is deployed in the lab yet.");
    return this.#environment;
  }

  /** The SSM endpoint of what was deployed last. */
  get endpoint(): SsmEndpoint {
    if (this.#endpoint === undefined) throw new Error("Nothing is deployed in the lab yet.");
    return this.#endpoint;
  }

  /** Gives the source's postgres a password of its own and stores it in the secret: the network source's way in. */
  async giveSourcePassword(): Promise<void> {
    const password = randomUUID();
    const psql = [
      "runuser",
      "-u",
      "postgres",
      "--",
      "psql",
      "--no-psqlrc",
      "--quiet",
      "--set=ON_ERROR_STOP=1",
    ];
    const { code, stderr } = await this.lab.hosts.source.run(psql, {
      input: `ALTER ROLE postgres PASSWORD '${password}';\n`,
    });
    if (code !== 0) throw new Error(`The source's postgres got no password: ${stderr}`);
    await this.setSourcePassword(password);
  }

  /** Sets the password that the network source's secret holds. */
  async setSourcePassword(password: string): Promise<void> {
    await putSecret(this.aws, sourcePasswordSecret, JSON.stringify({ username: "postgres", password }));
  }

  async stop(): Promise<void> {
    await this.#endpoint?.close();
    await this.lab.stop();
  }

  /** Where S3 and the secrets are. */
  get aws(): AwsPlace {
    return { url: this.lab.aws.url, region: this.options.rehearsed.aws.region };
  }

  /** Where an operator's process of the lab reads its environments. */
  private get environmentsFile(): string {
    return this.lab.file("environments.json");
  }
}
