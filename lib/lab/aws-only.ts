import { resolve } from "node:path";
import { removeAbandonedLabs } from "./abandoned-labs";
import { AwsDoubles, type AwsSettings } from "./aws-doubles";
import { demolish, tracesOf } from "./demolish";
import { baseImage } from "./image";
import { guardLab } from "./lab-guard";
import { enterLab, type LabRecord } from "./lab-record";
import { LabSite } from "./lab-site";
import { createSwitch } from "./network";
import { assertLabPossible, defaultStateDirectory } from "./prerequisites";
import { installRequiredCommands } from "./required-commands";

export interface AwsOnlyOptions extends AwsSettings {
  log: (line: string) => void;
}

/** The AWS doubles of a lab without its hosts. Whatever ends this process takes them with it, as it does a lab. */
export class AwsOnly {
  private constructor(
    readonly aws: AwsDoubles,
    private readonly record: LabRecord,
    private readonly release: () => void,
  ) {}

  /** Throws `LabUnavailable` when this machine cannot hold them. */
  static async start({ log, ...settings }: AwsOnlyOptions): Promise<AwsOnly> {
    const stateDirectory = resolve(defaultStateDirectory());
    assertLabPossible(stateDirectory);
    installRequiredCommands(log);
    removeAbandonedLabs(log);
    const record = enterLab(stateDirectory);
    const release = guardLab(record);
    try {
      const site = new LabSite(record);
      site.create();
      const image = await baseImage(site, log);
      createSwitch(site); // The doubles answer there too.
      return new AwsOnly(await AwsDoubles.start(site, image, settings), record, release);
    } catch (error) {
      release();
      demolish(record);
      throw error;
    }
  }

  stop(): void {
    this.release();
    demolish(this.record);
  }

  /** What is left on this machine, a line each; nothing once it was stopped. */
  traces(): string[] {
    return tracesOf(this.record);
  }
}
