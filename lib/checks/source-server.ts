import type { Check } from "./check";

/** The source's server: how it is reached, what it is, who uses it. */
export const sourceServerChecks: readonly Check[] = [
  {
    id: "source-connection",
    meaning:
      "The dump host reaches the source's database with the environment's host, port, user, password and TLS.",
    remedy: "Try the same with psql on the dump host.",
    seconds: 20,
  },
];
