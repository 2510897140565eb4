import type { Host } from "../host";
import { seedFromDump, seedFromSql, seedNeighbour, seedSample } from "../seed/seed";
import type { RehearseOptions } from "./options";

/** Fills the source's empty cluster: the sample, the user's SQL, or the user's dump. */
export async function seedSource(
  host: Host,
  options: Pick<RehearseOptions, "database" | "size" | "sourceSql" | "sourceDump">,
  log: (line: string) => void,
): Promise<void> {
  const started = Date.now();
  const { database, size, sourceSql, sourceDump } = options;
  if (sourceSql !== undefined) {
    log(`seeding the source from ${sourceSql}`);
    await seedFromSql(host, sourceSql, { database });
  } else if (sourceDump !== undefined) {
    log(`seeding the source from ${sourceDump}`);
    await seedFromDump(host, sourceDump, database);
    await seedNeighbour(host);
  } else {
    log(`seeding the source with the sample of about ${size} MB`);
    await seedSample(host, { database, sizeMb: size });
  }
  log(`seeded in ${Math.round((Date.now() - started) / 1000)} s`);
}
