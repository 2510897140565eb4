import { setTimeout as sleep } from "node:timers/promises";
import type { Strike } from "./strike";

const CUT_MILLISECONDS = 15_000;

export const cutNetwork: Strike = async ({ network, side, struck }) => {
  network.setLink(side, "down");
  struck();
  await sleep(CUT_MILLISECONDS);
  network.setLink(side, "up");
};
