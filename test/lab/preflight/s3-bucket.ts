import { PutBucketPolicyCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { labCredentials } from "../../../lib/lab/rehearsal/aws-contents";
import type { RepositoryLab } from "./repository-lab";

const Bucket = "glimpse-timescale-backups";

/** The bucket of repo2, as its owner or another cluster may change it. */
export class S3Bucket {
  readonly #s3: S3Client;

  constructor(lab: RepositoryLab) {
    const { url, region } = lab.rehearsal.aws;
    this.#s3 = new S3Client({ endpoint: url, region, credentials: labCredentials, forcePathStyle: true });
  }

  async setPolicy(statement: { Effect: string; Action: string }): Promise<void> {
    const Resource = `arn:aws:s3:::${Bucket}/*`;
    const Policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ ...statement, Principal: "*", Resource }],
    });
    await this.#s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  }

  /** archive.info of the target's stanza in S3, as another cluster's pgBackRest leaves it. */
  async putArchiveInfo(identifier: string): Promise<void> {
    const Body = `[backrest]\nbackrest-format=5\n\n[db]\ndb-id=1\ndb-system-id=${identifier}\ndb-version="16"\n`;
    const Key = "pgbackrest/archive/tracker-ts/archive.info";
    await this.#s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  }
}
