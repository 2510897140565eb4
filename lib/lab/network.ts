import { command } from "./command";
import type { LabSite } from "./lab-site";

/** The switch's own address: where the hosts reach the AWS doubles. */
export const switchAddress = "172.31.203.1";
/** Another of its addresses: where the target finds S3 by the endpoint's name. */
export const s3Address = "172.31.203.2";
/** Where EC2 lets every instance ask about itself. */
export const metadataAddress = "169.254.169.254";
const prefixLength = 24;

/** Makes the switch: a bridge in a network namespace of its own, so that the lab's addresses clash with nothing. */
export function createSwitch(site: LabSite): void {
  const namespace = site.namespace("switch");
  command(["ip", "netns", "add", namespace]);
  inNamespace(namespace, "link", "set", "lo", "up");
  inNamespace(namespace, "link", "add", "bridge", "type", "bridge");
  for (const address of [switchAddress, s3Address])
    inNamespace(namespace, "addr", "add", `${address}/${prefixLength}`, "dev", "bridge");
  inNamespace(namespace, "link", "set", "bridge", "up");
}

/**
 * Makes a host's namespace with one interface on the switch. It belongs to no process, so it survives the host's
 * reboots. It has no default route: what leaves the lab's network fails at once instead of hanging.
 */
export function connectToSwitch(site: LabSite, host: string, address: string): void {
  const [namespace, switchNamespace] = [site.namespace(host), site.namespace("switch")];
  command(["ip", "netns", "add", namespace]);
  const veth = ["link", "add", host, "netns", switchNamespace, "type", "veth", "peer", "name", "eth0"];
  command(["ip", ...veth, "netns", namespace]);
  inNamespace(switchNamespace, "link", "set", host, "master", "bridge", "up");
  inNamespace(namespace, "link", "set", "lo", "up");
  inNamespace(namespace, "addr", "add", `${address}/${prefixLength}`, "dev", "eth0");
  inNamespace(namespace, "link", "set", "eth0", "up");
}

/** Gives a host the address of EC2's instance metadata: it is the instance's own, and no cable leads to it. */
export function addMetadataAddress(site: LabSite, host: string): void {
  inNamespace(site.namespace(host), "addr", "add", `${metadataAddress}/32`, "dev", "lo");
}

export function namespacePath(namespace: string): string {
  return `/run/netns/${namespace}`;
}

function inNamespace(namespace: string, ...args: string[]): void {
  command(["ip", "-n", namespace, ...args]);
}
