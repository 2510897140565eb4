import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { relayBucketName } from "../config/derived";
import type { Environment } from "../config/environment";
import { describeAwsError, isNamed } from "./aws-error";
import { resultKey } from "./names";

export type StoredResult =
  | { kind: "read"; content: unknown }
  | { kind: "absent" }
  /** The relay could not be read, or what it holds is not JSON. */
  | { kind: "unreadable"; reason: string };

// More differences than a person will ever read; a bound, so that a wrong object cannot fill the memory.
const largestBytes = 256 * 1024 * 1024;

/** The results that a run's steps left in the relay bucket. */
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
  async read(directory: "source" | "target", step: string): Promise<StoredResult> {
    const key = resultKey(this.runId, directory, step);
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
