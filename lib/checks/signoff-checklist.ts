/** A line of the plan's signoff checklist: which checks prove it, and what of it only people can confirm. */
export interface ChecklistLine {
  /** As the plan has it. */
  readonly line: string;
  /** The ids of the checks that prove it, or a part of it. */
  readonly provedBy: readonly string[];
  /** What no check can see, as it stands in plan-checklist's finding. */
  readonly leftToPeople?: string;
}

/** The eleven lines, in the plan's order. */
export const signoffChecklist: readonly ChecklistLine[] = [
  {
    line: "New EC2 exists and is reachable",
    provedBy: ["aws-agent-versions", "aws-identity", "target-boot", "target-connection"],
  },
  {
    line: "PostgreSQL, PostGIS, and TimescaleDB versions are agreed",
    provedBy: ["source-versions", "target-versions", "target-extensions"],
    leftToPeople: "the versions of PostgreSQL, PostGIS and TimescaleDB are agreed",
  },
  {
    line: "`pgBackRest` can reach `pg-backrest.timescale.glimpse.internal`",
    provedBy: ["repository-name", "repository-ssh", "repository-pgbackrest-version", "repository-stanza"],
  },
  {
    line: "Tracker logical backup process is tested or rehearsed",
    provedBy: ["plan-rehearsal", "source-dump-room"],
  },
  {
    line: "WAL archiving is healthy",
    provedBy: ["source-archiving", "source-archived-segment", "source-backup-age", "repository-stanza"],
  },
  {
    line: "Target EC2 disk sizing is approved",
    provedBy: ["target-room"],
    leftToPeople: "the size of the target's volumes is approved",
  },
  {
    line: "Target EC2 uses 25 GB OS and 50 GB data volumes",
    provedBy: ["target-root-volume", "target-volume-size"],
  },
  {
    line: "Restore procedure is tested or rehearsed",
    provedBy: ["plan-rehearsal", "target-room"],
  },
  {
    line: "App cutover time is scheduled",
    provedBy: ["plan-window", "plan-outage"],
    leftToPeople: "the application's users know the window",
  },
  {
    line: "Rollback decision point is documented",
    provedBy: ["plan-rollback"],
    leftToPeople: "who decides for a rollback, and by when, is written down",
  },
  {
    line: "Secrets and passwords are not stored in documentation",
    provedBy: [],
    leftToPeople: "no secret or password stands in documentation",
  },
];

/** What plan-checklist asks people to confirm. */
export const leftToPeople: readonly string[] = signoffChecklist.flatMap(({ leftToPeople: left }) =>
  left === undefined ? [] : [left],
);
