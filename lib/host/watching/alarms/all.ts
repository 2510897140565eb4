import type { AlarmDefinition } from "../alarm-definition";
import type { Watched } from "../watched";
import { archivingAlarms } from "./archiving";
import { backupAlarms } from "./backups";
import { creditAlarms } from "./credits";
import { instanceAlarms } from "./instance";
import { metricAlarms } from "./metrics";
import { repositoryAlarms } from "./repositories";
import { serverAlarms } from "./server";

/** Every alarm of the target, in the order in which the dashboard shows them. */
export function allAlarms(watched: Watched): AlarmDefinition[] {
  return [
    instanceAlarms,
    serverAlarms,
    archivingAlarms,
    repositoryAlarms,
    backupAlarms,
    creditAlarms,
    metricAlarms,
  ].flatMap((alarms) => alarms(watched));
}
