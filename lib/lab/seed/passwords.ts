/**
 * The passwords of the login roles that the seeds create, by role. They guard nothing but the lab's servers; the
 * tests log in with them after a migration to show that the password hashes came along.
 */
export const samplePasswords = {
  tracker: "lab password of tracker",
  tracker_ops: "lab password of tracker_ops",
  ingest_app: "lab password of ingest_app",
  report_app: "lab password of report_app",
} as const;

export const neighbourPasswords = {
  glimpse_owner: "lab password of glimpse_owner",
  glimpse_app: "lab password of glimpse_app",
} as const;

export const hostilePasswords = {} as const;

/** As psql variables: `password_<role>`. */
export function passwordVariables(passwords: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(passwords).map(([role, password]) => [`password_${role}`, password]),
  );
}
