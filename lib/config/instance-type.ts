/** What the name of an EC2 instance type says of it: "t3.medium" is family "t3", size "medium". */
export function partsOf(instanceType: string): { family: string; size: string } {
  const [family = "", size = ""] = instanceType.split(".");
  return { family, size };
}

/** Whether the type spends CPU credits: `target.cpuCredits` and its alarm apply to these only. */
export function isBurstable(instanceType: string): boolean {
  return /^t[2-9]/.test(partsOf(instanceType).family);
}

/** Graviton's families have a "g" after their generation: t4g, m7gd, c6gn. (a1 is the first, before the rule.) */
export function architectureOf(instanceType: string): "amd64" | "arm64" {
  return /^(a1|[a-z]+[0-9]+g[a-z]*)$/.test(partsOf(instanceType).family) ? "arm64" : "amd64";
}
