import { z } from "zod";

/** What is wrong with a text: `why` reads on from the key; without a remedy the description serves. */
export interface Verdict {
  why: string;
  remedy?: string;
}

/**
 * A text of a stated form.
 *
 * @param description what is wanted, as a noun phrase with its form and an example: it becomes the remedy of
 *   every problem that has none of its own
 * @param examine says what is wrong with a text, or undefined when it is as wanted
 */
export function text(description: string, examine: (value: string) => Verdict | undefined) {
  return z
    .string()
    .superRefine((value, context) => {
      const verdict = examine(value);
      if (verdict === undefined) return;
      context.addIssue({ code: "custom", message: verdict.why, params: { remedy: verdict.remedy } });
    })
    .describe(description);
}

/** A text that matches one pattern; anything else `why`. */
export function patterned(description: string, pattern: RegExp, why: string) {
  return text(description, (value) => (pattern.test(value) ? undefined : { why }));
}
