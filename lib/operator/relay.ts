import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { relayBucketName } from "../config/derived";
import type { Environment } from "../config/environment";
import { describeAwsError, isNamed } from "./aws-error";
import { questionKey, resultKey } from "./names";
import type { HostName } from "./step";

export type StoredResult =
  | { kind: "read"; content: unknown }
  | { kind: "absent" }
  /** The relay could not be read, or what it holds is not JSON. */
  | { kind: "unreadable"; reason: string };

// More differences than a person will ever read; a bound, so that a wrong object cannot fill the memory.
const largestBytes = 256 * 1024 * 1024;

/** What a run's steps left in the relay bucket. */
export class Relay {
  private readonly bucket: string;

  constructor(
    private readonly s3: S3Client,
    environment: Environment,
    private readonly runId: string,
  ) {
    this.bucket = relayBucketName(environment);
  }

  /** Where the run's results are, for people. */
  get location(): string {
    return `s3://${this.bucket}/runs/${this.runId}/`;
  }

  /** @param directory the host that wrote it */
  async read(directory: HostName, step: string): Promise<StoredResult> {
    return await this.readObject(resultKey(this.runId, directory, step));
  }

  /** The first directory that has the result decides; one that cannot be read counts only when no other has it. */
  async readFirst(directories: readonly HostName[], step: string): Promise<StoredResult> {
    return await firstRead(directories, async (directory) => await this.read(directory, step));
  }

  /** What the fence asks, wherever it waits. */
  async readQuestion(directories: readonly HostName[]): Promise<StoredResult> {
    return await firstRead(
      directories,
      async (directory) => await this.readObject(questionKey(this.runId, directory)),
    );
  }

  private async readObject(key: string): Promise<StoredResult> {
    try {
      const object = await this.s3.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
      if ((object.ContentLength ?? 0) > largestBytes) throw new Error("it is too large");
      const content: unknown = JSON.parse((await object.Body?.transformToString()) ?? "");
      return { kind: "read", content };
    } catch (error) {
      if (isNamed(error, "NoSuchKey")) return { kind: "absent" };
      return { kind: "unreadable", reason: describeAwsError(error) };
    }
  }
}

/** Where a side's results may be: a source that is reached over the network leaves its own from the target. */
export function directoriesOf(side: HostName): readonly HostName[] {
  return side === "target" ? ["target"] : ["source", "target"];
}

async function firstRead(
  directories: readonly HostName[],
  read: (directory: HostName) => Promise<StoredResult>,
): Promise<StoredResult> {
  let answer: StoredResult = { kind: "absent" };
  for (const directory of directories) {
    const stored = await read(directory);
    if (stored.kind === "read") return stored;
    if (stored.kind === "unreadable") answer = stored;
  }
  return answer;
}
