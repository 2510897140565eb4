import type { IncomingMessage, ServerResponse } from "node:http";

/** The operations of AmazonSSM that have nothing to do with hosts or documents. */
const operations = new Set(["PutParameter", "GetParameter"]);

export function isOfParameterStore(operation: string): boolean {
  return operations.has(operation);
}

/** Hands a call on to the server that keeps parameters, and gives its answer as it came. */
export async function handOn(
  url: string,
  { headers }: IncomingMessage,
  body: unknown,
  response: ServerResponse,
): Promise<void> {
  const answer = await fetch(url, {
    method: "POST",
    headers: {
      "Content-Type": String(headers["content-type"]),
      "X-Amz-Target": String(headers["x-amz-target"]),
      // Not to be checked, but to read the region from.
      Authorization: String(headers.authorization),
    },
    body: JSON.stringify(body),
  });
  response.writeHead(answer.status, { "Content-Type": String(answer.headers.get("content-type")) });
  response.end(await answer.text());
}
