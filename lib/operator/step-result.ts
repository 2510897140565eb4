import { z } from "zod";

// What a step prints is external input.
const resultSchema = z.looseObject({ step: z.string(), status: z.enum(["succeeded", "failed"]) });

/** The one JSON line that a step ends with; each step's further members are its own. */
export type StepResult = z.infer<typeof resultSchema>;

/** The last line that is a step's result: AWS puts stderr, and its mark of a cut, after what the step printed last. */
export function lastResult<T>(output: string, schema: z.ZodType<T>): T | null {
  for (const line of output.split("\n").reverse()) {
    const result = readLine(line.trim(), schema);
    if (result !== null) return result;
  }
  return null;
}

export function lastStepResult(output: string): StepResult | null {
  return lastResult(output, resultSchema);
}

function readLine<T>(line: string, schema: z.ZodType<T>): T | null {
  if (!line.startsWith("{")) return null;
  try {
    return schema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
