import { z } from "zod";

/** A whole number within limits; `unit` names what is counted. */
export function count(unit: string, least: number, most: number) {
  return z.int().min(least).max(most).describe(`a whole number of ${unit}, ${least} to ${most}`);
}

/**
 * Seconds within which a step of the runbook ends. Systems Manager takes 5 to 172800 (48 hours) and falls back
 * to 3600 in silence when it is given anything else.
 */
export function stepSeconds() {
  return count("seconds", 5, 172_800);
}
