import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { targetInstance } from "./environment";

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

/** SSM and Secrets Manager (AWS JSON 1.1) and S3 (GET, path style) over HTTP, with a network's and AWS's failures. */
export class AwsDouble {
  readonly asked: Asked[] = [];
  readonly objects = new Map<string, string>();
  bucketMissing = false;
  /** Successive looks at the execution; the last stays. */
  looks: Body[] = [];
  /** Executions by their ids, which come before the looks. */
  readonly executions = new Map<string, Body>();
  /** The executions, as DescribeAutomationExecutions lists them. */
  listed: Body[] = [];
  /** What GetCommandInvocation says, one after the other; the last stays. */
  invocations: Body[] = [];
  /** What it says of a command by its id, which comes before those. */
  readonly printed = new Map<string, string>();
  /** The instances that Systems Manager reaches. */
  readonly online = new Set<string>();
  /** What ListCommandInvocations gives. */
  commandInvocations: Body[] = [];
  /** The application's secret; undefined where there is none. */
  secret: { text: string; versionId: string } | undefined;
  /** SSM's parameters, by name: the host stack's at first. */
  readonly parameters = new Map([["/timescale-cutover/lab/instance-id", targetInstance]]);
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
    const operation =
      typeof target === "string" ? target.replace(/^(AmazonSSM|secretsmanager)\./, "") : "GetObject";
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
      const result = this.carryOut(operation, asked.body);
      if (fault === "answer-lost") request.socket.destroy();
      else if (result instanceof Refusal)
        answer(response, 400, { __type: result.type, message: result.message });
      else answer(response, 200, result);
    }
    this.onAsked(asked);
  }

  private carryOut(operation: string, body: Body): Body | Refusal {
    switch (operation) {
      case "DescribeAutomationExecutions":
        return { AutomationExecutionMetadataList: this.listed };
      case "StartAutomationExecution":
        return this.start(body);
      case "GetAutomationExecution":
        return { AutomationExecution: this.execution(String(body.AutomationExecutionId)) };
      case "SendAutomationSignal":
        return {};
      case "SendCommand":
        return { Command: { CommandId: commandId, Status: "Pending", InstanceIds: body.InstanceIds } };
      case "GetCommandInvocation":
        return this.invocation(String(body.CommandId)) ?? {};
      case "ListCommandInvocations":
        return { CommandInvocations: this.commandInvocations };
      case "DescribeInstanceInformation":
        return this.instanceInformation(body);
      case "GetSecretValue":
        return this.secretValue(String(body.SecretId));
      case "GetParameter":
        return this.parameter(String(body.Name));
      default:
        return {};
    }
  }

  // A parameter's value has 1 to 512 characters.
  private start({ Parameters: parameters = {} }: Body): Body | Refusal {
    const values = Object.values(parameters as Record<string, string[]>).flat();
    if (values.some((value) => value.length < 1 || value.length > 512)) {
      return new Refusal("ValidationException", "Member must have length greater than or equal to 1");
    }
    return { AutomationExecutionId: executionId };
  }

  private execution(id: string): Body | undefined {
    return this.executions.get(id) ?? next(this.looks);
  }

  private invocation(id: string): Body | undefined {
    const printed = this.printed.get(id);
    return printed === undefined ? next(this.invocations) : { StandardOutputContent: printed };
  }

  private instanceInformation({ Filters }: Body): Body {
    const [filter] = Filters as { Values: string[] }[];
    const reached = filter?.Values.filter((id) => this.online.has(id)) ?? [];
    return {
      InstanceInformationList: reached.map((InstanceId) => ({ InstanceId, PingStatus: "Online" })),
    };
  }

  private secretValue(id: string): Body | Refusal {
    if (this.secret === undefined) {
      return new Refusal("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    return {
      ARN: `arn:aws:secretsmanager:eu-west-2:111122223333:secret:${id}-AbCdEf`,
      Name: id,
      VersionId: this.secret.versionId,
      SecretString: this.secret.text,
      VersionStages: ["AWSCURRENT"],
      CreatedDate: 1795238000.5,
    };
  }

  private parameter(Name: string): Body | Refusal {
    const Value = this.parameters.get(Name);
    return Value === undefined
      ? new Refusal("ParameterNotFound", "")
      : { Parameter: { Name, Value, Type: "String" } };
  }

  private getObject(url: string, response: ServerResponse): void {
    const content = this.objects.get(decodeURIComponent(url.split("?")[0] ?? "").slice(1));
    if (this.bucketMissing) xml(response, "NoSuchBucket");
    else if (content === undefined) xml(response, "NoSuchKey");
    else response.writeHead(200, { "content-type": "application/json" }).end(content);
  }
}

class Refusal {
  constructor(
    readonly type: string,
    readonly message: string,
  ) {}
}

/** The first of several, until one is left, which stays. */
function next(bodies: Body[]): Body | undefined {
  return bodies.length > 1 ? bodies.shift() : bodies[0];
}

export const commandId = "99999999-8888-4777-8666-555555555555";
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
