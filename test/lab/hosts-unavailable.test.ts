import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LabUnavailable } from "../../lib/lab/lab-unavailable";
import { assertRoom } from "../../lib/lab/prerequisites";
import { serverMajor } from "../../lib/lab/root-contents";
import { describeLab } from "./describe-lab";
import { startNewLab } from "./start-lab";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "lab-unavailable-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

describe("A machine that cannot hold the lab", () => {
  it("is told how much room is wanted, how much there is, and what to do, in one line", () => {
    const thrown = errorOf(() => assertRoom(directory, 1e18, "SOME_VARIABLE"));
    expect(thrown).toBeInstanceOf(LabUnavailable);
    expect(thrown.message).toMatch(
      /^The lab needs 1000000000\.0 GB free in \S+: it has [\d.]+ GB\. Make room, or set SOME_VARIABLE .*$/,
    );
  });

  it("is told that a root holds no PostgreSQL server", () => {
    const thrown = errorOf(() => serverMajor(directory));
    expect(thrown).toBeInstanceOf(LabUnavailable);
    expect(thrown.message).toContain("holds no PostgreSQL server (usr/lib/postgresql/<major>/bin/postgres)");
  });
});

describeLab("A root that cannot serve the hosts", () => {
  it.each([
    ["is no Debian", () => undefined, /is no root of Debian/],
    ["holds no PostgreSQL", makeDebian, /holds no PostgreSQL server/],
    ["holds no TimescaleDB", makeServer, /holds no TimescaleDB for PostgreSQL 16/],
  ])("is refused before any host is made when it %s, and is not written to", async (_, make, message) => {
    make();
    const before = statSync(directory).mtimeMs;
    const start = startNewLab({ rootfs: directory });
    await expect(start).rejects.toThrow(LabUnavailable);
    await expect(start).rejects.toThrow(message);
    expect(statSync(directory).mtimeMs).toBe(before);
  });
});

function makeDebian(): void {
  for (const file of ["etc/os-release", "var/lib/dpkg/status"]) write(file);
}

function makeServer(): void {
  makeDebian();
  write("usr/lib/postgresql/16/bin/postgres");
}

function write(file: string): void {
  mkdirSync(join(directory, file, ".."), { recursive: true });
  writeFileSync(join(directory, file), "");
}

function errorOf(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    return error as Error;
  }
  throw new Error("It did not throw.");
}
