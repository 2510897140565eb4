import Sequencer from "@jest/test-sequencer";

/** The first lab of a machine builds the image of its hosts, for minutes, and every other lab waits for it. */
const inLab = ({ path }) => path.includes("/test/lab/") || path.endsWith("/test/host/deploy.test.ts");

/** These take the longest, the longest first: begun last, one of them would run on alone. A fresh clone has timed nothing. */
const longest = [
  "cutover/story",
  "faults",
  "archiving/archive-status",
  "archiving/recover",
  "preflight/reads-only",
  "archiving/s3-repository",
  "boot/taken-over-volume",
  "boot/metrics",
];

const place = ({ path }) => {
  const found = longest.findIndex((name) => path.endsWith(`/test/lab/${name}.test.ts`));
  return found === -1 ? longest.length : found;
};

/** One test in the lab first; beside it what needs none; then the other labs. Each group longest first. */
export default class OneLabFirst extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    const [first, ...others] = sorted.filter(inLab).sort((one, other) => place(one) - place(other));
    return [...(first ? [first] : []), ...sorted.filter((test) => !inLab(test)), ...others];
  }
}
