import { closeSync, constants, ftruncateSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { command } from "./command";
import { patienceMs } from "./patience";

export interface DataVolumeSettings {
  /** MiB. Sparse: it takes the room of what is written to it. */
  sizeMb: number;
  /** A file whose content the volume starts with, in place of zeros: one that another host has written to, say. */
  image?: string;
  /** Grows the file system of the image to the volume's size, as the owner of a larger EBS volume does. */
  grow?: boolean;
}

/** A host's data volume: a sparse file behind a loop device. It is the lab's, so it outlives a killed host. */
export class DataVolume {
  private constructor(
    /** The file that holds every byte of the volume. */
    readonly file: string,
    /** The loop device on this machine. */
    readonly device: string,
  ) {}

  /** Makes the volume in a host's directory, and formats nothing: that is the host's boot's to do. */
  static create(directory: string, { sizeMb, image, grow }: DataVolumeSettings): DataVolume {
    const file = join(directory, "volume", "data");
    mkdirSync(dirname(file), { recursive: true });
    if (image !== undefined) command(["cp", "--sparse=always", "--reflink=auto", image, file]);
    const handle = openSync(file, "a");
    ftruncateSync(handle, Math.max(statSync(file).size, sizeMb * 1024 * 1024));
    closeSync(handle);
    if (grow === true) growFileSystem(file);
    return new DataVolume(file, command(["losetup", "--find", "--show", file]).trim());
  }

  /** Makes it blank again. */
  blank(): void {
    command(["blkdiscard", "--force", this.device]);
  }

  /** Waits until nothing has it mounted: the kernel unmounts for a killed host a moment after its last process. */
  async waitUntilFree(): Promise<void> {
    const deadline = Date.now() + patienceMs;
    while (!this.isFree()) {
      if (Date.now() > deadline) throw new Error(`${this.device} stays mounted.`);
      await sleep(20);
    }
  }

  private isFree(): boolean {
    try {
      closeSync(openSync(this.device, constants.O_RDONLY | constants.O_EXCL));
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EBUSY") return false;
      throw error;
    }
  }
}

/** resize2fs wants a file system that was checked since it was last mounted. */
function growFileSystem(file: string): void {
  command(["e2fsck", "-f", "-p", file]);
  command(["resize2fs", file]);
}
