import { appendFileSync, copyFileSync } from "node:fs";
import { join } from "node:path";
import { environments } from "../../../bin/environments";
import type { BootResult } from "../../../lib/lab/boot-result";
import { SigningKey } from "../../../lib/lab/packages/signing-key";
import { describeLab } from "../describe-lab";
import { installingEnvironment, PackagesLab, toolBeginnings } from "./packages-lab";
import { VendorRepositories } from "./vendor-repositories";
import { ubuntu } from "./vendor-stand-ins";

/*
 * The vendors' packages are stand-ins: names, versions and dependencies are like the real ones', and there is no server
 * in them. So a boot that has installed them fails at `cluster`; what is looked at is what dpkg has, and which steps the
 * boot came through. The tests are the story of one host: a boot after another, until all is right, and then some.
 */
const wanted = {
  pgbackrest: "2.55.1-1.pgdg24.04+1",
  "postgresql-16": "16.10-1.pgdg24.04+1",
  "postgresql-16-postgis-3": "3.5.2+dfsg-1.pgdg24.04+1",
  "postgresql-16-postgis-3-scripts": "3.5.2+dfsg-1.pgdg24.04+1",
  "postgresql-client-16": "16.10-1.pgdg24.04+1",
  "timescaledb-2-loader-postgresql-16": "2.18.2~ubuntu24.04",
  "timescaledb-2-postgresql-16": "2.18.2~ubuntu24.04",
};
const newerPgbackrest = { name: "pgbackrest", version: "2.57.0-1.pgdg24.04+1" };
const ubuntusPostgresql = "16.11-0ubuntu0.24.04.1";

