import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command } from "./command";

/** As PEM. */
export interface Certificate {
  certificate: string;
  key: string;
}

const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30"];

/** Makes the lab's certificate authority in a directory. */
export function createAuthority(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const out = ["-keyout", join(directory, "ca.key"), "-out", join(directory, "ca.crt")];
  command(["openssl", "req", "-x509", ...key, "-subj", "/CN=timescale-cutover lab", ...out]);
}

/** Issues a server's certificate for its names and its address. */
export function issueCertificate(
  directory: string,
  name: string,
  address: string,
  ...others: string[]
): Certificate {
  const file = (ending: string) => join(directory, `${name}.${ending}`);
  const out = ["-keyout", file("key"), "-out", file("csr")];
  command(["openssl", "req", "-new", ...key.slice(0, -2), "-subj", `/CN=${name}`, ...out]);
  const names = [name, ...others].map((each) => `DNS:${each}`);
  writeFileSync(file("ext"), `subjectAltName=${names.join()},IP:${address}\n`);
  const authority = [
    "-CA",
    join(directory, "ca.crt"),
    "-CAkey",
    join(directory, "ca.key"),
    "-CAcreateserial",
  ];
  const request = ["-in", file("csr"), "-out", file("crt"), "-extfile", file("ext"), "-days", "30"];
  command(["openssl", "x509", "-req", ...authority, ...request]);
  return {
    certificate: readFileSync(file("crt"), "utf8"),
    key: readFileSync(file("key"), "utf8"),
  };
}

/** Lets every program of a host that does not run yet trust the lab's authority, which the host has in /etc/ssl/lab. */
export function trustAuthority(root: string): void {
  const certificates = join(root, "usr/local/share/ca-certificates");
  mkdirSync(certificates, { recursive: true });
  copyFileSync(join(root, "etc/ssl/lab/ca.crt"), join(certificates, "lab.crt"));
  command(["chroot", root, "update-ca-certificates"]);
}
