import type { Check } from "./check";

/** What check-repository looks at. */
export const repositoryChecks: readonly Check[] = [
  {
    id: "repository-name",
    meaning: "The repository host's name resolves on the target to the address that the environment says.",
    remedy: "Correct the name's DNS record, or repository.hostName and repository.address.",
    seconds: 10,
  },
];
