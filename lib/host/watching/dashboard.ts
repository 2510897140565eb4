import {
  AlarmStatusWidget,
  Column,
  Dashboard,
  type IAlarm,
  type IWidget,
  TextWidget,
  TextWidgetBackground,
} from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import { questions } from "./questions";
import type { Watched } from "./watched";

/** CloudWatch's grid is 24 wide; a column a question. */
const GRID_WIDTH = 24;
const ALARMS_PER_ROW = 6;

export interface TargetDashboardProps {
  readonly watched: Watched;
  readonly alarms: readonly IAlarm[];
}

/** One page for the window and the time after it: the alarms' states on top, below them a column for each question. */
export class TargetDashboard extends Construct {
  constructor(scope: Construct, id: string, { watched, alarms }: TargetDashboardProps) {
    super(scope, id);
    const dashboard = new Dashboard(this, "Dashboard", {
      dashboardName: `timescale-cutover-${watched.environment.name}`,
    });
    dashboard.addWidgets(alarmStates(alarms));
    const columns = questions(watched);
    const width = GRID_WIDTH / columns.length;
    dashboard.addWidgets(
      ...columns.map(({ title, graphs }) => new Column(heading(title, width), ...graphs(width))),
    );
  }
}

function alarmStates(alarms: readonly IAlarm[]): IWidget {
  return new AlarmStatusWidget({
    title: "Alarms",
    alarms: [...alarms],
    width: GRID_WIDTH,
    height: 1 + Math.ceil(alarms.length / ALARMS_PER_ROW),
  });
}

function heading(title: string, width: number): IWidget {
  return new TextWidget({
    markdown: `## ${title}`,
    width,
    height: 1,
    background: TextWidgetBackground.TRANSPARENT,
  });
}
