import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { command, CommandFailed } from "./command";
import type { LabSite } from "./lab-site";
import { metadataAddress, namespacePath, s3Address, switchAddress } from "./network";

/** Lets the hosts reach a unix socket of this machine at a port of the switch. */
export function forwardFromSwitch(site: LabSite, port: number, socket: string): ChildProcess {
  const listen = `TCP-LISTEN:${port},bind=${switchAddress},reuseaddr,fork,backlog=128,nodelay`;
  const inside = ["nsenter", `--net=${namespacePath(site.namespace("switch"))}`];
  return site.spawn("doubles", [...inside, "socat", listen, `UNIX-CONNECT:${socket}`]);
}

/** Lets the hosts reach a unix socket over TLS, at a port of the switch's address for S3. `certificate`: with its key. */
export function forwardTlsFromSwitch(
  site: LabSite,
  port: number,
  certificate: string,
  socket: string,
): ChildProcess {
  const listen = `OPENSSL-LISTEN:${port},bind=${s3Address},cert=${certificate},verify=0,reuseaddr,fork,backlog=128,nodelay`;
  const inside = ["nsenter", `--net=${namespacePath(site.namespace("switch"))}`];
  return site.spawn("doubles", [...inside, "socat", listen, `UNIX-CONNECT:${socket}`]);
}

/** Lets a host reach a unix socket where EC2's instances find their metadata. */
export function forwardFromMetadataAddress(site: LabSite, host: string, socket: string): ChildProcess {
  const listen = `TCP-LISTEN:80,bind=${metadataAddress},reuseaddr,fork,backlog=128,nodelay`;
  const inside = ["nsenter", `--net=${namespacePath(site.namespace(host))}`];
  return site.spawn("doubles", [...inside, "socat", listen, `UNIX-CONNECT:${socket}`]);
}

/** Lets this machine reach a unix socket at a port of its loopback. */
export function forwardFromLoopback(site: LabSite, port: number, socket: string): ChildProcess {
  const listen = `TCP-LISTEN:${port},bind=127.0.0.1,reuseaddr,fork,backlog=128,nodelay`;
  return site.spawn("doubles", ["socat", listen, `UNIX-CONNECT:${socket}`]);
}

/** Lets a unix socket lead to a port of this machine's loopback: the way out of the switch's namespace. */
export function forwardFromSocket(site: LabSite, socket: string, port: number): ChildProcess {
  const listen = `UNIX-LISTEN:${socket},fork,unlink-early,backlog=128`;
  return site.spawn("doubles", ["socat", listen, `TCP:127.0.0.1:${port},nodelay`]);
}

/** Whether something listens on a port of the switch. */
export function isOpenOnSwitch(site: LabSite, port: number, address = switchAddress): Promise<boolean> {
  return isOpen(site, "switch", address, port);
}

/** Whether something listens at an address of a member's own network namespace. */
export async function isOpen(site: LabSite, member: string, address: string, port: number): Promise<boolean> {
  const inside = ["nsenter", `--net=${namespacePath(site.namespace(member))}`];
  try {
    command([...inside, "socat", "-u", "OPEN:/dev/null", `TCP:${address}:${port}`]);
    return true;
  } catch (error) {
    if (error instanceof CommandFailed) return false;
    throw error;
  }
}

/** A port of the loopback that nothing listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Ends a forward; connections that it has taken go on. */
export async function end(forward: ChildProcess): Promise<void> {
  if ((forward.exitCode ?? forward.signalCode) !== null) return;
  const ended = once(forward, "exit");
  forward.kill("SIGKILL");
  await ended;
}
