/** A value as one word of bash, in ASCII: CloudFormation may make a question mark of another character. */
export function shellQuoted(value: string): string {
  if (isAscii(value)) return `'${value.replaceAll("'", `'\\''`)}'`;
  const bytes = [...Buffer.from(value)].map((byte) => {
    const character = String.fromCharCode(byte);
    return byte < 0x80 && /[^\\'\x00-\x1f]/.test(character)
      ? character
      : `\\x${byte.toString(16).padStart(2, "0")}`;
  });
  return `$'${bytes.join("")}'`;
}

function isAscii(value: string): boolean {
  return Buffer.byteLength(value) === value.length;
}

/** A command that writes a text to a file, to the byte. The path is a word of bash already. */
export function writesFile(path: string, text: string, end: string): string {
  if (text.split("\n").includes(end))
    throw new Error(`${path} holds a line ${end}, which would end it early.`);
  return `cat >${path} <<'${end}'\n${text}${end}`;
}
