import { Token } from "aws-cdk-lib";
import { gzipSync, strToU8 } from "fflate";
import type { Environment } from "../../config/environment";
import { assetText } from "../../script/asset";
import { shellQuoted } from "../../script/bash";
import { userDataScript } from "./boot-script";
import { bootSettings, type Deployed } from "./settings";

/** EC2's limit, before base64. */
const LIMIT_BYTES = 16_384;
/** What a token may become at the most: the id of the data volume has 21 characters. */
const TOKEN_BYTES = 64;

/**
 * The instance's user data: a cloud-config, in JSON as YAML allows, that puts the boot's settings, its script and its unit
 * on the host and starts the unit, so that a boot that fails is a cloud-init that fails. Token-free but for the settings.
 *
 * @throws UserDataTooLargeError beyond EC2's 16 KB
 */
export function userData(environment: Environment, deployed: Deployed): string {
  const text = `#cloud-config\n${JSON.stringify(cloudConfig(environment, deployed))}\n`;
  const bytes = sizeOf(text);
  if (bytes >= LIMIT_BYTES) throw new UserDataTooLargeError(bytes);
  return text;
}

function cloudConfig(environment: Environment, deployed: Deployed) {
  return {
    write_files: [
      {
        path: "/etc/timescale-cutover/boot.conf",
        permissions: "0600",
        content: Object.entries(bootSettings(environment, deployed))
          .map(([name, value]) => `${name}=${shellQuoted(value)}\n`)
          .join(""),
      },
      {
        path: "/usr/local/sbin/timescale-cutover-boot",
        permissions: "0755",
        encoding: "gz+b64",
        content: compressed(userDataScript()),
      },
      {
        path: "/etc/systemd/system/timescale-cutover-boot.service",
        content: assetText("boot", "timescale-cutover-boot.service"),
      },
      {
        // Written, not enabled by a command: cloud-init runs its commands once, and the host may be ended before that one.
        path: "/etc/systemd/system/multi-user.target.d/timescale-cutover.conf",
        content: "[Unit]\nWants=timescale-cutover-boot.service\n",
      },
    ],
    runcmd: [
      ["systemctl", "daemon-reload"],
      ["systemctl", "start", "timescale-cutover-boot.service"],
    ],
  };
}

/** fflate's bytes are the same on every computer and Node, as zlib's are not: user data that moves restarts the instance. */
function compressed(text: string): string {
  return Buffer.from(gzipSync(strToU8(text), { level: 9, mem: 12, mtime: 0 })).toString("base64");
}

function sizeOf(text: string): number {
  const tokens = Token.isUnresolved(text) ? (text.match(/\$\{Token\[[^\]]*\]\}/g) ?? []) : [];
  const tokenBytes = tokens.reduce((sum, token) => sum + TOKEN_BYTES - token.length, 0);
  return Buffer.byteLength(text) + tokenBytes;
}

/** EC2 would refuse the instance at the deploy. */
export class UserDataTooLargeError extends Error {
  override readonly name = "UserDataTooLargeError";

  constructor(bytes: number) {
    super(
      `The user data has ${bytes} bytes, and EC2 takes fewer than ${LIMIT_BYTES}: shorten assets/boot, or put what can ` +
        "come after the boot into the runbook.",
    );
  }
}
