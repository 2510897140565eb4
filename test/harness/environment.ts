import type { EnvironmentContext, JestEnvironmentConfig } from "@jest/environment";
import type { Circus } from "@jest/types";
import NodeEnvironment from "jest-environment-node";
import { labObstacle } from "../../lib/lab/prerequisites";
import { givePlaceBack } from "./lab-places";
import { removeLeftovers } from "./leftovers";
import { type Progress, standstill, standstillMs } from "./progress";

/** How often a test that is at work is looked at: so many times in the time for which nothing may move. */
const looks = 100;
/** More than any run of jest takes, and no more than a timer of Node takes. */
const neverMs = 2 ** 31 - 1;

type TestOrHook = Circus.TestEntry | Circus.Hook;

/**
 * A test and a hook have no time-out: however slow the machine is, what moves goes on. Where nothing has moved for ten
 * minutes it ends with the words of what stands still. A file that leaves a lab behind fails.
 */
export default class ProgressEnvironment extends NodeEnvironment {
  private readonly standstillMs: number;

  constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
    super(config, context);
    const { standstillMs: limit } = config.projectConfig.testEnvironmentOptions;
    this.standstillMs = typeof limit === "number" ? limit : standstillMs;
  }

  handleTestEvent(event: Circus.AsyncEvent | Circus.SyncEvent, state: Circus.State): void {
    if (event.name === "run_start") {
      state.testTimeout = neverMs;
      this.guardBlock(state.rootDescribeBlock);
    }
    if (event.name === "run_finish" && labObstacle() === undefined) {
      const left = removeLeftovers(({ pid }) => pid === process.pid);
      if (left.length > 0) state.unhandledErrors.push(new Error(`The file left behind: ${left.join(", ")}.`));
      givePlaceBack();
    }
  }

  private guardBlock(block: Circus.DescribeBlock): void {
    for (const hook of block.hooks) this.guard(hook, `${hook.type} of ${block.name}`);
    for (const child of block.children) {
      if (child.type === "describeBlock") this.guardBlock(child);
      else this.guard(child, child.name);
    }
  }

  private guard(entry: TestOrHook, words: string): void {
    const { fn } = entry;
    if (fn === undefined || fn.length > 0) return;
    const run = fn as (this: unknown) => unknown;
    const tell = () => this.tell(words);
    const whileMoving = (work: Promise<unknown>) => this.whileMoving(work);
    entry.fn = function (this: unknown) {
      tell();
      const result = run.call(this);
      return isPromise(result) ? whileMoving(result) : (result as undefined);
    };
  }

  private async whileMoving(work: Promise<unknown>): Promise<void> {
    let look: NodeJS.Timeout | undefined;
    const still = new Promise<never>((_, reject) => {
      look = setInterval(() => {
        const words = standstill(this.progress, this.standstillMs);
        if (words !== undefined) reject(new Error(words));
      }, this.standstillMs / looks);
    });
    try {
      await Promise.race([work, still]);
    } finally {
      clearInterval(look);
    }
  }

  private get progress(): Progress | undefined {
    return this.global.progress as Progress | undefined;
  }

  private tell(words: string): void {
    this.global.progress = { at: Date.now(), words };
  }
}

function isPromise(result: unknown): result is Promise<unknown> {
  return typeof result === "object" && result !== null && "then" in result;
}
