const signals = ["SIGINT", "SIGTERM"] as const;

/**
 * Runs the work with a signal that Ctrl-C aborts. The handlers stay while the work lasts, since npm, tsx and the
 * terminal may each hand on the same Ctrl-C: the second must not kill what the first has asked to end in order.
 */
export async function withInterruption<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  for (const name of signals) process.on(name, interrupt);
  try {
    return await work(interruption.signal);
  } finally {
    for (const name of signals) process.off(name, interrupt);
  }
}
