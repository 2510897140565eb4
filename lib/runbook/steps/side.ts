/** One of the two databases. */
export type Side = "source" | "target";
