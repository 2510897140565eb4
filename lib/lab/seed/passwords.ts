/**
 * The passwords of the login roles that the seeds create, by role. They guard nothing but the lab's servers; after a
 * migration the tests log in with them to show that the password hashes came along.
 */
export const samplePasswords = passwordsOf("tracker", "tracker_ops", "ingest_app", "report_app");
export const neighbourPasswords = passwordsOf("glimpse_owner", "glimpse_app");

const hostileRoles = { owner: `Owner "O'Neil" – Größe`, app: "app role", jobs: "job owner" };
export const hostilePasswords = passwordsOf(...Object.values(hostileRoles));

/** The passwords as psql variables, `password_<role>`; the hostile roles have short names in there. */
export function passwordVariables(): Record<string, string> {
  const variables = Object.entries({ ...samplePasswords, ...neighbourPasswords });
  for (const [name, role] of Object.entries(hostileRoles))
    variables.push([name, hostilePasswords[role] ?? ""]);
  return Object.fromEntries(variables.map(([name, password]) => [`password_${name}`, password]));
}

function passwordsOf(...roles: string[]): Record<string, string> {
  return Object.fromEntries(roles.map((role) => [role, `lab password of ${role}`]));
}
