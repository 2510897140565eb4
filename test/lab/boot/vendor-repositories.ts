import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Environment } from "../../../lib/config/environment";
import { packageHosts } from "../../../lib/lab/packages/package-server";
import { writeRepository } from "../../../lib/lab/packages/repository";
import { SigningKey } from "../../../lib/lab/packages/signing-key";
import { buildStandIn, type StandIn } from "../../../lib/lab/packages/stand-in-package";
import type { PackagesLab } from "./packages-lab";
import { postgresqlArchive, timescaledbRepository } from "./vendor-stand-ins";

const { mirror, postgresql, timescaledb } = packageHosts;
const component = "main";

/** The two vendors' repositories in the lab, signed with one key, at addresses like the real ones. */
export class VendorRepositories {
  readonly key: SigningKey;
  /** The directory that https://postgresql.packages.lab/pub/repos/apt serves. */
  readonly archive: string;

  constructor(private readonly packages: PackagesLab) {
    this.key = SigningKey.create(join(packages.directory, "vendors-key"));
    this.archive = join(packages.server.directory, postgresql, "pub/repos/apt");
  }

  /** What the environment says of them. */
  get sources(): Environment["target"]["packageSources"] {
    const keyFingerprint = this.key.fingerprint;
    return {
      distributionMirror: `https://${mirror}/ubuntu`,
      postgresql: {
        url: `https://${postgresql}/pub/repos/apt`,
        suite: "noble-pgdg-archive",
        component,
        keyUrl: `https://${postgresql}/keys/key.asc`,
        keyFingerprint,
      },
      timescaledb: {
        url: `https://${timescaledb}/timescale/timescaledb/ubuntu`,
        suite: "noble",
        component,
        keyUrl: `https://${timescaledb}/timescale/timescaledb/gpgkey`,
        keyFingerprint,
      },
    };
  }

  /** Writes them anew, PostgreSQL's without the package that `lacking` names, and not signed if so wished. */
  publish({ lacking, signed = true }: { lacking?: StandIn; signed?: boolean } = {}): void {
    const archive = postgresqlArchive.filter(
      ({ name, version }) => name !== lacking?.name || version !== lacking.version,
    );
    writeRepository(this.archive, {
      suites: { "noble-pgdg-archive": archive.map((standIn) => this.build(standIn)) },
      component,
      ...(signed && { key: this.key }),
    });
    writeRepository(join(this.packages.server.directory, timescaledb, "timescale/timescaledb/ubuntu"), {
      suites: { noble: timescaledbRepository.map((standIn) => this.build(standIn)) },
      component,
      key: this.key,
    });
  }

  /** Puts a text where the vendors publish their keys. */
  publishKey(text: string): void {
    for (const path of [`${postgresql}/keys/key.asc`, `${timescaledb}/timescale/timescaledb/gpgkey`]) {
      const file = join(this.packages.server.directory, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  /** The .deb file of a stand-in. */
  build(standIn: StandIn): string {
    return buildStandIn(join(this.packages.directory, "stand-ins"), standIn);
  }
}
