import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { environments } from "../../../bin/environments";
import { packageHosts } from "../../../lib/lab/packages/package-server";
import { validateEnvironment } from "../../../lib/config/validate";
import { moved, standstill } from "../../harness/progress";
import { describeLab } from "../describe-lab";
import { installingEnvironment, PackagesLab } from "./packages-lab";

describeLab("A target that installs the distribution's packages", () => {
  let packages: PackagesLab;

  beforeAll(async () => {
    packages = await PackagesLab.create();
    packages.fillMirror(packages.imagePackages(""));
  });

  afterAll(async () => {
    await packages?.stop();
  });

  it("finishes what it was killed in the midst of, and ends as a host that is ready", async () => {
    await packages.provision(distributionEnvironment());
    await packages.target.start();
    await untilThere(join(packages.target.root, "var/lib/dpkg/info/postgresql-client-17.list"));
    await packages.target.kill();
    // dpkg's own list of what it was about.
    expect(readdirSync(join(packages.target.root, "var/lib/dpkg/updates"))).not.toEqual([]);
    await packages.target.boot();

    const { postgresql, postgis, timescaledb, pgbackrest } = packages.lab.facts;
    const at = (version: string): unknown => expect.stringMatching(`^${version.replaceAll(".", "\\.")}[-+]`);
    expect(await packages.result()).toMatchObject({
      status: "succeeded",
      packages: {
        mode: "distribution",
        installed: {
          pgbackrest: at(pgbackrest),
          "postgresql-17": at(postgresql.version),
          "postgresql-17-postgis-3": at(postgis),
          "postgresql-17-postgis-3-scripts": at(postgis),
          "postgresql-17-timescaledb": at(timescaledb),
          "postgresql-client-17": at(postgresql.version),
        },
      },
    });
  });

  it("is ready again after a start without the package server", async () => {
    packages.server.close();
    const before = await packages.sh("cat /var/lib/dpkg/status");
    await packages.target.reboot();
    expect(await packages.sh("cat /var/lib/dpkg/status")).toBe(before);
  });

  async function untilThere(file: string): Promise<void> {
    moved(`waiting for ${file}`);
    while (!existsSync(file)) {
      if (standstill() !== undefined)
        throw new Error(`${file} did not appear:\n${packages.target.console()}`);
      await sleep(20);
    }
  }

  function distributionEnvironment() {
    const { packageSources } = validateEnvironment(environments.prod).target;
    return installingEnvironment(packages.lab, {
      packages: "distribution",
      packageSources: { ...packageSources, distributionMirror: `https://${packageHosts.mirror}/ubuntu` },
    });
  }
});
