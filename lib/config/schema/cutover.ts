import { z } from "zod";
import { approverArn } from "../formats/approver";
import { count } from "./figures";

const WEEK_HOURS = 168;

/** What a cutover asks of people, and how long it waits for what. */
export const cutover = z.strictObject({
  /** Whose approval the cutover waits for: one of them is enough. */
  approvers: z.array(approverArn).min(1).max(10).describe("a list of 1 to 10 ARNs of IAM users or roles"),
  approvalSeconds: count("seconds", 60, 2_592_000).default(1800),
  /** How old the last rehearsal that succeeded may be. */
  rehearsalMaxAgeHours: count("hours", 1, 8760).default(WEEK_HOURS),
  /** What becomes of transactions and jobs that outlive inFlightSeconds: the operator is asked, or they are ended. */
  inFlight: z.enum(["ask", "end"]).describe('"ask" or "end"').default("ask"),
  inFlightSeconds: count("seconds", 1, 3600).default(60),
  /** How long the question may stand; unanswered, the source is reopened. */
  askSeconds: count("seconds", 1, 3600).default(300),
  /** How long the jobs may take to run once each on the target. */
  jobsSeconds: count("seconds", 10, 14_400).default(900),
});
