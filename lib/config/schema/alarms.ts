import { z } from "zod";
import { emailAddress } from "../formats/email";
import { count } from "./figures";

/** Whom to tell, and the figures from which a person should look. */
export const alarms = z.strictObject({
  emails: z.array(emailAddress).describe("a list of e-mail addresses; it may be empty").default([]),
  dataVolumeFreePercent: count("percent", 1, 99).default(20),
  /** Only of burstable instance types; the largest of them earns 4608 credits at most. */
  cpuCreditBalance: count("CPU credits", 1, 4608).default(60),
  readySegments: count("WAL segments", 1, 65_536).default(64),
  archiveSilentSeconds: count("seconds", 120, 86_400).default(900),
  archiveQueuePercent: count("percent", 1, 99).default(50),
  repositoryFreeGiB: count("GiB", 1, 1_048_576).default(50),
  backupAgeHours: count("hours", 1, 8760).default(26),
  connectionsPercent: count("percent", 1, 99).default(80),
});
