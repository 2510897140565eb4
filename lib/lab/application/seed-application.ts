import { runFolder } from "../seed/folder";
import type { SeedHost } from "../seed/seed-host";

/** Adds the application's table, history and aggregate to a seeded database, and the role's login. */
export async function seedApplication(
  host: SeedHost,
  options: { database: string; role: string; password: string },
): Promise<void> {
  await runFolder(host, __dirname, { ...options });
}
