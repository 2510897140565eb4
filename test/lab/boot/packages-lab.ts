import { join } from "node:path";
import { environments } from "../../../bin/environments";
import type { Environment } from "../../../lib/config/environment";
import { validateEnvironment } from "../../../lib/config/validate";
import { synthesizeHost } from "../../../lib/host/synthesize";
import { bootResult, type BootResult } from "../../../lib/lab/boot-result";
import { settledState } from "../../../lib/lab/host-state";
import type { Host } from "../../../lib/lab/host";
import type { Lab } from "../../../lib/lab/lab";
import type { LabSite } from "../../../lib/lab/lab-site";
import { bareRoot, packagesOf } from "../../../lib/lab/packages/bare-root";
import { packageHosts, PackageServer } from "../../../lib/lab/packages/package-server";
import { writeRepository } from "../../../lib/lab/packages/repository";
import { installRepositoryCommands } from "../../../lib/lab/packages/required-commands";
import { SigningKey } from "../../../lib/lab/packages/signing-key";
import { trustPackageServer } from "../../../lib/lab/packages/trust-server";
import { deployHost } from "../../../lib/lab/rehearsal/deploy-host";
import { targetEnvironment } from "../../../lib/lab/rehearsal/lab-environment";
import { patienceMs } from "../../../lib/lab/patience";
import { writeInRoot } from "../../../lib/lab/root-files";
import { provisionTarget } from "../../../lib/lab/target-provision";
import { startNewLab } from "../start-lab";

/** How the names of the packages begin that bring the tools which a bare root lacks, and what those need. */
export const toolBeginnings = ["gpg", "jq", "libassuan", "libjq", "libksba", "libnpth", "libonig", "zstd"];

/** The sources of Ubuntu's image for EC2, but for the key: the lab's own stands for Ubuntu's. */
const ubuntuSources = `Types: deb
URIs: http://eu-west-2.ec2.archive.ubuntu.com/ubuntu/
Suites: noble
Components: main
Signed-By: /usr/share/keyrings/distribution.asc

Types: deb
URIs: http://security.ubuntu.com/ubuntu
Suites: noble-security
Components: main
Signed-By: /usr/share/keyrings/distribution.asc
`;

/** A lab of which only the target is up, on a bare root whose distribution's packages come from the lab's server. */
export class PackagesLab {
  private constructor(
    readonly lab: Lab,
    readonly server: PackageServer,
    /** Signs the distribution's repository. */
    readonly key: SigningKey,
    /** The lab's image, which holds the packages that the target lacks. */
    readonly image: string,
    /** For what the tests make: it goes with the lab. */
    readonly directory: string,
  ) {}

  /** The target is made, and not started. */
  static async create(): Promise<PackagesLab> {
    installRepositoryCommands(() => undefined);
    const made: { site?: LabSite; image?: string } = {};
    const lab = await startNewLab({
      started: [],
      targetLayers: (site, [image = ""]) => {
        Object.assign(made, { site, image });
        return bareRoot(site, image);
      },
    });
    const { site, image } = made;
    if (site === undefined || image === undefined) throw new Error("The lab asked for no layers.");
    const server = await PackageServer.start(site);
    const key = SigningKey.create(join(site.directory, "distribution-key"));
    const { root } = lab.hosts.target;
    trustPackageServer(root);
    writeInRoot(root, "etc/apt/sources.list", "# Ubuntu's are in sources.list.d/ubuntu.sources.\n");
    writeInRoot(root, "etc/apt/sources.list.d/ubuntu.sources", ubuntuSources);
    writeInRoot(root, "usr/share/keyrings/distribution.asc", key.publicKey);
    return new PackagesLab(lab, server, key, image, site.directory);
  }

  get target(): Host {
    return this.lab.hosts.target;
  }

  /** The packages that a bare root lacks, whose names begin so. */
  imagePackages(...beginnings: string[]): string[] {
    return packagesOf(this.image).filter((file) =>
      beginnings.some((beginning) => file.split("/").at(-1)?.startsWith(beginning)),
    );
  }

  /** Puts packages into the distribution's mirror, whose security suite stays empty. */
  fillMirror(packages: readonly string[]): void {
    const mirror = join(this.server.directory, packageHosts.mirror, "ubuntu");
    const suites = { noble: packages, "noble-security": [] };
    writeRepository(mirror, { suites, component: "main", key: this.key });
  }

  /** Gives the target, which is down, what it boots with the first time. */
  async provision(environment: Environment): Promise<void> {
    const deployed = await deployHost(environment, synthesizeHost(environment), this.lab.aws);
    provisionTarget(this.target, deployed);
  }

  /** Boots the target for the first time, through cloud-init; returns how its boot ended. */
  async boot(environment: Environment): Promise<BootResult> {
    await this.provision(environment);
    await this.target.start();
    await settledState(this.target, patienceMs);
    return this.result();
  }

  /** Runs the boot once more on the running target; returns how it ended. */
  async bootAgain(): Promise<BootResult> {
    await this.target.run(["systemctl", "restart", "timescale-cutover-boot"], { timeoutMs: patienceMs });
    return this.result();
  }

  /** Runs a line of sh on the target, which has to succeed, and returns what it prints. */
  async sh(line: string): Promise<string> {
    const { code, stdout, stderr } = await this.target.run(["sh", "-c", line]);
    if (code !== 0) throw new Error(`${line} ended with ${code} on the target: ${stderr || stdout}`);
    return stdout.trim();
  }

  /** The version of an installed package of the target. */
  versionOf(name: string): Promise<string> {
    return this.sh(`dpkg-query --show --showformat='\${Version}' ${name}`);
  }

  async stop(): Promise<void> {
    this.server.close();
    await this.lab.stop();
  }

  /** How the boot ended that the target is in. */
  async result(): Promise<BootResult> {
    const result = await bootResult(this.target);
    if (result === undefined) throw new Error(`The boot left no result:\n${this.target.console()}`);
    return result;
  }
}

/** prod's environment in the lab, with packages to install. */
export function installingEnvironment(
  { facts }: Lab,
  changes: Pick<Environment["target"], "packages"> & Partial<Environment["target"]>,
  versions: Partial<Environment["versions"]> = {},
): Environment {
  const environment = targetEnvironment(environments.prod, facts);
  return validateEnvironment({
    ...environment,
    versions: { ...environment.versions, ...versions },
    target: { ...environment.target, ...changes },
  });
}
