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

const known = [
  ["ed25519", []],
  ["ecdsa", ["-b", "256"]],
  ["ecdsa", ["-b", "384"]],
  ["ecdsa", ["-b", "521"]],
  ["rsa", ["-b", "2048"]],
  ["rsa", ["-b", "4096"]],
] as const;

const kinds = [
  {
    name: "repository.hostKey",
    noun: "public host key",
    source: "ssh-keyscan",
    beside: "the host's name and the comment",
  },
  {
    name: "repository.publicKey",
    noun: "public key of OpenSSH",
    source: "cat ~postgres/.ssh/id_ed25519.pub",
    beside: "options and the comment",
  },
];

describe.each(kinds)("$name", ({ name, noun, source, beside }) => {
  test.each(known)("may be any that ssh-keygen makes: %s %p", (type, options) => {
    const [word = "", base64 = ""] = generated(type, options).split(" ");
    expect(problemsOf(prodWith({ [name]: `${word} ${base64}` }))).toEqual([]);
  });

  test.each([
    ["", /"TYPE BASE64"/],
    [ED25519_BASE64, /ssh-ed25519/],
    [key("ssh-dss", Buffer.alloc(128)), /"TYPE BASE64"/],
    ["SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU", /TYPE/],
  ])("cannot be %p: its type is not known", (value, remedy) => {
    expect(problemWith({ [name]: value })).toEqual({
      key: `prod.${name}`,
      value: expect.any(String) as string,
      why: `is no ${noun} of a known type`,
      remedy: expect.stringMatching(remedy) as string,
    });
  });

  test.each([
    ["ssh-ed25519", "ssh-ed25519"],
    [ED25519.slice(0, -4), "ssh-ed25519"],
    [`${ED25519}AAAA`, "ssh-ed25519"],
    [`${ED25519}\n${ED25519}`, "ssh-ed25519"],
    ["ssh-ed25519 AAAA…", "ssh-ed25519"],
    [`ssh-rsa ${ED25519_BASE64}`, "ssh-rsa"],
    [key("ssh-ed25519", Buffer.alloc(31)), "ssh-ed25519"],
    [key("ssh-rsa", Buffer.from([3]), Buffer.alloc(129)), "ssh-rsa"],
  ])("cannot be %p: it is not whole", (value, type) => {
    expect(problemWith({ [name]: value })).toEqual({
      key: `prod.${name}`,
      value: expect.any(String) as string,
      why: `is no whole key of type ${type}`,
      remedy: expect.stringMatching(`Copy the line again: ${source}`) as string,
    });
  });

  test.each([
    `pg-backrest.timescale.glimpse.internal ${ED25519}`,
    `from="172.31.203.209" ${ED25519}`,
    `${ED25519} root@pg-backrest`,
    `172.31.203.209 ${ED25519} root@pg-backrest`,
  ])("stands alone: in %p it is found and offered", (value) => {
    expect(problemWith({ [name]: value })).toMatchObject({
      why: "has more beside the key than its type",
      remedy: `Leave out ${beside}: "${ED25519}".`,
    });
  });
});

test("repository.publicKey may be left out", () => {
  expect(problemsOf(prodWith({ "repository.publicKey": undefined }))).toEqual([]);
});

function generated(type: string, options: readonly string[]): string {
  const directory = mkdtempSync(join(tmpdir(), "host-key-"));
  try {
    const file = join(directory, "key");
    execFileSync("ssh-keygen", ["-q", "-t", type, ...options, "-N", "", "-C", "", "-f", file]);
    return readFileSync(`${file}.pub`, "utf8").trim();
  } finally {
    rmSync(directory, { recursive: true });
  }
}
