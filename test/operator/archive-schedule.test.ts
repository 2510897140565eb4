import { environments } from "../../bin/environments";
import { repositorySchedule } from "../../lib/operator/archive-schedule";
import { cutover } from "./support/command-line";
import { labEnvironment } from "./support/environment";

test("schedule is refused where the target's own timers start the backups", async () => {
  const { exitCode, stderr } = await cutover("archive", "schedule", "--env", "lab");
  expect(exitCode).toBe(2);
  expect(stderr).toContain(
    "The target's own timers start lab's backups (full Sun 02:00, incremental Mon..Sat 02:00, UTC)",
  );
});

test("schedule has the repository host's section of the stanza, and both repositories in each backup", () => {
  const lab = labEnvironment();
  const { pgbackrest } = lab.repository;
  const backups = { ...pgbackrest.backups, startedBy: "repository" as const };
  const { configuration, units } = repositorySchedule({
    ...lab,
    repository: { ...lab.repository, pgbackrest: { ...pgbackrest, backups } },
  });
  expect(configuration).toEqual([
    "[tracker-ts]",
    `pg1-host=${environments.prod.target.network.privateAddress}`,
    "pg1-host-user=postgres",
    expect.stringMatching(/^pg1-path=\/var\/lib\/postgresql\/\d+\/main$/),
    "pg1-port=5432",
    "pg1-socket-path=/var/run/postgresql",
  ]);
  expect(units["/etc/systemd/system/pgbackrest-tracker-ts-full.timer"]).toContain("OnCalendar=Sun 02:00 UTC");
  expect(units["/etc/systemd/system/pgbackrest-tracker-ts-incremental.service"]).toContain(
    "ExecStart=/bin/sh -c 'pgbackrest --stanza=tracker-ts --repo=3 --type=incr backup; s=$$?; " +
      "pgbackrest --stanza=tracker-ts --repo=2 --type=incr backup && exit $$s'",
  );
});
