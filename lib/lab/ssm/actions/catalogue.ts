import type { Action } from "./action";
import { approve } from "./approve";
import { branch } from "./branch";
import { executeAwsApi } from "./execute-aws-api";
import { runCommand } from "./run-command";
import { sleep } from "./sleep";

const ACTIONS: readonly Action[] = [approve, branch, executeAwsApi, runCommand, sleep];

export function actionFor(name: string): Action | undefined {
  return ACTIONS.find((action) => action.name === name);
}

export function supportedActions(): string[] {
  return ACTIONS.map((action) => action.name);
}
