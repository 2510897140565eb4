import { patterned, text, type Verdict } from "./text";

export const suite = patterned(
  'the name of a suite in a package repository (its directory under dists/), such as "noble"',
  /^[A-Za-z0-9][A-Za-z0-9.+~_-]*(\/[A-Za-z0-9][A-Za-z0-9.+~_-]*)*$/,
  "is no name of a suite",
);

export const component = patterned(
  'the name of a component of a package repository, such as "main"',
  /^[A-Za-z0-9][A-Za-z0-9.+_-]*$/,
  "is no name of a component",
);

/** A whole fingerprint: a short key id can be forged. */
export const keyFingerprint = text(
  'the fingerprint of the signing key, 40 digits 0-9A-F as `gpg --show-keys` prints it, such as "B97B0AFCAA1A47F044F244A07FCC7D46ACCC4CF8"',
  examineFingerprint,
);

function examineFingerprint(value: string): Verdict | undefined {
  if (/^[0-9A-F]{40}$/.test(value)) return undefined;
  const plain = value.replace(/[\s:]/g, "").toUpperCase();
  if (/^[0-9A-F]{40}$/.test(plain)) {
    return { why: "is a fingerprint in another spelling", remedy: `Write "${plain}".` };
  }
  const short = /^(0X)?([0-9A-F]{8}|[0-9A-F]{16})$/.test(plain);
  return { why: short ? "is a key's id, not its fingerprint" : "is no fingerprint of a key" };
}
