import type { CommandDocument } from "../command-document";
import { commandSeconds } from "../command-content";
import { commonContent, ifSet, type CommonContent, type StepOptions } from "./common";
import type { AutomationStep } from "./step";

/** One command document, run on one instance. Outputs: CommandId, Status, ResponseCode, Output. */
export interface RunCommandOptions extends StepOptions {
  document: CommandDocument;
  instanceId: string;
  /** The document's parameters, each once; references are allowed. */
  parameters: Record<string, string>;
  /** Seconds until the command must have reached the agent, 30 at least; 120 unless set. */
  deliveryTimeoutSeconds?: number;
  /** Seconds for the step; unless set, what delivery and the script may take together, and a minute for AWS. */
  timeoutSeconds?: number;
  /** The name of the CloudWatch log group that receives the whole output. */
  logGroup?: string;
}

export interface RunCommandContent extends CommonContent {
  action: "aws:runCommand";
  inputs: {
    DocumentName: string;
    InstanceIds: string[];
    Parameters: Record<string, string[]>;
    /** Seconds until the command must have reached the agent: the script's own limit is in its document. */
    TimeoutSeconds: number;
    CloudWatchOutputConfig?: { CloudWatchOutputEnabled: true; CloudWatchLogGroupName: string };
  };
}

const DELIVERY_SECONDS = 120;
const MARGIN_SECONDS = 60;

export function runCommand(options: RunCommandOptions): AutomationStep {
  const { document, deliveryTimeoutSeconds = DELIVERY_SECONDS, logGroup } = options;
  const timeoutSeconds =
    options.timeoutSeconds ?? deliveryTimeoutSeconds + commandSeconds(document.content) + MARGIN_SECONDS;
  return {
    command: document,
    content: {
      ...commonContent({ ...options, timeoutSeconds }),
      action: "aws:runCommand",
      inputs: {
        DocumentName: document.name,
        InstanceIds: [options.instanceId],
        Parameters: listed(options.parameters),
        TimeoutSeconds: deliveryTimeoutSeconds,
        ...ifSet(
          "CloudWatchOutputConfig",
          logGroup === undefined
            ? undefined
            : { CloudWatchOutputEnabled: true, CloudWatchLogGroupName: logGroup },
        ),
      },
    },
  };
}

// SendCommand takes a list for every parameter, of whatever type.
function listed(parameters: Record<string, string>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, [value]]));
}
