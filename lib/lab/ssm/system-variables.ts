/** What a run knows about itself. */
export interface RunFacts {
  executionId: string;
  account: string;
  region: string;
  /** Milliseconds since the epoch, when the reference is resolved. */
  now: number;
}

const VARIABLES: Record<string, (facts: RunFacts) => string> = {
  "automation:EXECUTION_ID": (facts) => facts.executionId,
  "global:ACCOUNT_ID": (facts) => facts.account,
  "global:REGION": (facts) => facts.region,
  "global:AWS_PARTITION": () => "aws",
  "global:DATE": (facts) => isoTime(facts).slice(0, 10),
  "global:DATE_TIME": (facts) => isoTime(facts).slice(0, 19).replace("T", "_").replaceAll(":", "."),
};

export function isSystemVariable(name: string): boolean {
  return Object.hasOwn(VARIABLES, name);
}

export function systemVariable(name: string, facts: RunFacts): string | undefined {
  return isSystemVariable(name) ? VARIABLES[name]?.(facts) : undefined;
}

function isoTime(facts: RunFacts): string {
  return new Date(facts.now).toISOString();
}
