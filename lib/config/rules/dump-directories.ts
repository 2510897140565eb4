import { z } from "zod";
import { dataDirectory } from "../derived";
import { isWithin } from "../formats/path";
import { versions } from "../schema/database";
import { managedSource } from "../schema/source";
import { target } from "../schema/target";
import { type Finding, rule } from "./rule";

/** Where Debian's PostgreSQL keeps its clusters when nobody says otherwise, as on the source. */
const DEBIAN_DATA_MOUNT = "/var/lib/postgresql";

const versionRead = versions.pick({ postgresql: true }).strip().prefault({});

export const targetDumpsBesideTheCluster = rule(
  z.object({
    versions: versionRead,
    target: target.pick({ dataMount: true, dumpDirectory: true }).strip(),
  }),
  ({ versions, target }) => besideTheCluster("target", target.dumpDirectory, target.dataMount, versions),
);

export const sourceDumpsBesideTheCluster = rule(
  z.object({
    versions: versionRead,
    source: managedSource.pick({ kind: true, dumpDirectory: true }).strip(),
  }),
  ({ versions, source }) => besideTheCluster("source", source.dumpDirectory, DEBIAN_DATA_MOUNT, versions),
);

/** The directory is emptied before a dump and removed after it: nothing of the cluster may be in it. */
function besideTheCluster(
  side: "source" | "target",
  dumpDirectory: string,
  dataMount: string,
  versions: { postgresql: string },
): Finding[] {
  const cluster = dataDirectory(versions, { dataMount });
  const holdsTheCluster = isWithin(cluster, dumpDirectory);
  if (!holdsTheCluster && !isWithin(dumpDirectory, cluster)) return [];
  return [
    {
      path: [side, "dumpDirectory"],
      why: `${holdsTheCluster ? "is or holds" : "lies in"} the cluster's data directory, ${cluster}`,
      remedy: `Name a directory of its own beside it, such as "${dataMount}/cutover-dump".`,
    },
  ];
}
