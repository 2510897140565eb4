import { messageOf } from "./message-of";

/**
 * What became of a call that failed:
 * - `unreached`: no connection was made, so AWS never saw it
 * - `throttled`: AWS turned it away for now
 * - `unanswered`: it was sent, and no sound answer came back: it may have been carried out
 * - `refused`: AWS said no, or there are no credentials; asking again gives the same
 */
export type AwsFailure = "unreached" | "throttled" | "unanswered" | "refused";

const unreachedCodes = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);
const unansweredCodes = new Set(["ECONNRESET", "ETIMEDOUT", "EPIPE", "ECONNABORTED", "HPE_INVALID_CONSTANT"]);
const unansweredNames = new Set(["TimeoutError", "RequestTimeout", "RequestTimeoutException"]);
const throttledName = /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|BandwidthLimitExceeded/;

export function classifyAwsError(error: unknown): AwsFailure {
  if (!(error instanceof Error)) return "refused";
  const { code, httpStatus } = fieldsOf(error);
  if (throttledName.test(error.name) || httpStatus === 429) return "throttled";
  if (code !== undefined && unreachedCodes.has(code)) return "unreached";
  if (unansweredNames.has(error.name) || (code !== undefined && unansweredCodes.has(code)))
    return "unanswered";
  if (httpStatus !== undefined && (httpStatus >= 500 || httpStatus === 408)) return "unanswered";
  // The answer was not JSON: something between here and AWS answered in its place.
  if (error.name === "SyntaxError") return "unanswered";
  return error.cause === undefined ? "refused" : classifyAwsError(error.cause);
}

/** Whether the same call may succeed a little later. */
export function isPassing(error: unknown): boolean {
  return classifyAwsError(error) !== "refused";
}

export function isNamed(error: unknown, ...names: string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}

/** One line for people: the error's name and what it says. */
export function describeAwsError(error: unknown): string {
  if (!(error instanceof Error)) return messageOf(error);
  const text = error.message || fieldsOf(error).code || "no more is known";
  return error.name === "Error" || error.name === "AggregateError" ? text : `${error.name}: ${text}`;
}

/** What to do about a refusal, where that can be told from the error. */
export function remedyFor(error: unknown): string {
  if (classifyAwsError(error) !== "refused")
    return "Check the connection to AWS (network, proxy), then try again.";
  if (isNamed(error, "CredentialsProviderError", "TokenProviderError")) {
    return "Sign in (aws sso login) or set AWS_PROFILE to one of the environment's account.";
  }
  if (
    isNamed(
      error,
      "ExpiredToken",
      "ExpiredTokenException",
      "UnrecognizedClientException",
      "InvalidClientTokenId",
    )
  ) {
    return "The credentials have expired or are of no use here: sign in again, then try again.";
  }
  if (isNamed(error, "AccessDenied", "AccessDeniedException", "UnauthorizedOperation")) {
    return "Use credentials of the environment's account that may do this.";
  }
  return "Read what AWS says above.";
}

function fieldsOf(error: Error): { code?: string; httpStatus?: number } {
  const code: unknown = "code" in error ? error.code : undefined;
  const metadata: unknown = "$metadata" in error ? error.$metadata : undefined;
  const httpStatus: unknown =
    typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata
      ? metadata.httpStatusCode
      : undefined;
  return {
    ...(typeof code === "string" ? { code } : {}),
    ...(typeof httpStatus === "number" ? { httpStatus } : {}),
  };
}
