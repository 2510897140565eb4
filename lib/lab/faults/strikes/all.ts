import type { FaultKind } from "../fault";
import { cancel } from "./cancel";
import { cutNetwork } from "./cut-network";
import { fillDisk, keepDiskFull } from "./fill-disk";
import { killAgent } from "./kill-agent";
import { killHost } from "./kill-host";
import { killPostgres } from "./kill-postgres";
import { rotatePassword } from "./rotate-password";
import { slowNetwork } from "./slow-network";
import { sameRunId, secondStart } from "./start-again";
import { outlastWindow } from "./outlast-window";
import type { Strike } from "./strike";
import { superuserWrites } from "./superuser-writes";

export const strikes: Readonly<Record<FaultKind, Strike>> = {
  "kill-postgres": killPostgres,
  "kill-host": killHost,
  "kill-agent": killAgent,
  "cut-network": cutNetwork,
  "fill-disk": fillDisk,
  cancel,
  "keep-disk-full": keepDiskFull,
  "same-run-id": sameRunId,
  "second-start": secondStart,
  "rotate-password": rotatePassword,
  "superuser-writes": superuserWrites,
  "outlast-window": outlastWindow,
  "slow-network": slowNetwork,
};
