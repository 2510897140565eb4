/**
 * How long the lab waits, in milliseconds, for what takes seconds: a machine may be many times slower than another. Who
 * waits that long waits for something that stands still.
 */
export const patienceMs = 10 * 60_000;
