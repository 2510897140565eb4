/** What ends a command without the outcome of a run. Each kind is one exit code of the command line. */
export abstract class OperatorError extends Error {
  /**
   * @param code short and stable, such as `environment-unknown`
   * @param message the cause, one sentence or a few lines
   * @param remedy what the operator can do about it
   */
  constructor(
    readonly code: string,
    message: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** An argument or the environment's entry is wrong. Nothing was asked of AWS, or nothing but reading. */
export class BadInputError extends OperatorError {}

/** AWS could not be reached, or it or this program refused: nothing was started and nothing was cancelled. */
export class NothingStartedError extends OperatorError {}

/** The run was started, or may have been, and how it ends cannot be seen from here. It is not stopped by this. */
export class OutcomeUnknownError extends OperatorError {}

/** What was begun has failed, and stands where the message says. */
export class FailedError extends OperatorError {}

/** The operator interrupted the command: nothing was asked of AWS that changes anything, or the run goes on. */
export class InterruptedError extends OperatorError {}
