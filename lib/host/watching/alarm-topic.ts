import { RemovalPolicy, Stack } from "aws-cdk-lib";
import { Effect, PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { alarmName } from "./names";
import { RunEnded } from "./run-ended";

/**
 * Where alarms report to, and runs that ended badly: encrypted, over TLS only, for this environment alone, to the
 * environment's addresses.
 */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    this.topic = new Topic(this, "Topic", {
      topicName: `timescale-cutover-${environment.name}-alarms`,
      masterKey: this.key(environment),
      enforceSSL: true,
    });
    this.letAlarmsPublish(environment);
    new RunEnded(this, "RunEnded", environment, this.topic);
    for (const email of environment.alarms.emails) {
      this.topic.addSubscription(new EmailSubscription(email));
    }
  }

  /** A key of its own: of the one that SNS brings along, CloudWatch may not make use, and says so to nobody. */
  private key(environment: Environment): Key {
    const key = new Key(this, "Key", {
      description: `timescale-cutover ${environment.name}: messages of its alarms`,
      enableKeyRotation: true,
      // It guards messages on their way, and nothing that lasts.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: "AlarmsEncryptTheirMessages",
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        // A key policy's "*" is this key. The topic's policy says whose alarms may come this far.
        resources: ["*"],
      }),
    );
    return key;
  }

  /** A topic with a policy of its own lets in only whom it names: CloudWatch too must be. */
  private letAlarmsPublish(environment: Environment): void {
    const stack = Stack.of(this);
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: "AlarmsPublish",
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [this.topic.topicArn],
        conditions: {
          StringEquals: { "aws:SourceAccount": stack.account },
          ArnLike: {
            "aws:SourceArn": `arn:${stack.partition}:cloudwatch:${stack.region}:${stack.account}:alarm:${alarmName(environment, "*")}`,
          },
        },
      }),
    );
  }
}
