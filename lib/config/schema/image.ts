import { z } from "zod";
import { imageId, imageParameter } from "../formats/image";

/** The machine image, pinned either way: a changed image replaces the instance. */
export type MachineImage = { ssmParameter: string } | { amiId: string };

const NOBLE = "/aws/service/canonical/ubuntu/server/noble/stable/20260218/amd64/hvm/ebs-gp3/ami-id";

const oneOfBoth = z
  .strictObject({ ssmParameter: imageParameter.exactOptional(), amiId: imageId.exactOptional() })
  .superRefine((image, context) => {
    const named = Object.keys(image).length;
    if (named === 1) return;
    context.addIssue({
      code: "custom",
      message: named === 0 ? "names no image" : "names two images where one is meant",
      params: {
        remedy: 'Write { ssmParameter: "…" }, a dated public parameter, or { amiId: "ami-…" }, not both.',
      },
    });
  });

export const image = (oneOfBoth as z.ZodType<MachineImage, MachineImage>).default({ ssmParameter: NOBLE });
