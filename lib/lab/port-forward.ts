import type { ChildProcess } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { command, CommandFailed } from "./command";
import type { LabSite } from "./lab-site";
import { namespacePath, switchAddress } from "./network";

/** Lets the hosts reach a unix socket of this machine at a port of the switch. */
export function forwardFromSwitch(site: LabSite, port: number, socket: string): ChildProcess {
  const listen = `TCP-LISTEN:${port},bind=${switchAddress},reuseaddr,fork,backlog=128,nodelay`;
  const inside = ["nsenter", `--net=${namespacePath(site.namespace("switch"))}`];
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
export async function isOpenOnSwitch(site: LabSite, port: number): Promise<boolean> {
  const inside = ["nsenter", `--net=${namespacePath(site.namespace("switch"))}`];
  try {
    command([...inside, "socat", "-u", "OPEN:/dev/null", `TCP:${switchAddress}:${port}`]);
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
