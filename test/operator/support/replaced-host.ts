import type { EnvironmentInput } from "../../../lib/config/environment";
import type { AwsDouble } from "./aws-double";
import { cutoverIn, withAwsDouble } from "./command-line";
import { lab } from "./environment";
import { HostDouble, newInstance, oldInstance } from "./host-double";

export const hostName = "timescale-cutover-lab-target";
export const identifier = "7301234567890123456";

/** What stop-server prints. */
export const stopped = {
  ...{ step: "stop-server", status: "succeeded" },
  cluster: { systemIdentifier: identifier, state: "shut down", checkpoint: "0/5000028" },
};
/** What host-status prints while the boot goes on, and once it has succeeded. */
export const going = { step: "host-status", status: "succeeded", boot: null, cluster: null };
export const back = {
  ...going,
  boot: { status: "succeeded", dataVolume: { found: "cluster" } },
  cluster: {
    ...{ systemIdentifier: identifier, version: "16.10", inRecovery: false, archiving: "on" },
    databases: ["postgres", "tracker"],
  },
};

/** The double of AWS for each test of the file, with a host that may be replaced. */
export class ReplacedHost {
  #host: HostDouble | undefined;
  readonly #double = withAwsDouble();

  constructor() {
    beforeEach(async () => {
      this.#host = await HostDouble.start();
      process.env["AWS_ENDPOINT_URL_EC2"] = this.host.url;
      process.env["AWS_ENDPOINT_URL_CLOUDFORMATION"] = this.host.url;
      this.aws.online.add(oldInstance).add(newInstance);
      this.printing(stopped, going, back);
      this.aws.commandInvocations = [
        { RequestedDateTime: 1795238000, CommandPlugins: [{ Output: JSON.stringify(stopped) }] },
      ];
    });
    afterEach(() => this.host.stop());
  }

  get host(): HostDouble {
    if (this.#host === undefined) throw new Error("no test is running");
    return this.#host;
  }

  get aws(): AwsDouble {
    return this.#double.aws;
  }

  /** What the commands print, one after the other; the last stays. One that says that it failed has failed. */
  printing(...results: { status: string }[]): void {
    this.aws.invocations = results.map((result) => ({
      Status: result.status === "failed" ? "Failed" : "Success",
      StandardOutputContent: `${JSON.stringify(result)}\n`,
    }));
  }

  /** `cutover host replace` of the second generation, with the host's name typed. */
  replace(...more: string[]): ReturnType<typeof cutoverIn> {
    return cutoverIn(secondGeneration, "host", "replace", "--env", "lab", "--confirm", hostName, ...more);
  }

  /** The documents that were sent. */
  get documents(): unknown[] {
    return this.aws.askedFor("SendCommand").map(({ DocumentName }) => DocumentName);
  }
}

export const secondGeneration: EnvironmentInput = { ...lab, target: { ...lab.target, generation: 2 } };
