import { randomUUID } from "node:crypto";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CreateSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import type { Environment, EnvironmentInput } from "../../config/environment";
import { Lab, type LabOptions } from "../lab";
import { SsmEndpoint } from "../ssm/endpoint";
import {
  instanceIdsOf,
  labEnvironment,
  type RehearsalSettings,
  sourcePasswordSecret,
} from "./lab-environment";
import { bucketNamesOf, documentsOf, type Template } from "./template";

export interface RehearsalLabOptions extends LabOptions {
  /** The environment that is rehearsed, as the user wrote it. */
  readonly rehearsed: EnvironmentInput;
  /** Synthesizes the runbook stack of an environment: what runs is what would be deployed. */
  readonly synthesize: (environment: Environment) => Template;
  /** Hears what the SSM endpoint does with every command. */
  readonly endpointLog?: (line: string) => void;
}

/** Credentials that the AWS doubles take: they check none. */
const credentials = { accessKeyId: "LABOPERATOR", secretAccessKey: "not-a-secret" };

/** The lab's hosts with an SSM endpoint before them that executes the synthesized documents. */
export class RehearsalLab {
  #endpoint: SsmEndpoint | undefined;
  #endpointUrl = "";

  private constructor(
    readonly lab: Lab,
    private readonly options: RehearsalLabOptions,
  ) {}

  static async start(options: RehearsalLabOptions): Promise<RehearsalLab> {
    const { region, account } = options.rehearsed.aws;
    const lab = await Lab.start({
      ...options,
      region,
      account,
      instanceIds: instanceIdsOf(options.rehearsed),
    });
    return new RehearsalLab(lab, options);
  }

  /** Synthesizes the runbook for these settings and puts its documents in place of those before. */
  async deploy(settings: RehearsalSettings): Promise<Environment> {
    const environment = labEnvironment(this.options.rehearsed, this.lab, settings);
    const template = this.options.synthesize(environment);
    await this.makeBuckets(bucketNamesOf(template));
    await this.#endpoint?.close();
    this.#endpoint = new SsmEndpoint({
      documents: documentsOf(template),
      hosts: Object.values(this.lab.hosts),
      region: environment.aws.region,
      account: environment.aws.account,
      log: this.options.endpointLog ?? (() => {}),
    });
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
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REGION: this.options.rehearsed.aws.region,
      AWS_EC2_METADATA_DISABLED: "true",
    };
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
    const secrets = new SecretsManagerClient(this.clientSettings());
    const secret = JSON.stringify({ username: "postgres", password });
    try {
      await secrets.send(new CreateSecretCommand({ Name: sourcePasswordSecret, SecretString: secret }));
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "ResourceExistsException") throw error;
      await secrets.send(new PutSecretValueCommand({ SecretId: sourcePasswordSecret, SecretString: secret }));
    }
  }

  async stop(): Promise<void> {
    await this.#endpoint?.close();
    await this.lab.stop();
  }

  private async makeBuckets(names: string[]): Promise<void> {
    const s3 = new S3Client({ ...this.clientSettings(), forcePathStyle: true });
    for (const Bucket of names) {
      try {
        await s3.send(
          new CreateBucketCommand({
            Bucket,
            CreateBucketConfiguration: {
              LocationConstraint: this.options.rehearsed.aws.region as "eu-west-2",
            },
          }),
        );
      } catch (error) {
        // Made by an earlier deploy into this lab.
        if (!(error instanceof Error) || error.name !== "BucketAlreadyOwnedByYou") throw error;
      }
    }
  }

  private clientSettings() {
    return { endpoint: this.lab.aws.url, region: this.options.rehearsed.aws.region, credentials };
  }
}
