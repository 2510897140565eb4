import type { IncomingMessage, ServerResponse } from "node:http";
import { ServiceError } from "./errors";

const CONTENT_TYPE = "application/x-amz-json-1.1";
const LARGEST_REQUEST_BYTES = 1024 * 1024;

/** A call in AWS JSON 1.1. */
export interface Call {
  operation: string;
  body: unknown;
  /** The access key in the signature, which the lab takes for the caller's name and does not check. */
  caller: string;
}

export async function readCall(request: IncomingMessage): Promise<Call> {
  const target = String(request.headers["x-amz-target"] ?? "");
  const operation = /^AmazonSSM\.([A-Za-z]+)$/.exec(target)?.[1];
  const text = await readText(request);
  if (request.method !== "POST" || operation === undefined) {
    throw new ServiceError(
      "UnknownOperationException",
      `no operation of AmazonSSM: ${request.method} ${target}`,
    );
  }
  const caller = /Credential=([^/]+)\//.exec(request.headers.authorization ?? "")?.[1] ?? "anonymous";
  return { operation, body: parse(text), caller };
}

export function writeAnswer(
  response: ServerResponse,
  requestId: string,
  answer: Record<string, unknown>,
): void {
  write(response, 200, requestId, answer);
}

export function writeError(response: ServerResponse, requestId: string, error: unknown): void {
  const known =
    error instanceof ServiceError ? error : new ServiceError("InternalServerError", String(error), 500);
  write(response, known.statusCode, requestId, { __type: known.type, message: known.message });
}

function write(
  response: ServerResponse,
  status: number,
  requestId: string,
  body: Record<string, unknown>,
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "Content-Type": CONTENT_TYPE,
    "Content-Length": Buffer.byteLength(text),
    "x-amzn-RequestId": requestId,
  });
  response.end(text);
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > LARGEST_REQUEST_BYTES)
      throw new ServiceError("RequestEntityTooLarge", "The request is too large.", 413);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString();
}

function parse(text: string): unknown {
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    throw new ServiceError("SerializationException", "The request is no JSON.");
  }
}
