import type { z } from "zod";
import { type KeyPath, keyOf, valueAt } from "../key-path";
import type { ConfigurationProblem } from "../problem";
import { shownValue } from "../shown-value";

/** What a rule says of one key. */
export interface Finding {
  path: KeyPath;
  why: string;
  remedy: string;
}

/** A condition between several keys of one environment. */
export interface Rule {
  /** The problems of the environment by this rule; none where a key that it reads is itself malformed. */
  examine(input: unknown, top: string): ConfigurationProblem[];
}

/**
 * A rule states the keys that it reads, so that it runs as soon as those are well-formed, whatever else is
 * wrong: a user sees every problem at once.
 *
 * @param reads the keys read, with the schemas (and so the defaults) that they have in the environment
 */
export function rule<S extends z.ZodType>(reads: S, examine: (read: z.infer<S>) => Finding[]): Rule {
  return {
    examine(input, top) {
      const read = reads.safeParse(input);
      if (!read.success) return [];
      return examine(read.data).map(({ path, why, remedy }) => ({
        key: keyOf(top, path),
        value: shownValue(String(path.at(-1)), valueAt(read.data, path)),
        why,
        remedy,
      }));
    },
  };
}
