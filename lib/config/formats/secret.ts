import { text, type Verdict } from "./text";

const NAME = /^[A-Za-z0-9/_+=.@-]{1,512}$/;
const SECRET_ARN = /^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:(.+)$/;
const ARN_SUFFIX = /-[A-Za-z0-9]{6}$/;

/** The NAME of a secret in Secrets Manager: the plan wants names, so that no ARN binds it to one account. */
export const secretName = text(
  'the name of a secret in Secrets Manager (letters, digits and /_+=.@-), such as "prod/tracker/connection"',
  examineSecretName,
);

export function isArn(value: string): boolean {
  return /^arn:[^\s:]*:[^\s]*$/.test(value);
}

export function isSecretName(value: string): boolean {
  return NAME.test(value);
}

function examineSecretName(value: string): Verdict | undefined {
  if (isArn(value)) {
    const name = SECRET_ARN.exec(value)?.[1]?.replace(ARN_SUFFIX, "");
    return {
      why: "is an ARN where a secret's name is wanted",
      ...(name !== undefined && { remedy: `Write the secret's name: "${name}".` }),
    };
  }
  if (isSecretName(value)) return undefined;
  return {
    why: "is no secret's name",
    remedy:
      "Keep the secret itself in Secrets Manager and write its name here (letters, digits and /_+=.@-). " +
      "If this was the secret, change it: it stands in this file.",
  };
}
