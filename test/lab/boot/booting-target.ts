import { execFileSync } from "node:child_process";
import { DeleteBucketCommand, DeleteObjectCommand, GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { environments } from "../../../bin/environments";
import { BootFailed, type BootResult } from "../../../lib/lab/boot-result";
import type { Host } from "../../../lib/lab/host";
import type { Lab, LabOptions } from "../../../lib/lab/lab";
import { bootSignal } from "../../../lib/lab/rehearsal/deploy-host";
import { labCredentials } from "../../../lib/lab/rehearsal/aws-contents";
import { provisionTarget as provisionHost } from "../../../lib/lab/target-provision";
import { provisionTarget, startNewLab } from "../start-lab";

interface TargetOptions extends Partial<LabOptions> {
  /** Settings of boot.conf that are not as synthesized. */
  settings?: Record<string, string>;
}

/** A lab of which only the target is started; its first boot goes on while this returns. */
export function startTarget({ settings = {}, ...options }: TargetOptions = {}): Promise<Lab> {
  return startNewLab({
    started: ["target"],
    awaitTarget: false,
    targetVolumeMb: 1024,
    provisionTarget: async (facts, aws) => {
      const provision = await provisionTarget(facts, aws);
      return { ...provision, userData: withSettings(provision.userData, settings) };
    },
    ...options,
  });
}

/** Changes lines of the boot.conf that the user data holds. */
function withSettings(userData: string, settings: Record<string, string>): string {
  return Object.entries(settings).reduce((text, [name, value]) => {
    const line = new RegExp(`(?<=\\\\n|")${name}='[^']*'`); // The text of the file is a string of JSON.
    if (!line.test(text)) throw new Error(`boot.conf has no ${name}.`);
    return text.replace(line, () => `${name}='${value}'`);
  }, userData);
}

/** Waits for the end of the boot that the target is in, which has to be a failure, and gives its result. */
export async function failureOf({ hosts: { target } }: Lab): Promise<BootResult> {
  try {
    await target.awaitBoot();
  } catch (error) {
    if (error instanceof BootFailed) return error.result;
    throw error;
  }
  throw new Error("The boot succeeded.");
}

/** Starts the boot's service once more and gives how it ended. */
export async function bootAgain(host: Host): Promise<BootResult> {
  const result = "/var/lib/timescale-cutover/boot.json";
  await host.run(["rm", result]); // So that a start which systemd refuses does not pass for the one before.
  const { code } = await host.run(["systemctl", "restart", "timescale-cutover-boot"]);
  const { stdout } = await host.run(["cat", result]);
  const told = JSON.parse(stdout) as BootResult;
  expect(code === 0).toBe(told.status === "succeeded");
  return told;
}

/** What CloudFormation was told of the boot; undefined when nothing was. */
export async function signalOf(lab: Lab): Promise<Record<string, string> | undefined> {
  const { bucket: Bucket, key: Key } = bootSignal;
  try {
    const { Body } = await s3Of(lab).send(new GetObjectCommand({ Bucket, Key }));
    return JSON.parse((await Body?.transformToString()) ?? "") as Record<string, string>;
  } catch (error) {
    if (error instanceof Error && error.name === "NoSuchKey") return undefined;
    throw error;
  }
}

/** The deployment has ended: CloudFormation takes no signal of the boot any more. */
export async function nobodyWaits(lab: Lab): Promise<void> {
  const { bucket: Bucket, key: Key } = bootSignal;
  await s3Of(lab).send(new DeleteObjectCommand({ Bucket, Key }));
  await s3Of(lab).send(new DeleteBucketCommand({ Bucket }));
}

function s3Of({ aws }: Lab): S3Client {
  const { region } = environments.prod.aws;
  return new S3Client({ endpoint: aws.url, region, credentials: labCredentials, forcePathStyle: true });
}

/** Digest of a file of this machine: of every byte of a volume, say. */
export function digestOf(file: string): string {
  return execFileSync("sha256sum", [file], { encoding: "utf8" }).split(" ")[0] ?? "";
}

/** The line of a failed boot, as it stands on the console and in the stack's events. */
export function lineOf({ step, code, message, remedy }: BootResult): string {
  return `FAILED at ${step} [${code}] ${message} ${remedy}`;
}

/** Gives the target of a lab in which it was not started what it finds at its first boot. */
export async function provisioned(lab: Lab): Promise<void> {
  provisionHost(lab.hosts.target, await provisionTarget(lab.facts, lab.aws));
}
