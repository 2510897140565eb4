import { z } from "zod";
import { httpsUrl } from "../formats/https-url";
import { component, keyFingerprint, suite } from "../formats/package-source";

/** Whose packages the boot installs; `preinstalled`: nothing is installed, what the image has is asserted. */
export const packages = z
  .enum(["vendor", "distribution", "preinstalled"])
  .describe('"vendor", "distribution" or "preinstalled"')
  .default("vendor");

interface Source {
  url: string;
  suite: string;
  component: string;
  keyUrl: string;
  /** Of the key that must sign the repository: 40 hexadecimal digits, upper case. */
  keyFingerprint: string;
}

/** Only what was superseded on apt.postgresql.org has every minor version: the archive. */
const POSTGRESQL: Source = {
  url: "https://apt-archive.postgresql.org/pub/repos/apt",
  suite: "noble-pgdg-archive",
  component: "main",
  keyUrl: "https://www.postgresql.org/media/keys/ACCC4CF8.asc",
  keyFingerprint: "B97B0AFCAA1A47F044F244A07FCC7D46ACCC4CF8",
};

const TIMESCALEDB: Source = {
  url: "https://packagecloud.io/timescale/timescaledb/ubuntu",
  suite: "noble",
  component: "main",
  keyUrl: "https://packagecloud.io/timescale/timescaledb/gpgkey",
  keyFingerprint: "1005FB68604CE9B8F6879CF759F18EDF47F24417",
};

/** HTTPS throughout: the target's security group lets nothing else out to package sources. */
export const packageSources = z.strictObject({
  /** The distribution's own sources are plain HTTP. */
  distributionMirror: httpsUrl.default("https://mirrors.edge.kernel.org/ubuntu"),
  postgresql: packageSource(POSTGRESQL),
  timescaledb: packageSource(TIMESCALEDB),
});

function packageSource(vendors: Source) {
  const keys = z.strictObject({
    url: httpsUrl.default(vendors.url),
    suite: suite.default(vendors.suite),
    component: component.default(vendors.component),
    keyUrl: httpsUrl.default(vendors.keyUrl),
    keyFingerprint: keyFingerprint.default(vendors.keyFingerprint),
  });
  return keys.prefault({});
}
