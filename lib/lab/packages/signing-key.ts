import { mkdirSync } from "node:fs";
import { command } from "../command";

/** A key of the lab's own that signs repositories. It lives in a directory of the lab and goes with it. */
export class SigningKey {
  private constructor(
    private readonly home: string,
    /** Forty hexadecimal digits, upper case. */
    readonly fingerprint: string,
    /** As vendors publish theirs: armored. */
    readonly publicKey: string,
  ) {}

  static create(home: string): SigningKey {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    return withGpg(home, (gpg) => {
      gpg("--passphrase", "", "--quick-generate-key", "timescale-cutover lab", "ed25519", "sign", "never");
      const fingerprint = /^fpr:(?:[^:]*:){8}([0-9A-F]{40}):/m.exec(gpg("--with-colons", "--list-keys"))?.[1];
      if (fingerprint === undefined) throw new Error(`gpg made no key in ${home}.`);
      return new SigningKey(home, fingerprint, gpg("--armor", "--export", fingerprint));
    });
  }

  /** Writes a copy of a text file that holds its signature. */
  clearSign(file: string, signed: string): void {
    withGpg(this.home, (gpg) => gpg("--yes", "--clearsign", "--output", signed, file));
  }
}

type Gpg = (...args: string[]) => string;

/** gpg starts an agent for a home; it is ended with the work, so that the lab leaves no process behind. */
function withGpg<Result>(home: string, work: (gpg: Gpg) => Result): Result {
  try {
    return work((...args) =>
      command(["gpg", "--homedir", home, "--batch", "--quiet", "--pinentry-mode", "loopback", ...args]),
    );
  } finally {
    command(["gpgconf", "--homedir", home, "--kill", "gpg-agent"]);
  }
}
