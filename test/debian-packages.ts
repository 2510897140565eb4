import { execFileSync, spawnSync } from "node:child_process";

/** What the tests run on this machine beside the lab, and the Debian package that holds it. */
const packageOf: Record<string, string> = {
  psql: "postgresql-client",
  aws: "awscli",
  shellcheck: "shellcheck",
  "ssh-keygen": "openssh-client",
};

/** Runs once before all tests. As root it installs what is missing; otherwise it says what is missing. */
export default function installWhatTheTestsRun(): void {
  const missing = Object.keys(packageOf).filter((name) => spawnSync("which", [name]).status !== 0);
  if (missing.length === 0) return;
  const packages = missing.map((name) => packageOf[name] ?? name);
  if (process.getuid?.() !== 0 || spawnSync("which", ["apt-get"]).status !== 0) {
    throw new Error(
      `The tests need ${missing.join(", ")}. Install them (Debian: apt-get install ${packages.join(" ")}).`,
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  execFileSync("apt-get", ["update", "--quiet=2"], { env });
  execFileSync("apt-get", ["install", "--quiet=2", "--yes", "--no-install-recommends", ...packages], {
    env,
    stdio: "ignore",
  });
}
