import { text, type Verdict } from "./text";

/** How many bytes each field of a public key has after its type (RFC 4253, 5656, 8709), least and most. */
const FIELDS: Record<string, readonly (readonly [number, number])[]> = {
  "ssh-ed25519": [[32, 32]],
  "ecdsa-sha2-nistp256": [
    [8, 8],
    [65, 65],
  ],
  "ecdsa-sha2-nistp384": [
    [8, 8],
    [97, 97],
  ],
  "ecdsa-sha2-nistp521": [
    [8, 8],
    [133, 133],
  ],
  // Exponent, and a modulus of 2048 to 16384 bits with the sign's byte before it: OpenSSH refuses smaller.
  "ssh-rsa": [
    [1, 8],
    [257, 2049],
  ],
};

/** A public key of OpenSSH, "TYPE BASE64". */
export interface PublicKeyForm {
  /** What is wanted, as a noun phrase with its form and an example. */
  readonly description: string;
  /** What it is called in a problem, such as "public host key". */
  readonly noun: string;
  /** What prints the line that the key is copied from. */
  readonly source: string;
  /** What may stand beside it there, and does not belong to it. */
  readonly beside: string;
}

export function publicKeyText({ description, ...form }: PublicKeyForm) {
  return text(description, (value) => examineKey(value, form));
}

function examineKey(value: string, form: Omit<PublicKeyForm, "description">): Verdict | undefined {
  const words = value.split(" ");
  const at = words.findIndex((word) => Object.hasOwn(FIELDS, word));
  const [type, base64] = [words[at], words[at + 1]];
  if (type === undefined) {
    return {
      why: `is no ${form.noun} of a known type`,
      remedy: `Write "TYPE BASE64", the type one of ${Object.keys(FIELDS).join(", ")}.`,
    };
  }
  if (base64 === undefined || !isKeyOf(type, base64)) {
    return {
      why: `is no whole key of type ${type}`,
      remedy: `Copy the line again: ${form.source} prints it.`,
    };
  }
  if (words.length === 2) return undefined;
  return {
    why: "has more beside the key than its type",
    remedy: `Leave out ${form.beside}: "${type} ${base64}".`,
  };
}

function isKeyOf(type: string, base64: string): boolean {
  const bytes = Buffer.from(base64, "base64");
  if (bytes.toString("base64") !== base64) return false;
  const fields = fieldsOf(bytes);
  const [named, ...values] = fields ?? [];
  const wanted = FIELDS[type]!;
  return (
    named?.toString() === type &&
    values.length === wanted.length &&
    wanted.every(([least, most], index) => least <= values[index]!.length && values[index]!.length <= most)
  );
}

/** SSH's wire format: each field is its length in four bytes and then its bytes. Undefined when it does not add up. */
function fieldsOf(bytes: Buffer): Buffer[] | undefined {
  if (bytes.length === 0) return [];
  if (bytes.length < 4) return undefined;
  const end = 4 + bytes.readUInt32BE(0);
  if (end > bytes.length) return undefined;
  const rest = fieldsOf(bytes.subarray(end));
  return rest && [bytes.subarray(4, end), ...rest];
}
