import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { documentName, majorVersion, relayBucketName } from "../../../lib/config/derived";
import type { Environment } from "../../../lib/config/environment";
import { targetConnection } from "../../../lib/runbook/connections";
import { allow, runId } from "../../../lib/runbook/parameters";
import { stepScript, type StepScriptProps } from "../../../lib/runbook/step-script";
import { CommandDocument } from "../../../lib/ssm/command-document";

/** A check made up for the test: bash, or with a name that ends in -sql the query that it is. */
export interface MadeUpCheck {
  readonly id: string;
  readonly text: string;
  readonly seconds?: number;
  readonly needs?: string;
}

// What a step's own file has at the least, and the way to the target's server.
const ownStep = `check_psql() {
  local SESSION_OPTIONS="-c statement_timeout=\${1}s"
  shift
  target_psql postgres "$@"
}
make_checks
conclude_checks
`;

function withOwnStep(props: Omit<StepScriptProps, "step">): string {
  const step = "check-plan";
  const script = stepScript({ ...props, step, name: "kernel" });
  return script.slice(0, script.indexOf(`# ---- ${step}.sh`)) + ownStep;
}

// Its SQL is written here, since what synthesis embeds comes from assets/sql alone.
const asset = "preflight/source-prepared-transactions.sql";

/** A document `kernel` that makes these checks as the runbook's steps make theirs: by the same shared/checks.sh. */
export function kernelTemplate(environment: Environment, checks: readonly MadeUpCheck[]) {
  const stack = new Stack(new App(), "kernel", { env: environment.aws });
  const isSql = ({ id }: MadeUpCheck) => id.endsWith("-sql");
  const writer: MadeUpCheck = {
    id: "kernel-writer",
    text: `cp "$FILES"/*.sql "$SQL/preflight"\npass "The queries are there."\n`,
  };
  const all = [writer, ...checks];
  new CommandDocument(stack, "kernel", {
    name: documentName(environment, "kernel"),
    description: "Makes the checks of a test.",
    parameters: { RunId: runId, Allow: allow },
    timeoutSeconds: 120,
    script: withOwnStep({
      sql: [asset],
      files: Object.fromEntries(
        all.map((one) => [`${one.id}.${isSql(one) ? "sql" : "sh"}`, `${one.text}\n`]),
      ),
      connections: ["target-connection"],
      shared: ["checks"],
      constants: {
        SIDE: "target",
        DATABASE: environment.database.name,
        POSTGRESQL_MAJOR: String(majorVersion(environment.versions.postgresql)),
        RELAY_BUCKET: relayBucketName(environment),
        ...targetConnection(environment),
        CHECKS: all.map(({ id, seconds = 10, needs = "-" }) => `${id} ${seconds} ${needs}`).join("\n"),
        RELAYS: "never",
      },
    }),
  });
  return Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string }> };
}
