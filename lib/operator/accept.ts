import { BadInputError } from "./errors";
import { fitting } from "./parameter-length";

/** The parameter Accept: the names of differences that somebody accepts, as the comparison writes them. */
export function acceptParameter(names: readonly string[] | undefined): string | undefined {
  if (names === undefined) return undefined;
  const unknown = names.find((name) => !isName(name));
  if (unknown !== undefined) {
    throw new BadInputError(
      "accept-name",
      `--accept ${JSON.stringify(unknown)} is no name of a difference.`,
      "Copy one name from the rehearsal's report for each --accept: 'relation public.x', or 'OBJECT, ATTRIBUTE' of a catalog line.",
    );
  }
  return fitting(
    "--accept",
    JSON.stringify([...new Set(names)]),
    "Mend some of the differences: so many are no exception any more.",
  );
}

/** Of one difference: no pattern, no list, nothing around it. The comparison alone knows whether there is such a one. */
function isName(name: string): boolean {
  if (name !== name.trim() || name === "*" || / \*$|,relation /.test(name)) return false;
  return name.startsWith("relation ") ? name !== "relation" : /^\S+( \S+)*, \S/s.test(name);
}
