import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { LabCgroup } from "./cgroups";
import { identityOf, type ProcessIdentity } from "./process-identity";

/** The init of a running host: the process in the host's cgroup that is number 1 in a pid namespace of its own. */
export function findInit(cgroup: LabCgroup, host: string): ProcessIdentity | undefined {
  const pid = cgroup.pidsOf(host).find((candidate) => innermostPid(candidate) === "1");
  return pid === undefined ? undefined : identityOf(pid);
}

/** The directory of the host's own root cgroup, as this machine sees it. */
export function rootCgroupOf(cgroup: LabCgroup, init: ProcessIdentity): string {
  const unified = /^0::(.*)$/m.exec(readFileSync(`/proc/${init.pid}/cgroup`, "utf8"))?.[1];
  if (unified === undefined) throw new Error(`Process ${init.pid} is in no cgroup of version 2.`);
  return dirname(join(cgroup.mountPoint, unified)); // init itself is in <root>/init.scope
}

function innermostPid(pid: number): string | undefined {
  try {
    return /^NSpid:.*?(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  } catch {
    return undefined;
  }
}
