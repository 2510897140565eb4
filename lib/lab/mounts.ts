import { readFileSync } from "node:fs";

export interface Mount {
  /** Where it is mounted. */
  target: string;
  /** The directory of the file system that is seen there: "/" unless it is a bind mount. */
  root: string;
  type: string;
  superOptions: string[];
}

/** Every mount that this process sees, oldest first. */
export function readMounts(): Mount[] {
  const lines = readFileSync("/proc/self/mountinfo", "utf8").trim().split("\n");
  return lines.map((line) => {
    const [before = "", after = ""] = line.split(" - ");
    const [, , , root = "", target = ""] = before.split(" ").map(unescapeOctal);
    const [type = "", , superOptions = ""] = after.split(" ");
    return { target, root, type, superOptions: superOptions.split(",") };
  });
}

/** The mounts at or below a directory, newest first: the order in which they can be unmounted. */
export function mountsBelow(directory: string): Mount[] {
  return readMounts()
    .filter(({ target }) => target === directory || target.startsWith(`${directory}/`))
    .reverse();
}

function unescapeOctal(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 8)));
}
