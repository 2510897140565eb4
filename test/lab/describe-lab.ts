import { labObstacle } from "../../lib/lab/prerequisites";

/**
 * A `describe` for tests that need the lab. On a computer that cannot hold it they are left out with one line that
 * says so; with CI=true leaving them out is a failure.
 */
export function describeLab(name: string, body: () => void): void {
  const obstacle = labObstacle();
  if (obstacle === undefined) {
    describe(name, body);
  } else if (process.env["CI"] === "true") {
    describe(name, () => {
      it("runs in the lab", () => {
        throw new Error(`CI must run the lab's tests. ${obstacle}`);
      });
    });
  } else {
    process.stderr.write(`Left out: ${name}. ${obstacle}\n`);
    // Said above, and never in CI: this computer cannot hold the lab.
    describe.skip(name, body);
  }
}
