import "./one-realm";
import { PassThrough } from "node:stream";
import type { EnvironmentInput } from "../../../lib/config/environment";
import type { Clock } from "../../../lib/operator/clock";
import { runCutover, type CommandLineSetting } from "../../../lib/operator/terminal/command-line";
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

interface Ended {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** The command line as a caller sees it who is no person: nobody can be asked. */
export async function cutover(...args: string[]): Promise<Ended> {
  return await run(args, {});
}

/** As `cutover`, with another environment for `lab`. */
export async function cutoverIn(environment: EnvironmentInput, ...args: string[]): Promise<Ended> {
  return await run(args, { environments: { lab: environment } });
}

/** As `cutover`, with results that go to a terminal of so many columns. */
export async function cutoverOn(columns: number | undefined, ...args: string[]): Promise<Ended> {
  return await run(args, { columns });
}

/** A person who leaves a question unanswered. */
export const silence = Symbol("silence");

/** The command line at a terminal, where a person types these lines, each when a question is asked, and then leaves. */
export async function cutoverAtTerminal(
  typed: (string | typeof silence)[],
  ...args: string[]
): Promise<Ended> {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const lines = [...typed];
  return await run(args, { stdin }, (text) => {
    if (!/[:?] $|\] $/.test(text)) return;
    const line = lines.shift();
    if (line === undefined) stdin.end();
    else if (line !== silence) stdin.write(`${line}\n`);
  });
}

async function run(
  args: string[],
  { columns, ...more }: Partial<CommandLineSetting> & { columns?: number | undefined },
  shown: (text: string) => void = () => undefined,
): Promise<Ended> {
  let stdout = "";
  let stderr = "";
  const exitCode = await runCutover(args, {
    environments: { lab },
    stdout: { write: (text) => (stdout += text), columns },
    stderr: {
      isTTY: more.stdin !== undefined,
      write: (text) => {
        stderr += text;
        shown(text);
      },
    },
    clock: impatientClock(),
    ...more,
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
    AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
    AWS_ACCESS_KEY_ID: "testing",
    AWS_SECRET_ACCESS_KEY: "testing",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}
