import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prodWith, problemsOf, problemWith } from "./prod-with";

/** A public key of fields as SSH writes them on the wire. */
function key(type: string, ...fields: Buffer[]): string {
  const written = [Buffer.from(type), ...fields].map((field) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(field.length);
    return Buffer.concat([length, field]);
  });
  return `${type} ${Buffer.concat(written).toString("base64")}`;
}

const ED25519 = key("ssh-ed25519", Buffer.alloc(32, 7));
const [, ED25519_BASE64 = ""] = ED25519.split(" ");

describe("The repository host's key", () => {
  test.each([
    ["ed25519", []],
    ["ecdsa", ["-b", "256"]],
    ["ecdsa", ["-b", "384"]],
    ["ecdsa", ["-b", "521"]],
    ["rsa", ["-b", "2048"]],
    ["rsa", ["-b", "4096"]],
  ])("may be any that ssh-keygen makes: %s %p", (type, options) => {
    const publicKey = generated(type, options);
    const [name = "", base64 = ""] = publicKey.split(" ");
    expect(problemsOf(prodWith({ "repository.hostKey": `${name} ${base64}` }))).toEqual([]);
  });

  test.each([
    ["", /no public host key of a known type/, /"TYPE BASE64"/],
    [ED25519_BASE64, /no public host key of a known type/, /ssh-ed25519/],
    [key("ssh-dss", Buffer.alloc(128)), /no public host key of a known type/, /"TYPE BASE64"/],
    ["SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU", /no public host key of a known type/, /TYPE/],
    ["ssh-ed25519", /no whole key of type ssh-ed25519/, /ssh-keyscan/],
    [ED25519.slice(0, -4), /no whole key of type ssh-ed25519/, /Copy the line again/],
    [`${ED25519}AAAA`, /no whole key of type ssh-ed25519/, /Copy the line again/],
    ["ssh-ed25519 AAAA…", /no whole key of type ssh-ed25519/, /Copy the line again/],
    [`ssh-rsa ${ED25519_BASE64}`, /no whole key of type ssh-rsa/, /Copy the line again/],
    [key("ssh-ed25519", Buffer.alloc(31)), /no whole key of type ssh-ed25519/, /Copy the line again/],
    [key("ssh-rsa", Buffer.from([3]), Buffer.alloc(129)), /no whole key of type ssh-rsa/, /Copy/],
  ])("cannot be %p", (hostKey, why, remedy) => {
    expect(problemWith({ "repository.hostKey": hostKey })).toEqual({
      key: "prod.repository.hostKey",
      value: expect.any(String),
      why: expect.stringMatching(why),
      remedy: expect.stringMatching(remedy),
    });
  });

  test.each([
    `pg-backrest.timescale.glimpse.internal ${ED25519}`,
    `${ED25519} root@pg-backrest`,
    `172.31.203.209 ${ED25519} root@pg-backrest`,
  ])("stands alone: in %p it is found and offered", (hostKey) => {
    expect(problemWith({ "repository.hostKey": hostKey })).toMatchObject({
      why: "has more beside the key than its type",
      remedy: `Leave out the host's name and the comment: "${ED25519}".`,
    });
  });
});

function generated(type: string, options: string[]): string {
  const directory = mkdtempSync(join(tmpdir(), "host-key-"));
  try {
    const file = join(directory, "key");
    execFileSync("ssh-keygen", ["-q", "-t", type, ...options, "-N", "", "-C", "", "-f", file]);
    return readFileSync(`${file}.pub`, "utf8").trim();
  } finally {
    rmSync(directory, { recursive: true });
  }
}
