import type { Environment } from "../../../config/environment";
import type { Host } from "../../host";
import type { LabNetwork } from "../../lab-network";
import type { AwsPlace } from "../../rehearsal/aws-contents";
import type { SsmEndpoint } from "../../ssm/endpoint";

/** What a fault has to work with. */
export interface Scene {
  /** The host that the step runs on; for what runs on none, the target. */
  readonly host: Host;
  readonly side: "source" | "target";
  readonly environment: Environment;
  readonly postgresqlMajor: number;
  readonly network: LabNetwork;
  readonly endpoint: SsmEndpoint;
  readonly executionId: string;
  readonly hosts: Readonly<Record<"source" | "target", Host>>;
  /** The double of AWS that has the application's secret. */
  readonly aws: AwsPlace;
  /** Resolves when the step that was struck has ended. */
  readonly stepEnded: Promise<void>;
  /** Resolves when the run has ended. */
  readonly runEnded: Promise<void>;
  /** To be called once the fault is there. */
  readonly struck: () => void;
}

/** Does it, and returns when it is mended. */
export type Strike = (scene: Scene) => Promise<void>;

/** Runs a script as root on a host; a failure of it is the lab's own. */
export async function onHost(host: Host, script: string, ...args: string[]): Promise<void> {
  const { code, stderr } = await host.run(["bash", "-euo", "pipefail", "-s", "--", ...args], {
    input: script,
  });
  if (code !== 0)
    throw new Error(`The fault on the ${host.name} host could not be made or mended: ${stderr}`);
}
