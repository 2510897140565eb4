import { BadInputError } from "./errors";

/** What Systems Manager takes of one parameter. */
const LONGEST = 512;

/** The parameter Accept: the names of differences that somebody accepts, as the comparison writes them. */
export function acceptParameter(names: readonly string[] | undefined): string | undefined {
  if (names === undefined) return undefined;
  const unknown = names.find((name) => !/^relation .|., ./s.test(name));
  if (unknown !== undefined) {
    throw new BadInputError(
      "accept-name",
      `--accept ${JSON.stringify(unknown)} is no name of a difference.`,
      "Write it as the comparison does: 'relation public.x', or 'OBJECT, ATTRIBUTE' of a catalog line.",
    );
  }
  const parameter = JSON.stringify([...new Set(names)]);
  if (parameter.length > LONGEST) {
    throw new BadInputError(
      "accept-length",
      `The names after --accept have ${parameter.length} characters; Systems Manager takes ${LONGEST}.`,
      "Mend some of the differences: so many are no exception any more.",
    );
  }
  return parameter;
}
