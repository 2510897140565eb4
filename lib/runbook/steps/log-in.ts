import type { Construct } from "constructs";
import { parameterName } from "../../config/derived";
import type { Environment } from "../../config/environment";
import { applicationSecret } from "../connections";
import { stepDocument } from "../step-document";

/** Logs in to the target with the secret's credentials before the secret names it. */
export function logIn(scope: Construct, environment: Environment) {
  return stepDocument(scope, environment, {
    step: "log-in",
    description: "Logs in to the target as the application will. Changes nothing.",
    side: "target",
    connects: false,
    shared: ["application-secret", "secret-fit", "application-statements", "application-login"],
    sql: ["smoke/connection.sql"],
    constants: {
      ...applicationSecret(environment),
      CERTIFICATE_PARAMETER: parameterName(environment, "server-certificate"),
    },
  });
}
