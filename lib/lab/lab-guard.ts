import { demolish } from "./demolish";
import type { LabRecord } from "./lab-record";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Takes the lab down when this process ends by a signal, by `process.exit` or by an error that nobody caught.
 * Returns the function that ends the guard. (After a SIGKILL the next lab does it: `removeAbandonedLabs`.)
 */
export function guardLab(record: LabRecord): () => void {
  const onExit = () => demolishAloud(record);
  const onSignal = (signal: NodeJS.Signals) => {
    // Still guarded: npm and tsx pass a Ctrl-C on, and its second signal must not end this process half-way.
    demolishAloud(record);
    release();
    // Nobody else wants to outlive the signal: the caller shall see that it ended this process.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const release = () => {
    process.off("exit", onExit);
    for (const signal of signals) process.off(signal, onSignal);
  };
  process.on("exit", onExit);
  for (const signal of signals) process.on(signal, onSignal);
  return release;
}

/** The process is ending: what cannot be taken down can only be told. */
function demolishAloud(record: LabRecord): void {
  try {
    demolish(record);
  } catch (error) {
    process.stderr.write(
      `Lab ${record.id} was not taken down whole: ${String(error)}\nThe next lab tries again.\n`,
    );
  }
}
