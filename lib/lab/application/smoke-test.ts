import type { EnvironmentInput } from "../../config/environment";

/** The smoke test's statements, over the table of the lab's application. */
export const smokeTest: EnvironmentInput["application"]["smokeTest"] = {
  write:
    "INSERT INTO lab.tracker_write (written_at, number, writer) VALUES (clock_timestamp(), 0, :'marker')",
  readBack: "SELECT number FROM lab.tracker_write WHERE writer = :'marker'",
  history:
    "SELECT written_at, battery FROM lab.tracker_write WHERE writer = 'history' AND written_at > now() - interval '2 days' LIMIT 5",
  aggregate: "SELECT bucket, writes FROM lab.tracker_write_summary WHERE writer = 'history' LIMIT 5",
  remove: "DELETE FROM lab.tracker_write WHERE writer = :'marker'",
};
