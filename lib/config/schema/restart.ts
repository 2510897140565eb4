import { z } from "zod";
import { patterned, text } from "../formats/text";

const documentName = patterned(
  'the name of a Command document in Systems Manager, such as "tracker-restart"',
  /^[A-Za-z0-9_.-]{3,128}$/,
  "is no name of a Command document",
);

const targetKey = patterned(
  '"InstanceIds", or a tag as "tag:NAME"',
  /^(InstanceIds|tag:.{1,128})$/,
  "is no key that a command's targets have",
);

const targetValue = text("an instance's id, or a tag's value", (value) =>
  value === "" || value.length > 256 ? { why: "is empty or longer than 256 characters" } : undefined,
);

/** How the application is made to read its secret again: a Command document of its own, run on its instances. */
export const restart = z.strictObject({
  documentName,
  targets: z
    .array(
      z.strictObject({
        key: targetKey,
        values: z.array(targetValue).min(1).max(50).describe("a list of 1 to 50 ids or values"),
      }),
    )
    .min(1)
    .max(5)
    .describe('a list of 1 to 5 targets, such as [{ key: "tag:Name", values: ["tracker"] }]'),
});
