import { Alarm } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import type { AlarmDefinition } from "./alarm-definition";
import { AlarmTopic } from "./alarm-topic";
import { allAlarms } from "./alarms/all";
import { TargetDashboard } from "./dashboard";
import { alarmName } from "./names";
import type { Watched } from "./watched";

/**
 * The target's alarms, the topic that they report to, and a dashboard. They only refer to instance and volume: nothing here
 * is a property of either.
 */
export class Watching extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, watched: Watched) {
    super(scope, id);
    this.topic = new AlarmTopic(this, "Alarms", watched.environment).topic;
    const alarms = allAlarms(watched).map((definition) => this.alarm(watched, definition));
    new TargetDashboard(this, "Dashboard", { watched, alarms });
  }

  private alarm({ environment }: Watched, definition: AlarmDefinition): Alarm {
    const alarm = new Alarm(this, definition.name, {
      alarmName: alarmName(environment, definition.name),
      alarmDescription: definition.description,
      metric: definition.metric,
      comparisonOperator: definition.comparison,
      threshold: definition.threshold,
      evaluationPeriods: definition.periods,
      datapointsToAlarm: definition.periods,
      treatMissingData: definition.missing,
    });
    const tell = new SnsAction(this.topic);
    alarm.addAlarmAction(tell, ...(definition.action ? [definition.action] : []));
    alarm.addOkAction(tell);
    return alarm;
  }
}
