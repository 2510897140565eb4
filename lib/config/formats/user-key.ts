import { publicKeyText } from "./public-key";

/** A user's public key, "TYPE BASE64": what an authorized_keys lets in. */
export const userKey = publicKeyText({
  description:
    'the public key of the user that pgBackRest runs as there, as its id_ed25519.pub has it without the comment, "TYPE BASE64", such as "ssh-ed25519 AAAA…"',
  noun: "public key of OpenSSH",
  source: "cat ~postgres/.ssh/id_ed25519.pub on the repository host",
  beside: "options and the comment",
});
