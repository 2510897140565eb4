import type { StandIn } from "../../../lib/lab/packages/stand-in-package";

/** What PostgreSQL's archive has for Ubuntu 24.04: the wanted versions, older and newer ones, and libraries of its own. */
export const postgresqlArchive: readonly StandIn[] = [
  ...["16.9", "16.10", "16.11"].flatMap(servers),
  ...["3.5.2", "3.6.1"].flatMap(postgis),
  ...["2.55.1", "2.57.0"].map((number) => ({
    name: "pgbackrest",
    version: `${number}-1.pgdg24.04+1`,
    depends: ["postgresql-common", "libpq5"],
  })),
  { name: "libpq5", version: "18.1-1.pgdg24.04+1" },
  { name: "libgeos-c1t64", version: "3.14.1-1.pgdg24.04+1" },
  ...commonScripts("288.pgdg24.04+1"),
  // Ubuntu has none of it.
  { name: "libsfcgal2", version: "2.2.0-1.pgdg24.04+1" },
];

/** What TimescaleDB's repository has: the newest loader asks for a newer PostgreSQL than the wanted one. */
export const timescaledbRepository: readonly StandIn[] = [
  ...timescaledb("2.18.2", "postgresql-16"),
  ...timescaledb("2.19.0", "postgresql-16"),
  ...timescaledb("2.26.0", "postgresql-16 (>= 16.13)"),
];

/** What Ubuntu itself has, in the version that its PostgreSQL is at. */
export function ubuntu(postgresql: string): StandIn[] {
  return [
    { name: "libpq5", version: postgresql },
    { name: "postgresql-16", version: postgresql },
    { name: "postgresql-client-16", version: postgresql },
    { name: "postgresql-16-postgis-3", version: "3.4.2+dfsg-1ubuntu3" },
    { name: "pgbackrest", version: "2.50-1build2" },
    { name: "libgeos-c1t64", version: "3.12.1-3build1" },
    ...commonScripts("257build1.1"),
  ];
}

function servers(number: string): StandIn[] {
  const version = `${number}-1.pgdg24.04+1`;
  const common = ["postgresql-client-16", "postgresql-common (>= 252~)", "libpq5 (>= 14~~)"];
  return [
    { name: "postgresql-16", version, depends: common },
    {
      name: "postgresql-client-16",
      version,
      depends: [`libpq5 (>= ${number})`, "postgresql-client-common (>= 182~)"],
    },
  ];
}

function postgis(number: string): StandIn[] {
  const version = `${number}+dfsg-1.pgdg24.04+1`;
  const libraries = ["libgeos-c1t64 (>= 3.12.0)", "libsfcgal2 (>= 2.0.0)"];
  return [
    {
      name: "postgresql-16-postgis-3",
      version,
      depends: ["postgresql-16", "postgresql-16-postgis-3-scripts", ...libraries],
    },
    { name: "postgresql-16-postgis-3-scripts", version },
  ];
}

function timescaledb(number: string, server: string): StandIn[] {
  const version = `${number}~ubuntu24.04`;
  const loader = "timescaledb-2-loader-postgresql-16";
  return [
    {
      name: "timescaledb-2-postgresql-16",
      version,
      depends: [server, `${loader} (>= ${version})`],
    },
    { name: loader, version, depends: [server] },
  ];
}

function commonScripts(version: string): StandIn[] {
  return [
    { name: "postgresql-common", version, depends: [`postgresql-client-common (= ${version})`] },
    { name: "postgresql-client-common", version },
  ];
}
