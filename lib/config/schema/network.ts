import { z } from "zod";
import { availabilityZone, subnetId, vpcId } from "../formats/aws";
import { instanceAddress } from "../formats/network";

/** Where the target stands. All by id, so that synthesis looks nothing up. */
export const network = z.strictObject({
  vpcId,
  subnetId,
  /** The subnet's zone, in which the data volume is made. */
  availabilityZone,
  /** Fixed, so that the repository host's rule stays true when the instance is replaced. */
  privateAddress: instanceAddress,
});
