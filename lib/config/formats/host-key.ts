import { publicKeyText } from "./public-key";

/** A host's public key, "TYPE BASE64": what the target's known_hosts pins. */
export const hostKey = publicKeyText({
  description:
    'the public host key as `ssh-keyscan` prints it without the name, "TYPE BASE64", such as "ssh-ed25519 AAAA…"',
  noun: "public host key",
  source: "ssh-keyscan on the repository host's own network",
  beside: "the host's name and the comment",
});
