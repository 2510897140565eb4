import type { Check } from "./check";
import { sourceObjectChecks } from "./source-objects";
import { sourceServerChecks } from "./source-server";

/** What check-source looks at: first whether the source can be reached, for all that follows needs it. */
export const sourceChecks: readonly Check[] = [...sourceServerChecks, ...sourceObjectChecks];
