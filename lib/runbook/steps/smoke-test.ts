import type { Construct } from "constructs";
import { parameterName } from "../../config/derived";
import type { Environment } from "../../config/environment";
import { applicationSecret } from "../connections";
import { stepDocument } from "../step-document";
import type { Side } from "./side";

/**
 * A write, its way back, history and an aggregate as the application's role: on the target over the network with the
 * secret's credentials, on the source as its superuser, who then waits for the application itself.
 */
export function smokeTest(scope: Construct, environment: Environment, side: Side) {
  const { smokeTest: statements } = environment.application;
  return stepDocument(scope, environment, {
    step: "smoke-test",
    name: `smoke-test-${side}`,
    description: `Writes, reads and removes one row on the ${side} as the application does.`,
    side,
    connects: side === "source",
    shared:
      side === "target"
        ? ["application-secret", "secret-fit", "application-statements", "application-login"]
        : ["application-statements", "application-role"],
    sql:
      side === "source"
        ? ["smoke/application-sessions.sql", "smoke/as-role.sql", "smoke/may-connect.sql"]
        : ["smoke/silence.sql", "smoke/row-count.sql", "smoke/connection.sql"],
    files: Object.fromEntries(
      Object.entries(statements).map(([name, statement]) => [`${name}.sql`, ended(statement)]),
    ),
    constants: {
      ...applicationSecret(environment),
      ...(side === "target" && { CERTIFICATE_PARAMETER: parameterName(environment, "server-certificate") }),
    },
  });
}

/** With exactly one semicolon, on a line of its own: the statement may end in a comment. */
function ended(statement: string): string {
  return `${statement.trim().replace(/;$/, "")}\n;\n`;
}
