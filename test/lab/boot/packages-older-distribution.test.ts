import { cpSync } from "node:fs";
import { join } from "node:path";
import { environments } from "../../../bin/environments";
import { command } from "../../../lib/lab/command";
import { writeInRoot } from "../../../lib/lab/root-files";
import type { BootResult } from "../../../lib/lab/boot-result";
import { describeLab } from "../describe-lab";
import { installingEnvironment, PackagesLab, toolBeginnings } from "./packages-lab";
import { VendorRepositories } from "./vendor-repositories";
import { ubuntu } from "./vendor-stand-ins";

/**
 * A double: the lab has no snapd. It writes down what it is asked, and "installs" the AWS CLI that was the image's.
 */
const snap = `#!/bin/sh
echo "$*" >>/var/log/snap
[ "$1" != install ] || ln -s /srv/aws-cli/aws /snap/bin/aws
`;

describeLab("A target whose distribution has an older libpq and no AWS CLI", () => {
  let packages: PackagesLab;
  let result: BootResult;

  beforeAll(async () => {
    packages = await PackagesLab.create();
    const vendors = new VendorRepositories(packages);
    vendors.publish();
    vendors.publishKey(vendors.key.publicKey);
    const mirrored = ubuntu("16.4-0ubuntu0.24.04.2").map((standIn) => vendors.build(standIn));
    packages.fillMirror([...packages.imagePackages(...toolBeginnings), ...mirrored]);
    makeSnapOfAws(packages.target.root);
    const { versions } = environments.prod;
    const target = { packages: "vendor", packageSources: vendors.sources } as const;
    result = await packages.boot(installingEnvironment(packages.lab, target, versions));
  });

  afterAll(async () => {
    await packages?.stop();
  });

  it("takes from the vendor what its packages depend on, and still the wanted versions of them", async () => {
    expect(await packages.versionOf("libpq5")).toBe("18.1-1.pgdg24.04+1");
    expect(result).toMatchObject({
      packages: { installed: { "postgresql-16": "16.10-1.pgdg24.04+1", pgbackrest: "2.55.1-1.pgdg24.04+1" } },
    });
    expect(await packages.sh("apt-get --simulate dist-upgrade | grep -E '^(Inst|Remv)' || :")).toBe("");
  });

  it("installs the AWS CLI as a snap, and keeps the snap from renewing itself", async () => {
    expect(await packages.sh("cat /var/log/snap")).toBe(
      ["wait system seed.loaded", "install aws-cli --classic", "refresh --hold aws-cli"].join("\n"),
    );
    // The stand-ins have no server: the boot has come through its packages, and uses the AWS CLI.
    expect(result).toMatchObject({ step: "cluster" });
  });
});

/** Takes the AWS CLI's package out of a root, and lays what it was aside for the double of `snap`. */
function makeSnapOfAws(root: string): void {
  const modules = "usr/lib/python3/dist-packages/awscli";
  cpSync(join(root, modules), join(root, "srv/aws-cli/awscli"), { recursive: true });
  // Where the lab's preloaded AWS CLI has put the image's own.
  cpSync(join(root, "usr/lib/lab/aws"), join(root, "srv/aws-cli/aws.py"));
  const run = '#!/bin/sh\nPYTHONPATH=/srv/aws-cli exec python3 /srv/aws-cli/aws.py "$@"\n';
  writeInRoot(root, "srv/aws-cli/aws", run, 0o755);
  writeInRoot(root, "snap/bin/README", "Commands of snaps.\n");
  writeInRoot(root, "usr/bin/snap", snap, 0o755);
  command(["chroot", root, "dpkg", "--purge", "awscli"]);
}
