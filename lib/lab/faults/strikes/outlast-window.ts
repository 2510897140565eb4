import { onHost, type Strike } from "./strike";

/** The run's window began when its gate first looked; nobody waits for hours here. */
const beganLongAgo = `
  latest=$(ls --sort=time /var/lib/timescale-cutover/r*/window-began | head -n 1)
  echo 0 >"$latest"`;

export const outlastWindow: Strike = async ({ host, struck }) => {
  await onHost(host, beganLongAgo);
  struck();
};
