import { appendFileSync, copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { command } from "../command";
import { switchAddress } from "../network";
import { packageHosts } from "./package-server";

/** Lets a host that does not run yet find the package server by its names, and trust its certificate. */
export function trustPackageServer(root: string, authority: string): void {
  const certificates = join(root, "usr/local/share/ca-certificates");
  mkdirSync(certificates, { recursive: true });
  copyFileSync(join(authority, "ca.crt"), join(certificates, "lab.crt"));
  command(["chroot", root, "update-ca-certificates"]);
  appendFileSync(join(root, "etc/hosts"), `${switchAddress} ${Object.values(packageHosts).join(" ")}\n`);
}
