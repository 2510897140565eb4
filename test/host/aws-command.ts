import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const PROJECT = join(__dirname, "..", "..");
/** Debian's, not one that happens to come first in PATH. */
const AWS = "/usr/bin/aws";

/** The stock command lines of AWS and of CDK, led to a double by its address. */
export class AwsCommands {
  private readonly env: NodeJS.ProcessEnv;

  constructor(
    private readonly endpoint: string,
    region: string,
  ) {
    this.env = {
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: "LAB",
      AWS_SECRET_ACCESS_KEY: "not-a-secret",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_MAX_ATTEMPTS: "1", // What a double does not know it does not know the next time either.
      CDK_DISABLE_CLI_TELEMETRY: "true",
    };
  }

  /** What the command prints, read as JSON; undefined when it prints nothing. */
  async aws<Answer>(...args: string[]): Promise<Answer> {
    // An AWS CLI of before 2.13 does not read AWS_ENDPOINT_URL.
    const stdout = await this.run(AWS, ["--endpoint-url", this.endpoint, "--output", "json", ...args]);
    return (stdout.trim() === "" ? undefined : JSON.parse(stdout)) as Answer;
  }

  async cdk(...args: string[]): Promise<string> {
    return this.run(join(PROJECT, "node_modules", ".bin", "cdk"), ["--no-notices", ...args]);
  }

  /** Rejects with what the command said when it fails. */
  private async run(command: string, args: string[]): Promise<string> {
    const options = { cwd: PROJECT, env: this.env, encoding: "utf8", maxBuffer: 64e6 } as const;
    try {
      return (await promisify(execFile)(command, args, options)).stdout;
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`${command} ${args.join(" ")}\n${stdout}${stderr}`, { cause: error });
    }
  }
}
