import type { Check } from "./check";

/** What is in the source's database, and what of it a dump and a restore would lose or stumble over. */
export const sourceObjectChecks: readonly Check[] = [
  {
    id: "source-prepared-transactions",
    meaning:
      "No transaction of the database is prepared for a two-phase commit: it would hold its locks through the fence, and what it wrote would be lost.",
    remedy: "Commit or roll back each at the source: COMMIT PREPARED or ROLLBACK PREPARED with its name.",
    seconds: 10,
    needs: "source-connection",
  },
];
