/** A value as one word of bash. */
export function shellQuoted(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}

/** A command that writes a text to a file, to the byte. The path is a word of bash already. */
export function writesFile(path: string, text: string, end: string): string {
  if (text.split("\n").includes(end))
    throw new Error(`${path} holds a line ${end}, which would end it early.`);
  return `cat >${path} <<'${end}'\n${text}${end}`;
}
