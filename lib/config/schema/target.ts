import { z } from "zod";
import { ec2InstanceId, instanceType } from "../formats/aws";
import { absolutePath } from "../formats/path";
import { count } from "./figures";

const LARGEST_GP3_GIB = 16_384;

export const target = z.strictObject({
  instanceId: ec2InstanceId,
  instanceType: instanceType.default("t3.medium"),
  rootVolumeGiB: count("GiB", 1, LARGEST_GP3_GIB).default(25),
  dataVolumeGiB: count("GiB", 1, LARGEST_GP3_GIB).default(50),
  dataMount: absolutePath.default("/var/lib/postgresql"),
  port: count("TCP port number", 1, 65_535).default(5432),
  dumpDirectory: absolutePath.default("/var/lib/postgresql/cutover-dump"),
});