describeLab("A target that installs the vendors' packages", () => {
  let packages: PackagesLab;
  let vendors: VendorRepositories;
  let result: BootResult;

  beforeAll(async () => {
    packages = await PackagesLab.create();
    vendors = new VendorRepositories(packages);
    const mirrored = ubuntu(ubuntusPostgresql).map((standIn) => vendors.build(standIn));
    packages.fillMirror([...packages.imagePackages(...toolBeginnings), ...mirrored]);
  });

  afterAll(async () => {
    await packages?.stop();
  });

  describe("whose vendor publishes another key than the pinned one", () => {
    let other: SigningKey;

    beforeAll(async () => {
      other = SigningKey.create(join(packages.directory, "other-key"));
      vendors.publish();
      vendors.publishKey(other.publicKey);
      result = await packages.boot(vendorEnvironment());
    });

    it("refuses it, names both, and trusts nothing", async () => {
      expect(result).toMatchObject({ status: "failed", step: "package-sources", code: "key-differs" });
      const { fingerprint } = vendors.key;
      expect(result.message).toContain(`holds ${other.fingerprint}, not the pinned key ${fingerprint}`);
      const written = await packages.sh("ls /etc/apt/keyrings /etc/apt/sources.list.d");
      expect(written).not.toContain("timescale-cutover");
    });
  });

  describe("whose vendor publishes other keys beside the pinned one, and does not sign", () => {
    beforeAll(async () => {
      const other = SigningKey.create(join(packages.directory, "key-beside"));
      vendors.publishKey(`${other.publicKey}\n${vendors.key.publicKey}`);
      vendors.publish({ signed: false });
      result = await packages.bootAgain();
    });

    it("trusts the pinned key alone", async () => {
      for (const vendor of ["postgresql", "timescaledb"]) {
        const keyring = `/etc/apt/keyrings/timescale-cutover-${vendor}.gpg`;
        const keys = await packages.sh(`gpg --with-colons --show-keys ${keyring} | grep ^pub | cut -d: -f5`);
        expect(keys).toBe(vendors.key.fingerprint.slice(-16));
      }
    });

    it("refuses the repository that is not signed", () => {
      expect(result).toMatchObject({ status: "failed", step: "packages", code: "package-lists-refused" });
      expect(result.message).toMatch(/noble-pgdg-archive.* is not signed/);
    });
  });

  describe("whose repository was changed after it was signed", () => {
    beforeAll(async () => {
      vendors.publish();
      appendFileSync(join(vendors.archive, "dists/noble-pgdg-archive/main/binary-amd64/Packages"), "\n");
      result = await packages.bootAgain();
    });

    it("refuses it", () => {
      expect(result).toMatchObject({ status: "failed", step: "packages", code: "package-lists-refused" });
      expect(result.message).toMatch(/postgresql\.packages\.lab.*Packages/);
    });
  });

  describe("of which one cannot be had at its version", () => {
    beforeAll(async () => {
      vendors.publish({ lacking: { name: "pgbackrest", version: wanted.pgbackrest } });
      result = await packages.bootAgain();
    });

    it("installs none of them, and says what apt has instead", async () => {
      expect(result).toMatchObject({ status: "failed", step: "packages", code: "package-unavailable" });
      expect(result.message).toBe(
        "Packages that cannot be had at their versions: pgbackrest 2.55.1-* (apt has 2.50-1build2 2.57.0-1.pgdg24.04+1).",
      );
      expect(await installed()).toEqual({});
    });
  });

  describe("while the host updates itself, as a cloud image does at its first start", () => {
    const heldSeconds = 10;
    let tookSeconds: number;

    beforeAll(async () => {
      vendors.publish();
      await holdLocksOfApt(heldSeconds);
      const begun = Date.now();
      result = await packages.bootAgain();
      tookSeconds = (Date.now() - begun) / 1000;
    });

    it("waits for that, and installs the wanted versions though there are newer ones", async () => {
      expect(tookSeconds).toBeGreaterThan(heldSeconds - 1);
      expect(packages.target.console()).toContain("waiting for other work of apt on this host");
      expect(await installed()).toEqual(wanted);
      expect(result).toMatchObject({ step: "cluster", packages: { mode: "vendor", installed: wanted } });
    });

    it("takes from a vendor no library that the distribution has", async () => {
      expect(await packages.versionOf("libpq5")).toBe(ubuntusPostgresql);
      expect(await packages.versionOf("postgresql-common")).toBe("257build1.1");
      expect(await packages.versionOf("libgeos-c1t64")).toBe("3.12.1-3build1");
      expect(await packages.versionOf("libsfcgal2")).toBe("2.2.0-1.pgdg24.04+1");
    });

    it("holds them, and leaves a later upgrade nothing to do", async () => {
      expect((await packages.sh("apt-mark showhold")).split("\n").sort()).toEqual(Object.keys(wanted).sort());
      expect(await packages.sh("apt-get --simulate dist-upgrade | grep -E '^(Inst|Remv)' || :")).toBe("");
    });

    it("keeps PostgreSQL's packages from making a cluster", async () => {
      const file = "/etc/postgresql-common/createcluster.conf";
      expect(await packages.sh(`cat ${file}`)).toBe("create_main_cluster = false");
    });
  });

  describe("that are all there", () => {
    let before: [number, string];

    beforeAll(async () => {
      before = await traces();
      result = await packages.bootAgain();
    });

    it("needs neither the network nor a change", async () => {
      expect(result).toMatchObject({ step: "cluster", packages: { installed: wanted } });
      expect(await traces()).toEqual(before);
    });
  });

  describe("of which one is there in a newer version", () => {
    beforeAll(async () => {
      copyFileSync(vendors.build(newerPgbackrest), join(packages.target.root, "var/tmp/newer.deb"));
      await packages.sh("dpkg --install /var/tmp/newer.deb");
      result = await packages.bootAgain();
    });

    it("refuses it, and does not downgrade it", async () => {
      const { version } = newerPgbackrest;
      expect(result).toMatchObject({ status: "failed", step: "packages", code: "package-version-differs" });
      expect(result.message).toBe(
        `pgbackrest ${version} is installed, newer than the wanted 2.55.1-*. It is not downgraded.`,
      );
      expect(await packages.versionOf("pgbackrest")).toBe(version);
    });
  });

  function vendorEnvironment() {
    const { versions } = environments.prod;
    const target = { packages: "vendor", packageSources: vendors.sources } as const;
    return installingEnvironment(packages.lab, target, versions);
  }

  /** The versions of the packages of ours that dpkg has. */
  async function installed(): Promise<Record<string, string>> {
    const list = await packages.sh(
      "dpkg-query --show --showformat='${db:Status-Status} ${Package} ${Version}\n' | sed -n 's/^installed //p'",
    );
    const versions = new Map(list.split("\n").map((line) => line.split(" ") as [string, string]));
    return Object.fromEntries([...versions].filter(([name]) => name in wanted));
  }

  /** Takes the locks that apt-get update and apt-get install take, for some seconds. */
  async function holdLocksOfApt(seconds: number): Promise<void> {
    const files = ["/var/lib/apt/lists/lock", "/var/lib/dpkg/lock-frontend"];
    const script = [
      "import fcntl, time",
      `files = [open(name, "w") for name in ${JSON.stringify(files)}]`,
      "for file in files: fcntl.lockf(file, fcntl.LOCK_EX)",
      `time.sleep(${seconds})`,
    ].join("\n");
    await packages.target.run(["systemd-run", "--quiet", "python3", "-c", script]);
  }

  /** The requests so far, and each file that installing or configuring packages could touch with its last change. */
  async function traces(): Promise<[number, string]> {
    const files = await packages.sh(
      "find /etc /var/lib/dpkg /var/lib/apt -type f -printf '%p %i %C@\\n' | sort",
    );
    return [packages.server.requests.length, files];
  }
});
