/** What a caller of the endpoint receives: the error's name as AWS spells it, and an HTTP status. */
export class ServiceError extends Error {
  constructor(
    readonly type: string,
    message: string,
    readonly statusCode = 400,
  ) {
    super(message);
    this.name = type;
  }
}

/** A document asks for something that the lab does not execute. Thrown when it is loaded, never while it runs. */
export class UnsupportedFeature extends Error {
  constructor(
    readonly document: string,
    readonly problems: readonly string[],
  ) {
    super(
      `the lab cannot execute the document ${document}:\n${problems.map((each) => `  - ${each}`).join("\n")}`,
    );
    this.name = "UnsupportedFeature";
  }
}
