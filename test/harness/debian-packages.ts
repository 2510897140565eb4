import { installCommands, isDebianCommand } from "../../lib/lab/required-commands";

/** What the tests run on this machine beside the lab, and the Debian package that holds it. */
const packageOf: Record<string, string> = {
  psql: "postgresql-client",
  aws: "awscli",
  jq: "jq",
  shellcheck: "shellcheck",
  "ssh-keygen": "openssh-client",
};

/** As root it installs what is missing; otherwise it says what is missing. */
export function installWhatTheTestsRun(): void {
  if (process.getuid?.() === 0) {
    installCommands(packageOf, (line) => process.stderr.write(`${line}\n`));
    return;
  }
  const missing = Object.keys(packageOf).filter((name) => !isDebianCommand(name));
  if (missing.length === 0) return;
  const packages = missing.map((name) => packageOf[name]);
  throw new Error(
    `The tests need ${missing.join(", ")} in /usr/bin. Install them (Debian: apt-get install ${packages.join(" ")}).`,
  );
}
