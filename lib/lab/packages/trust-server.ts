import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { trustAuthority } from "../certificates";
import { switchAddress } from "../network";
import { packageHosts } from "./package-server";

/** Lets a host that does not run yet find the package server by its names, and trust its certificate. */
export function trustPackageServer(root: string): void {
  trustAuthority(root);
  appendFileSync(join(root, "etc/hosts"), `${switchAddress} ${Object.values(packageHosts).join(" ")}\n`);
}
