import Sequencer from "@jest/test-sequencer";

/** The first lab of a machine builds the image of its hosts, for minutes, and every other lab waits for it. */
const inLab = ({ path }) => path.includes("/test/lab/") || path.endsWith("/test/host/deploy.test.ts");

/** One test in the lab first; beside it what needs none; then the other labs. Each group as jest sorts it, longest first. */
export default class OneLabFirst extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    const [first, ...others] = sorted.filter(inLab);
    return [...(first ? [first] : []), ...sorted.filter((test) => !inLab(test)), ...others];
  }
}
