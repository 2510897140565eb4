import { availableParallelism } from "node:os";
import Sequencer from "@jest/test-sequencer";

const inLab = ({ path }) => path.includes("/test/lab/") || path.endsWith("/test/host/deploy.test.ts");

/** These take the longest, the longest first: begun last, one of them would run on alone. A fresh clone has timed nothing. */
const longest = [
  "lab/cutover/story",
  "lab/faults",
  "lab/rehearsal/sample",
  "lab/archiving/restore-drill",
  "lab/archiving/archive-status",
  "lab/archiving/recover",
  "lab/preflight/reads-only",
  "lab/archiving/s3-repository",
  "lab/boot/taken-over-volume",
  "lab/boot/metrics",
  "lint",
  "runbook/step-script",
  "host/synthesis",
  "sql/postgresql-16",
];

const place = ({ path }) => {
  const found = longest.findIndex((name) => path.endsWith(`/test/${name}.test.ts`));
  return found === -1 ? longest.length : found;
};

/**
 * As many tests in the lab as always have a place; then the others between those in the lab, which wait for places while
 * these have the processors. Each kind longest first.
 */
export default class LabsFirst extends Sequencer {
  async sort(tests) {
    const sorted = [...(await super.sort(tests))].sort((one, other) => place(one) - place(other));
    const [labs, others] = [sorted.filter(inLab), sorted.filter((test) => !inLab(test))];
    const first = labs.splice(0, availableParallelism());
    const between = Math.ceil(others.length / Math.max(1, labs.length));
    const mixed = labs.flatMap((lab) => [...others.splice(0, between), lab]);
    return [...first, ...mixed, ...others];
  }
}
