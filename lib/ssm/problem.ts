/** One thing that is wrong with a document. */
export interface Problem {
  /** The document's name. */
  document: string;
  /** The step, parameter or output that has it, such as `step dump`; absent when it is the whole document. */
  part?: string;
  /** What is wrong; reads on from the part: "jumps to reopen on failure, and there is no such step". */
  why: string;
  /** What to do about it, as one sentence. */
  remedy: string;
}

/** A problem as the checks find it, before the document's name is known. */
export type Finding = Omit<Problem, "document">;

/** The document is refused. Lists every problem that it has, not only the first. */
export class DocumentError extends Error {
  override readonly name = "DocumentError";

  constructor(readonly problems: readonly Problem[]) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super([`SSM documents have ${count}:`, ...problems.map((each) => `  ${rendered(each)}`)].join("\n"));
  }
}

/** A problem on one line. */
export function rendered({ document, part, why, remedy }: Problem): string {
  return `${document}: ${part === undefined ? "" : `${part} `}${why}. Remedy: ${remedy}`;
}
