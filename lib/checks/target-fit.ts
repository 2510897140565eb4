import type { Check } from "./check";

const needs = "target-source-facts";
const seconds = 10;

/** Whether the target can take what the source is. */
export const targetFitChecks: readonly Check[] = [
  {
    id: "target-versions",
    meaning: "PostgreSQL, TimescaleDB, its edition and PostGIS are the source's and the environment's.",
    remedy: "Install the source's versions on the target.",
    seconds,
    needs,
  },
  {
    id: "target-extensions",
    meaning: "Every extension of the source can be created on the target at the source's version.",
    remedy: "Install the source's versions of them on the target.",
    seconds,
    needs,
  },
  {
    id: "target-locale",
    meaning: "The target has the locales of the source's database: without them it cannot be created.",
    remedy: "Make the locale on the target (locale-gen), and restart PostgreSQL.",
    seconds,
    needs,
  },
  {
    id: "target-collations",
    meaning:
      "The target has the collations that the source's objects name, and their library's version: another sorts texts otherwise.",
    remedy: "Make the collations on the target.",
    seconds,
    needs,
  },
  {
    id: "target-capacity",
    meaning: "Connections, locks and workers are no fewer than the source's.",
    remedy: "Raise them in conf.d on the target, and restart PostgreSQL.",
    seconds,
    needs,
  },
  {
    id: "target-room",
    meaning:
      "The data volume has room for the restored database, sorting, WAL and the dump that lies beside it.",
    remedy: "Make room on the target, or enlarge target.dataVolumeGiB and deploy.",
    seconds,
    needs,
  },
  {
    id: "target-hba",
    meaning:
      "pg_hba.conf lets the application's role in from other hosts, by a method that takes its password.",
    remedy:
      "Add a line hostssl for the database, the role and the application's addresses, and reload PostgreSQL.",
    seconds,
    needs,
  },
];
