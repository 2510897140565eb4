import { z } from "zod";
import { memoryGiB } from "../instance-memory";
import { architectureOf } from "../instance-type";
import { target } from "../schema/target";
import { rule } from "./rule";

export const memoryIsKnown = rule(
  z.object({ target: target.pick({ instanceType: true, memoryGiB: true }).strip() }),
  ({ target }) => {
    const known = memoryGiB(target.instanceType);
    const path = ["target", "memoryGiB"];
    if (known === undefined && target.memoryGiB === undefined) {
      return [
        {
          path,
          why: `is missing, and the memory of ${target.instanceType} is not known here`,
          remedy:
            "Set it to the type's memory in GiB (aws ec2 describe-instance-types shows it in MiB), " +
            "or correct target.instanceType.",
        },
      ];
    }
    if (known === undefined || target.memoryGiB === undefined || target.memoryGiB === known) return [];
    return [
      {
        path,
        why: `is not the memory of ${target.instanceType}, which has ${known} GiB`,
        remedy: "Remove it: it is for types whose memory is not known here.",
      },
    ];
  },
);

export const imageIsBuiltForTheType = rule(
  z.object({ target: target.pick({ instanceType: true, image: true }).strip() }),
  ({ target: { instanceType, image } }) => {
    // What an AMI id was built for, EC2 alone knows.
    if (!("ssmParameter" in image)) return [];
    const builtFor = architectureNamedIn(image.ssmParameter);
    const wanted = architectureOf(instanceType);
    if (builtFor === undefined || builtFor === wanted) return [];
    return [
      {
        path: ["target", "image", "ssmParameter"],
        why: `names an image for ${builtFor}, and ${instanceType} is ${wanted}`,
        remedy: `Name the ${wanted} image of that date, or an instance type that is ${builtFor}.`,
      },
    ];
  },
);

/** Ubuntu and Debian say amd64 and arm64 in the parameter's name, Amazon x86_64 and arm64. */
function architectureNamedIn(parameter: string): "amd64" | "arm64" | undefined {
  if (/(amd64|x86_64)/.test(parameter)) return "amd64";
  return /(arm64|aarch64)/.test(parameter) ? "arm64" : undefined;
}
