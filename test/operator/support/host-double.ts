import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export const [oldInstance, newInstance] = ["i-0bbbbbbbbbbbbbbbb", "i-0cccccccccccccccc"];
export const [volumeId, interfaceId] = ["vol-0aaaaaaaaaaaaaaaa", "eni-0aaaaaaaaaaaaaaaa"];

interface Instance {
  state: string;
  isProtected: boolean;
  /** As it shuts down. */
  isSeen?: boolean;
  name: string;
}

/** What becomes of the deployment that a person begins once nothing stands in its way. */
type Deployment = "made" | "rolled back" | "failed" | "not begun";

/** The host as EC2 and CloudFormation have it (their Query protocols over HTTP), and what a person deploys meanwhile. */
export class HostDouble {
  readonly instances = new Map<string, Instance>([[oldInstance, instance()]]);
  stack = { status: "CREATE_COMPLETE", deployedAt: 0, generation: 1, instanceId: oldInstance };
  /** The instance that has the volume and the interface. */
  holder: string | null = oldInstance;
  /** What of them EC2 would delete with it. */
  goesWithInstance = { volume: false, interface: false };
  deployment: Deployment = "made";
  /** The action that the caller may not do. */
  denied: string | undefined;
  /** CloudFormation answers nothing more once the host's place is free. */
  isSilentInTheEnd = false;
  /** Actions in their order; a dry run's with a question mark. */
  readonly asked: string[] = [];
  private free = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<HostDouble> {
    const server = createServer();
    const double = new HostDouble(server);
    server.on("request", (request, response) => void double.serve(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return double;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The actions that change something. */
  get changes(): string[] {
    return this.asked.filter((action) => !/^Describe|\?$/.test(action));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const asked = new URLSearchParams(text);
    const action = asked.get("Action") ?? "";
    const isDryRun = asked.get("DryRun") === "true";
    this.asked.push(isDryRun ? `${action}?` : action);
    const answer = isDryRun ? this.dryRun(action) : this.carryOut(action, asked);
    const isError = answer.startsWith("<Error>");
    response.writeHead(isError ? 400 : 200, { "content-type": "text/xml" });
    // EC2's errors have a list, CloudFormation's have none.
    response.end(
      isError
        ? `<Response><Errors>${answer}</Errors>${answer}</Response>`
        : `<${action}Response>${answer}</${action}Response>`,
    );
  }

  private dryRun(action: string): string {
    if (action === this.denied) return error("UnauthorizedOperation", "You are not authorized.");
    return error("DryRunOperation", "Request would have succeeded.");
  }

  private carryOut(action: string, asked: URLSearchParams): string {
    switch (action) {
      case "DescribeStacks":
        this.end();
        if (this.isSilentInTheEnd && this.holder === null)
          return error("AccessDenied", "Your session is over.");
        this.deploy();
        return this.stackXml();
      case "DescribeVolumes":
        return this.volumeXml();
      case "DescribeNetworkInterfaces":
        return this.interfaceXml();
      case "DescribeInstances":
        return this.instanceXml(asked.get("InstanceId.1") ?? "");
      case "DescribeInstanceAttribute":
        return `<disableApiTermination><value>${this.named(asked).isProtected}</value></disableApiTermination>`;
      case "ModifyInstanceAttribute":
        this.named(asked).isProtected = asked.get("DisableApiTermination.Value") === "true";
        return "<return>true</return>";
      case "TerminateInstances":
        return this.terminate(asked.get("InstanceId.1") ?? "");
      default:
        return error("InvalidAction", action);
    }
  }

  private terminate(id: string): string {
    const found = this.instances.get(id);
    if (found?.isProtected !== false) return error("OperationNotPermitted", `${id} may not be terminated.`);
    found.state = "shutting-down";
    return "<instancesSet/>";
  }

  /** An instance that was seen to shut down has ended by the next look, and its volume and interface are free. */
  private end(): void {
    for (const [id, found] of this.instances) {
      if (found.state !== "shutting-down" || !found.isSeen) continue;
      found.state = "terminated";
      if (this.holder === id) this.holder = null;
    }
  }

  /** Begun when the host's place was seen free twice, seen going on once, and then over. */
  private deploy(): void {
    if (this.deployment === "not begun" || this.holder !== null) return;
    this.free += 1;
    if (this.free === 2) this.stack = { ...this.stack, status: "UPDATE_IN_PROGRESS", deployedAt: 1 };
    if (this.free !== 3) return;
    this.instances.set(newInstance, instance());
    this.holder = newInstance;
    const ended = {
      made: "UPDATE_COMPLETE",
      "rolled back": "UPDATE_ROLLBACK_COMPLETE",
      failed: "UPDATE_ROLLBACK_FAILED",
    };
    this.stack.status = ended[this.deployment];
    if (this.deployment === "made") this.stack = { ...this.stack, generation: 2, instanceId: newInstance };
  }

  private named(asked: URLSearchParams): Instance {
    const found = this.instances.get(asked.get("InstanceId") ?? "");
    if (found === undefined) throw new Error(`There is no instance ${asked.get("InstanceId")}.`);
    return found;
  }

  private stackXml(): string {
    const { status, deployedAt, generation, instanceId } = this.stack;
    const outputs = { Generation: generation, InstanceId: instanceId, DataVolumeId: volumeId };
    const members = Object.entries(outputs).map(
      ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
    );
    return `<DescribeStacksResult><Stacks><member><StackStatus>${status}</StackStatus><CreationTime>2026-11-21T05:13:0${deployedAt}Z</CreationTime><Outputs>${members.join("")}</Outputs></member></Stacks></DescribeStacksResult>`;
  }

  private volumeXml(): string {
    const attached =
      this.holder === null
        ? ""
        : `<item><instanceId>${this.holder}</instanceId><status>attached</status><deleteOnTermination>${this.goesWithInstance.volume}</deleteOnTermination></item>`;
    return `<volumeSet><item><volumeId>${volumeId}</volumeId><attachmentSet>${attached}</attachmentSet></item></volumeSet>`;
  }

  private interfaceXml(): string {
    const attached =
      this.holder === null
        ? ""
        : `<attachment><instanceId>${this.holder}</instanceId><deleteOnTermination>${this.goesWithInstance.interface}</deleteOnTermination></attachment>`;
    return `<networkInterfaceSet><item><networkInterfaceId>${interfaceId}</networkInterfaceId>${attached}</item></networkInterfaceSet>`;
  }

  private instanceXml(id: string): string {
    const found = this.instances.get(id);
    if (found === undefined) return error("InvalidInstanceID.NotFound", `${id} does not exist`);
    const { state, name } = found;
    found.isSeen = state === "shutting-down";
    return `<reservationSet><item><instancesSet><item><instanceId>${id}</instanceId><instanceState><name>${state}</name></instanceState><instanceType>t3.medium</instanceType><tagSet><item><key>Name</key><value>${name}</value></item></tagSet></item></instancesSet></item></reservationSet>`;
  }
}

function instance(): Instance {
  return { state: "running", isProtected: true, name: "timescale-cutover-lab-target" };
}

function error(code: string, message: string): string {
  return `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
}
