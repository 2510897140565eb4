import type { FaultKind } from "../fault";
import { cancel } from "./cancel";
import { cutNetwork } from "./cut-network";
import { fillDisk } from "./fill-disk";
import { killAgent } from "./kill-agent";
import { killHost } from "./kill-host";
import { killPostgres } from "./kill-postgres";
import { slowNetwork } from "./slow-network";
import { outlastWindow } from "./outlast-window";
import type { Strike } from "./strike";

export const strikes: Readonly<Record<FaultKind, Strike>> = {
  "kill-postgres": killPostgres,
  "kill-host": killHost,
  "kill-agent": killAgent,
  "cut-network": cutNetwork,
  "fill-disk": fillDisk,
  cancel,
  "outlast-window": outlastWindow,
  "slow-network": slowNetwork,
};
