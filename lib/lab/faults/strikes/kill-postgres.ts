import { setTimeout as sleep } from "node:timers/promises";
import { onHost, type Strike } from "./strike";

const DOWN_MILLISECONDS = 3_000;

/** As a kill by the kernel, and the restart by what watches the server (Patroni, systemd). */
export const killPostgres: Strike = async ({ host, postgresqlMajor, struck }) => {
  const unit = `postgresql@${postgresqlMajor}-main.service`;
  await onHost(host, 'systemctl kill --kill-whom=all --signal=KILL "$1"', unit);
  struck();
  await sleep(DOWN_MILLISECONDS);
  await onHost(host, 'systemctl reset-failed "$1"; systemctl start "$1"', unit);
};
