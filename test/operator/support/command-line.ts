import "./one-realm";
import type { Clock } from "../../../lib/operator/clock";
import { runCutover } from "../../../lib/operator/terminal/command-line";
import { AwsDouble } from "./aws-double";
import { lab } from "./environment";

/** A clock that does not wait; it moves on by what it was asked to wait. */
export function impatientClock(): Clock {
  let now = Date.UTC(2026, 10, 21, 5, 13, 0);
  return {
    now: () => new Date(now),
    sleep: async (milliseconds, signal) => {
      now += milliseconds;
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    },
  };
}

/** The command line as a caller sees it. */
export async function cutover(
  ...args: string[]
): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  let stdout = "";
  let stderr = "";
  const exitCode = await runCutover(args, {
    environments: { lab },
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    clock: impatientClock(),
  });
  return { exitCode, stdout, stderr };
}

/** A double of AWS for each test of the file, and the SDK's own settings that lead to it. */
export function withAwsDouble(): { readonly aws: AwsDouble } {
  let double: AwsDouble | undefined;
  const before = { ...process.env };
  beforeEach(async () => {
    double = await AwsDouble.start();
    Object.assign(process.env, sdkSettings(double.url));
  });
  afterEach(async () => {
    await double?.stop();
    process.env = { ...before };
  });
  return {
    get aws(): AwsDouble {
      if (double === undefined) throw new Error("no test is running");
      return double;
    },
  };
}

export function sdkSettings(url: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_SSM: url,
    AWS_ENDPOINT_URL_S3: url,
    AWS_ACCESS_KEY_ID: "testing",
    AWS_SECRET_ACCESS_KEY: "testing",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}
