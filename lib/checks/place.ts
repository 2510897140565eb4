import { catalogue } from "./catalogue";
import type { CheckStep } from "./check";

/** What a check looks at; its id begins with it. */
export const places = ["source", "target", "repository", "aws", "plan"] as const;
export type Place = (typeof places)[number];

/** What a check looks at, by its id; by the step's other checks where a later release named it otherwise. */
export function placeOf(id: string, step: CheckStep): Place {
  return begun(id) ?? begun(catalogue[step][0]?.id ?? "") ?? "plan";
}

function begun(id: string): Place | null {
  return places.find((place) => id.startsWith(`${place}-`)) ?? null;
}
