import type { IncomingMessage, ServerResponse } from "node:http";

/** The operations of AmazonSSM that have nothing to do with hosts or documents. */
const operations = new Set(["PutParameter", "GetParameter"]);

export function isOfParameterStore(operation: string): boolean {
  return operations.has(operation);
}

/** Asks the server that keeps parameters, as a step of an automation does. */
export async function ask(
  url: string,
  operation: string,
  { account, region }: { account: string; region: string },
  inputs: unknown,
): Promise<unknown> {
  const answer = await fetch(url, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.1",
      "X-Amz-Target": `AmazonSSM.${operation}`,
      Authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/${region}/ssm/aws4_request`,
    },
    body: JSON.stringify(inputs),
  });
  const body: unknown = await answer.json();
  if (!answer.ok) throw new Error(`${operation} failed: ${JSON.stringify(body)}`);
  return body;
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
