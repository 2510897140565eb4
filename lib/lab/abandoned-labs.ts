import { demolish } from "./demolish";
import { abandonedLabs, keptLabs, type LabRecord } from "./lab-record";

/** Takes down the labs whose owner was killed before it could; a lab whose owner lives is never touched. */
export function removeAbandonedLabs(log: (line: string) => void): void {
  removeEach(abandonedLabs(), log);
}

/** Takes down the labs that were left up on purpose. */
export function removeKeptLabs(log: (line: string) => void): void {
  removeEach(keptLabs(), log);
}

/** One that resists must not stop a new lab: it shares nothing with it. */
function removeEach(records: LabRecord[], log: (line: string) => void): void {
  for (const record of records) {
    try {
      demolish(record);
      log(`took down lab ${record.id}, which an earlier run had left`);
    } catch (error) {
      log(`lab ${record.id}, which an earlier run had left, cannot be taken down: ${String(error)}`);
    }
  }
}
