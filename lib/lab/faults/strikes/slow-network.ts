import type { Strike } from "./strike";

const MEGABITS = 2;

export const slowNetwork: Strike = async ({ network, side, stepEnded, struck }) => {
  network.slowDown(side, MEGABITS);
  struck();
  await stepEnded;
  network.speedUp(side);
};
