import { Aws } from "aws-cdk-lib";
import { EventField, Rule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { SnsTopic } from "aws-cdk-lib/aws-events-targets";
import type { Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { documentName } from "../../config/derived";
import type { Environment } from "../../config/environment";

/** The automations after which neither side may be writable, or the application be without its database. */
const WATCHED = ["Cutover", "Rollback", "Reopen", "Recover"] as const;

/**
 * Tells people that a run ended otherwise than well. AWS itself says so (Systems Manager's "EC2 Automation Execution
 * Status-change Notification"), so it does not depend on the client that started the run and may have gone home.
 */
export class RunEnded extends Construct {
  constructor(scope: Construct, id: string, environment: Environment, topic: Topic) {
    super(scope, id);
    const [status, document, executionId] = ["Status", "Definition", "ExecutionId"].map((field) =>
      EventField.fromPath(`$.detail.${field}`),
    );
    new Rule(this, "Rule", {
      ruleName: `timescale-cutover-${environment.name}-run-ended`,
      description: `A run of timescale-cutover ${environment.name} ended Failed, TimedOut or Cancelled`,
      eventPattern: {
        source: ["aws.ssm"],
        account: [Aws.ACCOUNT_ID],
        detailType: ["EC2 Automation Execution Status-change Notification"],
        detail: {
          Definition: WATCHED.map((automation) => documentName(environment, automation)),
          Status: ["Failed", "TimedOut", "Cancelled"],
        },
      },
      targets: [
        new SnsTopic(topic, {
          message: RuleTargetInput.fromText(
            `${document} ended ${status} (execution ${executionId}). See at once whether a database takes the ` +
              `application's writes: cutover status --env ${environment.name}. It names the command that opens the right one.`,
          ),
        }),
      ],
    });
  }
}
