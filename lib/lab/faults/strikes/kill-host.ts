import type { Strike } from "./strike";

export const killHost: Strike = async ({ host, struck }) => {
  await host.kill();
  struck();
  await host.boot();
};
