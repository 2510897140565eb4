/** A process of its own for hosts-interrupted.test.ts: starts a lab, prints its id, and holds it until it is ended. */
import { startNewLab } from "./start-lab";

async function hold(stateDirectory: string): Promise<void> {
  const lab = await startNewLab({
    started: ["target"],
    awaitTarget: false,
    stateDirectory,
    log: (line) => process.stderr.write(`${line}\n`),
  });
  process.stdout.write(`${lab.id}\n`);
  setInterval(() => undefined, 60_000);
}

void hold(process.argv[2] ?? "");
