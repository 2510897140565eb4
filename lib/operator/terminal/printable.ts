// Control characters (C0, DEL, C1) and those that turn the direction of writing. A database's names may hold any
// of them, and a terminal would obey.
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** The text on one line, with what a terminal might obey written as \uXXXX. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => {
    if (character === "\n") return "\\n";
    if (character === "\t") return "\\t";
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** As `printable`, with its lines kept apart. */
export function printableLines(text: string): string[] {
  return text.split(/\r?\n/).map(printable);
}
