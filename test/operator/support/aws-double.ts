import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How the next request of an operation goes wrong. */
export type Fault =
  | { status: number; type: string; message?: string }
  /** The connection is closed before the request is carried out. */
  | "reset"
  /** The request is carried out, and its answer lost. */
  | "answer-lost"
  /** Something in between answers with a page of its own. */
  | "page";

export interface Asked {
  operation: string;
  body: Record<string, unknown>;
}

type Body = Record<string, unknown>;

/** SSM (AWS JSON 1.1) and S3 (GET, path style) over HTTP, with the failures that a network and AWS have. */
export class AwsDouble {
  readonly asked: Asked[] = [];
  readonly objects = new Map<string, string>();
  bucketMissing = false;
  /** Successive looks at the execution; the last stays. */
  looks: Body[] = [];
  /** The document's executions, as DescribeAutomationExecutions lists them. */
  listed: Body[] = [];
  invocation: Body = {};
  /** Called when a request of this operation has been carried out. */
  onAsked: (asked: Asked) => void = () => undefined;
  private readonly faults = new Map<string, Fault[]>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<AwsDouble> {
    const server = createServer();
    const double = new AwsDouble(server);
    server.on("request", (request, response) => void double.serve(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return double;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  fail(operation: string, ...faults: Fault[]): void {
    this.faults.set(operation, faults);
  }

  askedFor(operation: string): Body[] {
    return this.asked.filter((asked) => asked.operation === operation).map(({ body }) => body);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await bodyOf(request);
    const target = request.headers["x-amz-target"];
    const operation = typeof target === "string" ? target.replace("AmazonSSM.", "") : "GetObject";
    const fault = this.faults.get(operation)?.shift();
    if (fault === "reset") {
      request.socket.destroy();
      return;
    }
    if (fault === "page") {
      response.writeHead(200, { "content-type": "text/html" }).end("<html>Sign in to the network</html>");
      return;
    }
    if (typeof fault === "object") {
      answer(response, fault.status, { __type: fault.type, message: fault.message ?? "" });
      return;
    }
    const asked = { operation, body: text === "" ? {} : (JSON.parse(text) as Body) };
    this.asked.push(asked);
    if (operation === "GetObject") this.getObject(request.url ?? "", response);
    else {
      const result = this.carryOut(operation);
      if (fault === "answer-lost") request.socket.destroy();
      else answer(response, 200, result);
    }
    this.onAsked(asked);
  }

  private carryOut(operation: string): Body {
    switch (operation) {
      case "DescribeAutomationExecutions":
        return { AutomationExecutionMetadataList: this.listed };
      case "StartAutomationExecution":
        return { AutomationExecutionId: executionId };
      case "GetAutomationExecution":
        return { AutomationExecution: this.looks.length > 1 ? this.looks.shift() : this.looks[0] };
      case "GetCommandInvocation":
        return this.invocation;
      default:
        return {};
    }
  }

  private getObject(url: string, response: ServerResponse): void {
    const content = this.objects.get(decodeURIComponent(url.split("?")[0] ?? "").slice(1));
    if (this.bucketMissing) xml(response, "NoSuchBucket");
    else if (content === undefined) xml(response, "NoSuchKey");
    else response.writeHead(200, { "content-type": "application/json" }).end(content);
  }
}

export const executionId = "11111111-2222-4333-8444-555555555555";

function answer(response: ServerResponse, status: number, body: Body): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
}

function xml(response: ServerResponse, code: string): void {
  const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
  response.writeHead(404, { "content-type": "application/xml" }).end(body);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
