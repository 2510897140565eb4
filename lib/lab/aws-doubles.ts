import type { ChildProcess } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { LabSite } from "./lab-site";
import { addMetadataAddress, metadataAddress, switchAddress } from "./network";
import { mountOverlay } from "./overlay";
import { patienceMs } from "./patience";
import {
  end,
  forwardFromLoopback,
  forwardFromMetadataAddress,
  forwardFromSocket,
  forwardFromSwitch,
  freePort,
  isOpen,
  isOpenOnSwitch,
} from "./port-forward";
import { S3Endpoint } from "./s3-endpoint";

/** The ports of the switch where the hosts find AWS. */
const ports = { moto: 5000, ssm: 5001 };
const motoScripts = [
  "moto_server.py",
  "simulated_policy.py",
  "instance_metadata.py",
  "cloudformation_signals.py",
];

export interface AwsSettings {
  region: string;
  /** Twelve digits: the account that the doubles say they are. */
  account: string;
}

/**
 * S3, Secrets Manager, STS and the rest as moto plays them, and SSM's parameters; what else SSM does is the lab's own
 * endpoint's (`exposeSsm`).
 */
export class AwsDoubles {
  /** moto as this machine sees it. */
  readonly url: string;
  /** moto as the hosts see it. */
  readonly hostUrl = `http://${switchAddress}:${ports.moto}`;
  /** SSM as the hosts see it: moto's, and the lab's endpoint once `exposeSsm` was called. */
  readonly hostSsmUrl = `http://${switchAddress}:${ports.ssm}`;

  #s3: S3Endpoint | undefined;

  private constructor(
    private readonly site: LabSite,
    private readonly socket: string,
    port: number,
    private ssmForwards: ChildProcess[],
  ) {
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Starts moto from the lab's own image, whatever root the hosts have; returns when it answers. */
  static async start(site: LabSite, image: string, settings: AwsSettings): Promise<AwsDoubles> {
    const socket = await startMoto(site, image, settings);
    const port = await freePort();
    const processes = [forwardFromLoopback(site, port, socket), forwardFromSwitch(site, ports.moto, socket)];
    const ssm = forwardFromSwitch(site, ports.ssm, socket);
    const doubles = new AwsDoubles(site, socket, port, [ssm]);
    await answers(site, [...processes, ssm], () => isOpenOnSwitch(site, ports.ssm));
    await answers(site, processes, () => fetch(`${doubles.url}/moto-api/`).then((response) => response.ok));
    return doubles;
  }

  /** Lets the hosts reach an SSM endpoint that listens on a port of this machine's loopback, in place of the one before. */
  async exposeSsm(port: number): Promise<void> {
    const socket = join(this.site.runDirectory, "ssm.sock");
    await Promise.all(this.ssmForwards.map(end));
    this.ssmForwards = [
      forwardFromSocket(this.site, socket, port),
      forwardFromSwitch(this.site, ports.ssm, socket),
    ];
    await answers(this.site, this.ssmForwards, () => isOpenOnSwitch(this.site, ports.ssm));
  }

  /** Lets the hosts reach S3 under an endpoint's own name, over TLS. */
  async serveS3(endpoint: string): Promise<void> {
    this.#s3 ??= await S3Endpoint.start(this.site, endpoint, this.socket);
  }

  /** S3 as pgBackRest finds it. */
  get s3(): S3Endpoint {
    if (this.#s3 === undefined) throw new Error("No host of the lab asks for S3 by its name.");
    return this.#s3;
  }

  /** Lets a host ask for its instance's metadata where EC2 has it, once. */
  async serveMetadata(host: string): Promise<void> {
    addMetadataAddress(this.site, host);
    const forward = forwardFromMetadataAddress(this.site, host, this.socket);
    await answers(this.site, [forward], () => isOpen(this.site, host, metadataAddress, 80));
  }
}

/** What a process of a host needs to find AWS: on EC2 the region and the role's credentials are there for all. */
export function hostEnvironment(host: string, region: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: `http://${switchAddress}:${ports.moto}`,
    AWS_ENDPOINT_URL_SSM: `http://${switchAddress}:${ports.ssm}`,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: `LAB${host.toUpperCase()}`,
    AWS_SECRET_ACCESS_KEY: "not-a-secret",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

/** Returns the unix socket that moto listens on. */
async function startMoto(site: LabSite, image: string, { region, account }: AwsSettings): Promise<string> {
  const root = mountOverlay([image], join(site.directory, "doubles"));
  for (const script of motoScripts)
    copyFileSync(join(__dirname, "doubles", script), join(root, "srv", script));
  mkdirSync(join(root, "run/moto"), { recursive: true });
  // The socket's folder is this machine's: its path must be short, and nothing outside sees the bind mount.
  const enter =
    'mount --bind "$1" "$2/run/moto" && mount -t proc proc "$2/proc" && root=$2 && shift 2 && exec chroot "$root" "$@"';
  const python = ["python3", "-B", "/srv/moto_server.py", "/run/moto/moto.sock"];
  const env = {
    PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
    LANG: "C.UTF-8",
    AWS_DEFAULT_REGION: region,
    MOTO_ACCOUNT_ID: account,
  };
  const argv = ["unshare", "--mount", "sh", "-c", enter, "sh", site.runDirectory, root, ...python];
  const moto = site.spawn("doubles", argv, env);
  const socket = join(site.runDirectory, "moto.sock");
  await answers(site, [moto], () => Promise.resolve(existsSync(socket)));
  return socket;
}

/** Waits until the probe succeeds; gives up when one of the processes ends, as they do when the lab is taken down. */
async function answers(
  site: LabSite,
  processes: ChildProcess[],
  probe: () => Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + patienceMs;
  let cause: unknown;
  while (
    Date.now() < deadline &&
    processes.every(({ exitCode, signalCode }) => (exitCode ?? signalCode) === null)
  ) {
    try {
      if (await probe()) return;
    } catch (error) {
      cause = error;
    }
    await sleep(50);
  }
  throw new Error(`The AWS doubles do not answer: ${site.lastOfLog("doubles")}`, { cause });
}
