import type { CheckStep } from "./check";

/** What a check looks at; its id begins with it. */
export const places = ["source", "target", "repository", "aws", "plan"] as const;
export type Place = (typeof places)[number];

/** What a check looks at by its id; what its step is named after where a later release has other ids. */
export function placeOf(id: string, step: CheckStep): Place {
  const begin = (place: Place) => id.startsWith(`${place}-`);
  return places.find(begin) ?? places.find((place) => step === `check-${place}`) ?? "plan";
}
