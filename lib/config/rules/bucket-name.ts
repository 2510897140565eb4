import { z } from "zod";
import { relayBucketName } from "../derived";
import { environmentSchema } from "../environment";
import { rule } from "./rule";

const LONGEST_BUCKET_NAME = 63;

export const relayBucketNameFits = rule(
  z.object({ name: environmentSchema.shape.name, aws: environmentSchema.shape.aws.strip() }),
  (environment) => {
    const excess = relayBucketName(environment).length - LONGEST_BUCKET_NAME;
    if (excess <= 0) return [];
    const most = environment.name.length - excess;
    return [
      {
        path: ["name"],
        why: `makes the relay bucket's name, "${relayBucketName(environment)}", longer than S3's ${LONGEST_BUCKET_NAME} characters`,
        remedy: `Use a name of at most ${most} characters in this region.`,
      },
    ];
  },
);
