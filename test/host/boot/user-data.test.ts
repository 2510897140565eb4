import { gunzipSync } from "node:zlib";
import { UserDataTooLargeError, userData } from "../../../lib/host/boot/user-data";
import { userDataScript } from "../../../lib/host/boot/boot-script";
import { environments } from "../../../bin/environments";
import { validateEnvironment } from "../../../lib/config/validate";

const prod = validateEnvironment(environments.prod);
const signal = { stack: "timescale-cutover-prod-host", resource: "BootSignal" };
const deployed = { volumeId: "vol-0123456789abcdef0", signal };

interface CloudConfig {
  write_files: { path: string; permissions?: string; encoding?: string; content: string }[];
  runcmd: string[][];
}

function cloudConfigOf(text: string): CloudConfig {
  const [first, ...rest] = text.split("\n");
  expect(first).toBe("#cloud-config");
  return JSON.parse(rest.join("\n")) as CloudConfig;
}

/** The region is one of the texts that the user data holds: a long one makes it larger by as much. */
function inRegion(region: string) {
  return { ...prod, aws: { ...prod.aws, region } };
}

describe("the user data", () => {
  const text = userData(prod, deployed);
  const files = new Map(cloudConfigOf(text).write_files.map((file) => [file.path, file]));

  test("is a cloud-config of fewer than EC2's 16 KB", () => {
    expect(Buffer.byteLength(text)).toBeLessThan(16_384);
  });

  test("is refused at synthesis when it is larger, with its size and what to do", () => {
    const region = "x".repeat(5000);
    expect(() => userData(inRegion(region), deployed)).toThrow(UserDataTooLargeError);
    expect(() => userData(inRegion(region), deployed)).toThrow(
      /has \d+ bytes, and EC2 takes fewer than 16384: shorten assets\/boot/,
    );
  });

  test("counts what a deployment fills in at its largest", () => {
    const token = "${Token[TOKEN.1234]}";
    const region = "x".repeat(16_384 - Buffer.byteLength(text) - 20);
    const environment = inRegion(region);
    expect(() => userData(environment, deployed)).not.toThrow();
    expect(() => userData(environment, { ...deployed, volumeId: token })).toThrow(UserDataTooLargeError);
  });

  test("holds the boot's script, compressed, for root to run", () => {
    const script = files.get("/usr/local/sbin/timescale-cutover-boot")!;
    expect(script).toMatchObject({ encoding: "gz+b64", permissions: "0755" });
    expect(gunzipSync(Buffer.from(script.content, "base64")).toString()).toBe(userDataScript());
  });

  test("has the same bytes at every synthesis, on every computer", () => {
    expect(userData(prod, deployed)).toBe(text);
    const packed = files.get("/usr/local/sbin/timescale-cutover-boot")!.content;
    expect(Buffer.from(packed, "base64").subarray(4, 8)).toEqual(Buffer.alloc(4)); // No time of its making.
  });

  test("starts the boot's unit, so that a boot that fails is a cloud-init that fails", () => {
    expect(cloudConfigOf(text).runcmd.at(-1)).toEqual([
      "systemctl",
      "start",
      "timescale-cutover-boot.service",
    ]);
    expect(files.get("/etc/systemd/system/timescale-cutover-boot.service")!.content).toContain(
      "ExecStart=/usr/local/sbin/timescale-cutover-boot\n",
    );
  });

  test("has it started at every start of the host, even of one that was ended before cloud-init came so far", () => {
    expect(files.get("/etc/systemd/system/multi-user.target.d/timescale-cutover.conf")!.content).toContain(
      "Wants=timescale-cutover-boot.service\n",
    );
  });

  test("keeps the settings, with the signal's address, from everyone but root", () => {
    expect(files.get("/etc/timescale-cutover/boot.conf")!.permissions).toBe("0600");
  });
});
