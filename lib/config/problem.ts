/** One thing that is wrong with the configuration. */
export interface ConfigurationProblem {
  /** Path of the key from the file's top, such as `prod.source.passwordSecret` or `prod.extraRoles[1]`. */
  key: string;
  /** The value received, ready to print: what looks like a secret is withheld. */
  value: string;
  /** What is wrong with it; reads on from the key: "is an ARN; a secret's name is wanted". */
  why: string;
  /** What to do about it, as one sentence. */
  remedy: string;
}

/** The configuration is refused. Lists every problem that it has, not only the first. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";

  constructor(readonly problems: readonly ConfigurationProblem[]) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super([`The configuration has ${count}:`, ...problems.map(rendered)].join("\n"));
  }
}

function rendered({ key, value, why, remedy }: ConfigurationProblem): string {
  return [`  ${key} ${why}.`, `    value:  ${value}`, `    remedy: ${remedy}`].join("\n");
}
