import { once } from "node:events";
import { readFileSync, statSync } from "node:fs";
import { join, normalize } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createServer, type Server, type TLSSocket } from "node:tls";
import { issueCertificate } from "../certificates";
import type { LabSite } from "../lab-site";
import { switchAddress } from "../network";
import { patienceMs } from "../patience";
import { forwardFromSwitch, isOpenOnSwitch } from "../port-forward";

const domain = "packages.lab";
const port = 443;
const endOfHead = "\r\n\r\n";

/** The names by which the hosts reach the server, each for one owner of packages. */
export const packageHosts = {
  mirror: `mirror.${domain}`,
  postgresql: `postgresql.${domain}`,
  timescaledb: `timescaledb.${domain}`,
} as const;

/**
 * Serves files to the hosts over HTTPS, with a certificate of the lab's authority: what lies in
 * `directory`/NAME/PATH is found at https://NAME/PATH. It ends with this process.
 *
 * It speaks HTTP by itself: Node's server breaks off connections over TLS on which requests come before the answers to
 * those before them (HPE_PAUSED), as apt's do.
 */
export class PackageServer {
  /** "NAME/PATH" of every request, in order. */
  readonly requests: string[] = [];
  private readonly connections = new Set<TLSSocket>();

  private constructor(
    private readonly server: Server,
    readonly directory: string,
  ) {
    server.on("secureConnection", (connection) => this.serve(connection));
  }

  /** Starts it at port 443 of the switch, which must be there, and returns when it answers. */
  static async start(site: LabSite): Promise<PackageServer> {
    const { certificate, key } = issueCertificate(site.authority, `*.${domain}`, switchAddress);
    const server = createServer({ cert: certificate, key });
    const socket = join(site.runDirectory, "packages.sock");
    await once(server.listen(socket), "listening");
    forwardFromSwitch(site, port, socket);
    const deadline = Date.now() + patienceMs;
    while (!(await isOpenOnSwitch(site, port))) {
      if (Date.now() > deadline) throw new Error(`No package server at ${switchAddress}:${port}.`);
      await sleep(50);
    }
    return new PackageServer(server, join(site.directory, "packages"));
  }

  close(): void {
    this.server.close();
    for (const connection of this.connections) connection.destroy();
  }

  private serve(connection: TLSSocket): void {
    this.connections.add(connection);
    connection.on("close", () => this.connections.delete(connection));
    connection.on("error", () => connection.destroy()); // The host broke it off.
    let received = "";
    connection.setEncoding("latin1").on("data", (text: string) => {
      const heads = (received + text).split(endOfHead);
      received = heads.pop() ?? "";
      for (const head of heads) this.answer(head, connection);
    });
  }

  private answer(head: string, connection: TLSSocket): void {
    const target = /^GET (\S+) HTTP\/1\.1\r\n/.exec(head)?.[1] ?? "/";
    const name = /^Host: *(\S+)/im.exec(head)?.[1];
    const host = Object.values<string>(packageHosts).find((known) => known === name) ?? "unknown";
    const path = join(host, normalize(decodeURIComponent(target)));
    this.requests.push(path);
    const file = join(this.directory, path);
    const found = statSync(file, { throwIfNoEntry: false })?.isFile() === true;
    const body = found ? readFileSync(file) : Buffer.alloc(0);
    connection.write(
      `HTTP/1.1 ${found ? "200 OK" : "404 Not Found"}\r\nContent-Length: ${body.length}${endOfHead}`,
    );
    connection.write(body);
  }
}
