import type { ChildProcess } from "node:child_process";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { issueCertificate, trustAuthority } from "./certificates";
import type { LabSite } from "./lab-site";
import { s3Address } from "./network";
import { patienceMs } from "./patience";
import { end, forwardTlsFromSwitch, isOpenOnSwitch } from "./port-forward";

const port = 443;

/** S3 as pgBackRest wants it: over TLS, at the endpoint's own name, with the buckets' names before it. */
export class S3Endpoint {
  private listener: ChildProcess | undefined;

  private constructor(
    private readonly site: LabSite,
    private readonly certificate: string,
    private readonly socket: string,
  ) {}

  /** Lets the hosts reach S3 under the endpoint's name. `socket`: where the double of S3 listens. */
  static async start(site: LabSite, endpoint: string, socket: string): Promise<S3Endpoint> {
    const { certificate, key } = issueCertificate(site.authority, endpoint, s3Address, `*.${endpoint}`);
    const file = join(site.directory, "s3-endpoint.pem");
    writeFileSync(file, certificate + key, { mode: 0o600 });
    const s3 = new S3Endpoint(site, file, socket);
    await s3.start();
    return s3;
  }

  /** Returns when it takes connections. */
  async start(): Promise<void> {
    if (this.listener !== undefined) return;
    this.listener = forwardTlsFromSwitch(this.site, port, this.certificate, this.socket);
    const deadline = Date.now() + patienceMs;
    while (!(await isOpenOnSwitch(this.site, port, s3Address))) {
      if (Date.now() > deadline) throw new Error(`No S3 at ${s3Address}:${port}.`);
      await sleep(50);
    }
  }

  /** Refuses connections from now on. For an endpoint that says nothing at all see `LabNetwork.swallow`. */
  async stop(): Promise<void> {
    if (this.listener !== undefined) await end(this.listener);
    this.listener = undefined;
  }
}

/** Lets a host that does not run yet find S3 by these names, and trust its certificate as its system's authorities'. */
export function letFindS3(root: string, names: readonly string[]): void {
  trustAuthority(root);
  appendFileSync(join(root, "etc/hosts"), `${s3Address} ${names.join(" ")}\n`);
}
