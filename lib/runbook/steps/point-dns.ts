import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { applicationSecret, dnsRecord } from "../connections";
import { cutoverRunId } from "../cutover-run-id";
import { stepDocument } from "../step-document";
import type { Side } from "./side";

/** Points the application's DNS record at the target (`point-dns`), or makes it what it was (`point-dns-back`). */
export function pointDns(scope: Construct, environment: Environment, direction: Side) {
  const back = direction === "source";
  return stepDocument(scope, environment, {
    step: "point-dns",
    name: back ? "point-dns-back" : "point-dns",
    description: back
      ? "Makes the application's DNS record what it was before the cutover."
      : "Points the application's DNS record at the target.",
    side: "target",
    connects: false,
    shared: ["dns-record"],
    constants: { ...applicationSecret(environment), ...dnsRecord(environment), DIRECTION: direction },
    ...(back && { parameters: { CutoverRunId: cutoverRunId } }),
  });
}
