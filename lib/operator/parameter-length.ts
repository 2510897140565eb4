import { BadInputError } from "./errors";

/** What Systems Manager takes of one parameter of an automation, in characters. */
const LONGEST = 512;

/** A parameter's value, which Systems Manager would refuse if it were longer, after the question is answered. */
export function fitting(option: string, value: string, remedy: string): string {
  if (value.length <= LONGEST) return value;
  throw new BadInputError(
    "option-length",
    `What follows ${option} has ${value.length} characters; Systems Manager takes ${LONGEST}.`,
    remedy,
  );
}
