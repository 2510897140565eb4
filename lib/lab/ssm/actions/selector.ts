import { isRecord } from "../references";

// The part of JSONPath that runbooks use: $.A.B[0], and $.A[*].B for a list.
const SELECTOR = /^\$(?:\.[A-Za-z0-9_-]+|\[\d+\]|\[\*\])*$/;
const PART = /\.([A-Za-z0-9_-]+)|\[(\d+)\]|\[(\*)\]/g;

/** True for a selector that is not understood here. */
export function isUnsupported(selector: string): boolean {
  return !SELECTOR.test(selector);
}

/** What the selector finds; undefined for nothing. */
export function select(selector: string, answer: unknown): unknown {
  const parts = [...selector.matchAll(PART)];
  let found: unknown[] = [answer];
  for (const [, key, index] of parts) {
    if (key !== undefined)
      found = found.flatMap((each) => (isRecord(each) && each[key] !== undefined ? [each[key]] : []));
    else if (index !== undefined) found = found.flatMap((each) => itemAt(each, Number(index)));
    else found = found.flatMap((each) => (Array.isArray(each) ? (each as unknown[]) : []));
  }
  return parts.some((part) => part[3] !== undefined) ? found : found[0];
}

function itemAt(value: unknown, index: number): unknown[] {
  return Array.isArray(value) && index < value.length ? [value[index]] : [];
}
