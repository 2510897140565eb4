/** What every step may set, whatever its action. */
export interface StepOptions {
  /** Letters, digits and _, a letter first; its own in the document. */
  name: string;
  /** Seconds that one attempt may take. */
  timeoutSeconds?: number;
  /** Attempts before the step has failed; AWS's default is 1. */
  maxAttempts?: number;
  /** What follows a failure; AWS's default is Abort. After a jump the run still ends Failed, unless isCritical is false. */
  onFailure?: "Abort" | "Continue" | { step: string };
  /** What follows when an operator cancels the run during this step: AWS gives it 2 minutes. The default is Abort. */
  onCancel?: "Abort" | { step: string };
  /** Whether a failure of this step makes the run Failed; AWS's default is true, or false with onFailure Continue. */
  isCritical?: boolean;
  /** Ends the run after this step, whether it succeeded or failed. */
  isEnd?: boolean;
  /** What follows success; the default is the following step of the list. */
  nextStep?: string;
}

/** The same as it stands in a document. */
export interface CommonContent {
  name: string;
  timeoutSeconds?: number;
  maxAttempts?: number;
  onFailure?: string;
  onCancel?: string;
  isCritical?: boolean;
  isEnd?: boolean;
  nextStep?: string;
}

/** Writes the options that are set, in the document's words: a jump is `step:NAME`. */
export function commonContent(options: StepOptions): CommonContent {
  return {
    name: options.name,
    ...ifSet("timeoutSeconds", options.timeoutSeconds),
    ...ifSet("maxAttempts", options.maxAttempts),
    ...ifSet("onFailure", action(options.onFailure)),
    ...ifSet("onCancel", action(options.onCancel)),
    ...ifSet("isCritical", options.isCritical),
    ...ifSet("isEnd", options.isEnd),
    ...ifSet("nextStep", options.nextStep),
  };
}

/** The pair as an object, or an empty object when there is no value: a document has no undefined. */
export function ifSet<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}

/** The step that onFailure or onCancel jumps to; undefined when it is no jump. */
export function jumpTarget(action: string | undefined): string | undefined {
  return action?.startsWith("step:") === true ? action.slice("step:".length) : undefined;
}

function action(wanted: string | { step: string } | undefined): string | undefined {
  return typeof wanted === "object" ? `step:${wanted.step}` : wanted;
}
