import { type ChildProcess, spawn } from "node:child_process";
import type { AgentHost } from "../../../lib/lab/ssm/endpoint";

// What a service manager gives an agent: no HOME, no USER, no SHELL.
const SERVICE = { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", LANG: "C.UTF-8" };

/** This machine as a host: enough for the protocol and the agent's rules, and quick. */
export class LocalAgentHost implements AgentHost {
  #up = true;
  readonly #children = new Set<ChildProcess>();

  constructor(
    readonly instanceId = "i-0123456789abcdef0",
    readonly name = "source",
  ) {}

  isUp(): boolean {
    return this.#up;
  }

  spawn(argv: string[], options: { env?: Record<string, string>; cwd?: string } = {}): ChildProcess {
    if (!this.#up) throw new Error(`${this.name} is down`);
    const [file = "", ...rest] = argv;
    const child = spawn(file, rest, { stdio: "pipe", ...options, env: { ...SERVICE, ...options.env } });
    this.#children.add(child);
    child.on("close", () => this.#children.delete(child));
    return child;
  }

  /** As if the power were cut: every process dies, then the host counts as down. */
  cutPower(): void {
    for (const child of this.#children) killGroup(child);
    this.#up = false;
  }

  boot(): void {
    this.#up = true;
  }
}

function killGroup(child: ChildProcess): void {
  try {
    process.kill(-(child.pid ?? 0), "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
}
