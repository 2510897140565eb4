import { installCommands } from "../required-commands";

/** What makes a signed repository on this machine, and the Debian package that holds it. */
const packageOf = {
  "apt-ftparchive": "apt-utils",
  "dpkg-deb": "dpkg",
  gpg: "gpg",
  gpgconf: "gpgconf",
  "gpg-agent": "gpg-agent",
};

/** Installs what the lab's package repositories lack on this machine. */
export function installRepositoryCommands(log: (line: string) => void): void {
  installCommands(packageOf, log);
}
