import { command } from "./command";
import type { HostName } from "./host";
import type { LabSite } from "./lab-site";

/** What can be done to the hosts' cables. */
export class LabNetwork {
  constructor(private readonly site: LabSite) {}

  /** Unplugs a host, or plugs it in again. */
  setLink(host: HostName, state: "up" | "down"): void {
    command(["ip", "-n", this.site.namespace("switch"), "link", "set", host, state]);
  }

  /** Lets a host receive and send no more than so many megabits a second. */
  slowDown(host: HostName, megabits: number): void {
    const shape = ["root", "tbf", "rate", `${megabits}mbit`, "burst", "32kbit", "latency", "400ms"];
    for (const [namespace, device] of this.#endsOf(host)) {
      command(["tc", "-n", namespace, "qdisc", "replace", "dev", device, ...shape]);
    }
  }

  /** Takes the limit away again. */
  speedUp(host: HostName): void {
    for (const [namespace, device] of this.#endsOf(host)) {
      command(["tc", "-n", namespace, "qdisc", "delete", "dev", device, "root"]);
    }
  }

  /** Lets all that a host sends to an address go to nobody: neither refused nor answered. */
  swallow(host: HostName, address: string): void {
    const nobody = ["lladdr", "02:00:00:00:00:01", "nud", "permanent", "dev", "eth0"];
    command(["ip", "-n", this.site.namespace(host), "neigh", "replace", address, ...nobody]);
  }

  /** Lets it arrive again. */
  letThrough(host: HostName, address: string): void {
    command(["ip", "-n", this.site.namespace(host), "neigh", "delete", address, "dev", "eth0"]);
  }

  /** Each end of the cable shapes what it sends. */
  #endsOf(host: HostName): [namespace: string, device: string][] {
    return [
      [this.site.namespace("switch"), host],
      [this.site.namespace(host), "eth0"],
    ];
  }
}
