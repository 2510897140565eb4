import { dataDirectory } from "../config/derived";
import type { Environment } from "../config/environment";
import { BadInputError } from "./errors";

/** What the owner of the repository host puts there where its own schedule starts the backups. */
export interface RepositorySchedule {
  /** Lines of its pgbackrest.conf. */
  configuration: string[];
  /** systemd's files by their paths. cron knows the host's own time alone; these know UTC. */
  units: Record<string, string[]>;
  /** Commands that begin it. */
  commands: string[];
}

/** @throws BadInputError where the target's own timers start the backups: both would be in each other's way */
export function repositorySchedule(environment: Environment): RepositorySchedule {
  const { backups, stanza } = environment.repository.pgbackrest;
  if (backups.startedBy === "host") {
    throw new BadInputError(
      "backups-by-host",
      `The target's own timers start ${environment.name}'s backups (full ${backups.full}, incremental ${backups.incremental}, UTC): the repository host needs no schedule.`,
      'For one, set repository.pgbackrest.backups.startedBy to "repository", deploy, and restart timescale-cutover-boot on the target: it takes the timers away.',
    );
  }
  const types = [
    { name: "full", type: "full", calendar: backups.full },
    { name: "incremental", type: "incr", calendar: backups.incremental },
  ];
  const unit = (name: string) => `pgbackrest-${stanza}-${name}`;
  return {
    configuration: configuration(environment),
    units: Object.fromEntries(
      types.flatMap(({ name, type, calendar }) => [
        [`/etc/systemd/system/${unit(name)}.service`, service(environment, name, type)],
        [`/etc/systemd/system/${unit(name)}.timer`, timer(calendar)],
      ]),
    ),
    commands: [
      `sudo -u ${environment.repository.pgbackrest.repo3.hostUser} pgbackrest --stanza=${stanza} check`,
      "systemctl daemon-reload",
      `systemctl enable --now ${types.map(({ name }) => `${unit(name)}.timer`).join(" ")}`,
    ],
  };
}

/** Its repositories have the same keys as the target's: pgBackRest wants a path under one key on both hosts. */
function configuration({ repository, target, versions }: Environment): string[] {
  return [
    `[${repository.pgbackrest.stanza}]`,
    `pg1-host=${target.network.privateAddress}`,
    "pg1-host-user=postgres",
    `pg1-path=${dataDirectory(versions, target)}`,
    `pg1-port=${target.port}`,
    "pg1-socket-path=/var/run/postgresql",
  ];
}

/** Without --repo pgBackRest backs up into the lowest key only. The second is made though the first fails. systemd reads $$ as $. */
function service({ repository }: Environment, name: string, type: string): string[] {
  const { stanza, repo3 } = repository.pgbackrest;
  const command = (repo: number) => `pgbackrest --stanza=${stanza} --repo=${repo} --type=${type} backup`;
  return [
    "[Unit]",
    `Description=pgBackRest: ${name} backup of ${stanza} into each repository`,
    "",
    "[Service]",
    "Type=oneshot",
    `User=${repo3.hostUser}`,
    `ExecStart=/bin/sh -c '${command(3)}; s=$$?; ${command(2)} && exit $$s'`,
  ];
}

function timer(calendar: string): string[] {
  return [
    "[Timer]",
    `OnCalendar=${calendar} UTC`,
    "Persistent=true",
    "",
    "[Install]",
    "WantedBy=timers.target",
  ];
}
