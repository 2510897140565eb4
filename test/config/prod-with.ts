import { environments } from "../../bin/environments";
import { ConfigurationError, type ConfigurationProblem } from "../../lib/config/problem";
import { validateEnvironment } from "../../lib/config/validate";

type Group = Record<string, unknown>;

/** A network source, well-formed, for the tests that need one. */
export const networkSource = {
  kind: "network",
  host: "db.example.com",
  user: "postgres",
  tls: "verify-full",
  rootCertificate: "/etc/ssl/certs/ca-certificates.crt",
  passwordSecret: "placeholder/source/password",
};

/** The committed prod with some keys changed, each named by its path; undefined takes the key away. */
export function prodWith(changes: Record<string, unknown>): Group {
  const input = structuredClone(environments.prod) as unknown as Group;
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split(".");
    const last = keys.pop()!;
    const group = keys.reduce((inner, key) => inner[key] as Group, input);
    if (value === undefined) delete group[last];
    else group[last] = value;
  }
  return input;
}

/** Every problem that validation finds; none when it accepts the input. */
export function problemsOf(input: unknown, key = "prod"): readonly ConfigurationProblem[] {
  return refusal(() => validateEnvironment(input, key))?.problems ?? [];
}

/** The one problem of prod with these changes. */
export function problemWith(changes: Record<string, unknown>): ConfigurationProblem {
  const problems = problemsOf(prodWith(changes));
  expect(problems).toHaveLength(1);
  return problems[0]!;
}

export function refusal(validate: () => unknown): ConfigurationError | undefined {
  try {
    validate();
    return undefined;
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
}
