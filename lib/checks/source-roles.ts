import type { Check } from "./check";

const asked = { seconds: 10, needs: "source-database" } as const;

/** What of the roles that the database needs, and of its settings, is another thing on the target. */
export const sourceRoleChecks: readonly Check[] = [
  {
    id: "source-md5-passwords",
    meaning:
      "Every role of the database that logs in has a password which the target takes (scram-sha-256), and the dump's user can read it.",
    remedy: "Set each password anew at the source with password_encryption = 'scram-sha-256'.",
    ...asked,
  },
  {
    id: "source-settings",
    meaning:
      "The settings that reach the application (of the database, of its roles, of all roles) are carried and mean the same on the target.",
    remedy:
      "Take back what is not needed (ALTER DATABASE or ALTER ROLE ... RESET); set on the target what is not carried.",
    ...asked,
  },
];
