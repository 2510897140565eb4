import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { applicationSecret, dnsRecord } from "../connections";
import { stepDocument } from "../step-document";

/** Reads the application's secret and DNS record; refuses what the switch could not change. */
export function inspectApplication(scope: Construct, environment: Environment) {
  const hasRecord = environment.application.dnsRecord !== undefined;
  return stepDocument(scope, environment, {
    step: "inspect-application",
    description: "Reads where the application's secret and DNS record point. Changes nothing.",
    side: "target",
    connects: false,
    shared: ["application-secret", "secret-fit", "secret-labels", ...(hasRecord ? ["dns-record"] : [])],
    constants: {
      ...applicationSecret(environment),
      ...dnsRecord(environment),
      HAS_RECORD: hasRecord ? "yes" : "no",
    },
  });
}
