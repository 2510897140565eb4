import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Lab } from "../../../lib/lab/lab";
import { describeLab } from "../describe-lab";
import { bash } from "../on-host";
import { digestOf, failureOf, lineOf, signalOf, startTarget } from "./booting-target";

const SIZE_MB = 256;

describeLab("A data volume that holds something else", () => {
  let folder: string;
  let lab: Lab | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "refused-volume-"));
  });

  afterEach(async () => {
    await lab?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ["files", fileSystem({ "notes/of-2019.txt": "dear" }), "volume-not-blank", /files.*\(notes\)/],
    [
      "a cluster of another major version",
      fileSystem({ "13/main/PG_VERSION": "13\n" }),
      "volume-other-cluster",
      /a cluster.*13\/main\/PG_VERSION/,
    ],
    [
      "the signature of something that is no file system of ours",
      (file: string) => execFileSync("mkswap", [file], { stdio: "ignore" }),
      "volume-not-blank",
      /swap/,
    ],
    ["bytes without any signature at its beginning", bytesAt(8192), "volume-not-blank", /not zeros/],
    ["bytes without any signature in its middle", bytesAt(100 * 2 ** 20), "volume-not-blank", /not zeros/],
    [
      "bytes without any signature at its end",
      bytesAt(SIZE_MB * 2 ** 20 - 512),
      "volume-not-blank",
      /not zeros/,
    ],
  ])("%s: stops the boot, keeps every byte, and lets no PostgreSQL start", async (_, make, code, message) => {
    const image = join(folder, "image");
    writeFileSync(image, "");
    truncateSync(image, SIZE_MB * 2 ** 20);
    make(image, folder);
    const before = digestOf(image);

    lab = await startTarget({ targetVolumeMb: SIZE_MB, targetVolume: { image } });
    const failure = await failureOf(lab);
    expect(failure).toMatchObject({ step: "data-volume", code });
    expect(failure.message).toMatch(message);
    expect(failure.message).toContain("It was not touched.");

    const { target } = lab.hosts;
    expect(target.console()).toContain(lineOf(failure));
    expect(await signalOf(lab)).toMatchObject({
      Status: "FAILURE",
      UniqueId: expect.stringContaining(`${failure.code}-`),
    });
    const start = ["systemctl", "start", `postgresql@${lab.postgresql.major}-main`];
    expect((await target.run(start)).code).not.toBe(0);
    expect(await bash(target, "find /var/lib/postgresql -mindepth 1; pgrep postgres || [ $? = 1 ]")).toBe("");
    await target.kill();
    expect(digestOf(target.volumeFile())).toBe(before);
  });
});

/** Makes an ext4 file system with these files. */
function fileSystem(files: Record<string, string>) {
  return (image: string, folder: string) => {
    const content = join(folder, "content");
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(content, path)), { recursive: true });
      writeFileSync(join(content, path), text);
    }
    execFileSync("mkfs.ext4", ["-q", "-F", "-d", content, image]);
  };
}

/** Writes a few bytes that nothing knows. */
function bytesAt(offset: number) {
  return (image: string) =>
    execFileSync("dd", [`of=${image}`, "conv=notrunc", `seek=${offset}`, "oflag=seek_bytes"], {
      input: "written by somebody",
      stdio: ["pipe", "ignore", "ignore"],
    });
}
