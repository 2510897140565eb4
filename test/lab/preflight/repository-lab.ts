import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import type { Verdict } from "../../../lib/checks/check";
import type { Environment } from "../../../lib/config/environment";
import type { HostName } from "../../../lib/lab/host";
import { makePassphrases } from "../../../lib/lab/rehearsal/deploy-host";
import { archiveOldHost } from "../../../lib/lab/rehearsal/old-host-archiving";
import type { RehearsalLab } from "../../../lib/lab/rehearsal/rehearsal-lab";
import { Relay } from "../../../lib/runbook/relay";
import { checkRepository } from "../../../lib/runbook/steps/check-repository";
import { checkSource } from "../../../lib/runbook/steps/check-source";
import { secondsAlone } from "../../harness/unhurried";
import { runStep } from "../cutover/run-step";
import { bash, sql } from "../on-host";
import { prepared, startRehearsalLab } from "../start-rehearsal-lab";

export interface Said {
  readonly id: string;
  readonly verdict: Verdict;
  readonly finding: string;
  readonly remedy?: string;
}

/** What the environment says otherwise than prod, once a lab is up. */
export interface Changes {
  readonly sizeGiB?: number;
  readonly queueMaxGiB?: number;
  readonly bucket?: string;
}

/** Hosts of which the old one archives into the repository, and the two steps that look at that. */
export class RepositoryLab {
  /** The lab's machine has less room than the repository host: the database is a small one. */
  #changes: Changes = { sizeGiB: 1 };
  #runs = 0;

  private constructor(readonly rehearsal: RehearsalLab) {}

  static async start(started: readonly HostName[]): Promise<RepositoryLab> {
    const rehearsal = await startRehearsalLab({
      synthesize: (environment) => stepsOnly(lab.changed(environment)),
      started,
      targetVolumeMb: 16_384,
    });
    const lab = new RepositoryLab(rehearsal);
    return prepared(rehearsal, async () => {
      await lab.deploy({});
      await bash(rehearsal.lab.hosts.source, "runuser -u postgres -- createdb tracker");
      // They come with the target, where one is started.
      if (!started.includes("target")) await makePassphrases(rehearsal.aws, rehearsal.environment);
      await archiveOldHost(rehearsal);
      return lab;
    });
  }

  /** Deploys the steps anew for an environment that says otherwise. */
  async deploy(changes: Changes): Promise<void> {
    this.#changes = { sizeGiB: 1, ...changes };
    await this.rehearsal.deploy({ database: "tracker", ownership: "preserve", source: "managed" });
  }

  /** Runs a step, and gives what each of its checks says and the seconds that it took. */
  async check(
    step: "check-repository" | "check-source",
  ): Promise<{ said: Map<string, Said>; seconds: number }> {
    const RunId = `r20261121-000000-${String(++this.#runs).padStart(4, "0")}`;
    const host = step === "check-source" ? "source" : "target";
    const started = Date.now();
    const { checks } = await runStep(this.rehearsal, host, step, { RunId });
    const seconds = secondsAlone((Date.now() - started) / 1000);
    return { said: new Map((checks as Said[]).map((said) => [said.id, said])), seconds };
  }

  bash(host: HostName, script: string): Promise<string> {
    return bash(this.rehearsal.lab.hosts[host], script);
  }

  sql(host: HostName, statements: string): Promise<string> {
    return sql(this.rehearsal.lab.hosts[host], "postgres", statements);
  }

  /** pgBackRest on the old host, as postgres. */
  pgbackrest(command: string): Promise<string> {
    return this.bash("source", `runuser -u postgres -- pgbackrest --log-level-console=error ${command}`);
  }

  /** Lets a wrapper in the PATH answer `version` as an older pgBackRest would; all else is the real one's. */
  older(host: HostName): Promise<string> {
    return this.bash(
      host,
      `cat >/usr/local/bin/pgbackrest <<'WRAPPER'
#!/bin/sh
if [ "$1" = version ]; then echo 'pgBackRest 2.50'; else exec /usr/bin/pgbackrest "$@"; fi
WRAPPER
       chmod 0755 /usr/local/bin/pgbackrest`,
    );
  }

  /** Lets a wrapper in the PATH tell of backups that ended so many days ago; all else is the real one's. */
  aged(host: HostName, days: number): Promise<string> {
    return this.bash(
      host,
      `cat >/usr/local/bin/pgbackrest <<'WRAPPER'
#!/bin/bash
set -o pipefail
case " $* " in
  *' info '*) /usr/bin/pgbackrest "$@" | sed -E "s/\\"stop\\":[0-9]+/\\"stop\\":$(date -d '${days} days ago' +%s)/g" ;;
  *) exec /usr/bin/pgbackrest "$@" ;;
esac
WRAPPER
       chmod 0755 /usr/local/bin/pgbackrest`,
    );
  }

  stop(): Promise<void> {
    return this.rehearsal.stop();
  }

  private changed(environment: Environment): Environment {
    const { repository, database } = environment;
    const { sizeGiB = database.sizeGiB, queueMaxGiB, bucket } = this.#changes;
    const pgbackrest = {
      ...repository.pgbackrest,
      ...(queueMaxGiB !== undefined && { archivePushQueueMaxGiB: queueMaxGiB }),
      ...(bucket !== undefined && { repo2: { ...repository.pgbackrest.repo2, bucket } }),
    };
    return {
      ...environment,
      database: { ...database, sizeGiB },
      repository: { ...repository, pgbackrest },
    };
  }
}

/** The documents under test alone: to synthesize the whole runbook takes seconds. */
function stepsOnly(environment: Environment) {
  const stack = new Stack(new App(), "repository", { env: environment.aws });
  new Relay(stack, "Relay", environment);
  checkRepository(stack, environment);
  checkSource(stack, environment);
  return Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string }> };
}
