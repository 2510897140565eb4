import { z } from "zod";
import { securityGroupId } from "../formats/aws";
import { roleName } from "../formats/postgres";
import { secretName } from "../formats/secret";

/** The application whose database moves: what the switch changes, and who may connect to the target. */
export const application = z.strictObject({
  secretName,
  roleName: roleName.default("tracker"),
  securityGroupIds: z
    .array(securityGroupId)
    .describe("a list of security group ids; it may be empty")
    .default([]),
});
