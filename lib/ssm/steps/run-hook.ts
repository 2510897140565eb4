import type { Finding } from "../problem";
import { commonContent, ifSet, type CommonContent, type StepOptions } from "./common";
import type { AutomationStep } from "./step";

/** A Command document that is not ours, run on the instances that its targets find. Outputs: as aws:runCommand has them. */
export interface RunHookOptions extends StepOptions {
  /** The document's name; its parameters keep their defaults. */
  documentName: string;
  /** 1 to 5; an instance is meant when all of them find it. */
  targets: readonly HookTarget[];
  /** Seconds for the whole step: how long the document's own script may run is not known here. */
  timeoutSeconds: number;
  /** Seconds until the command must have reached each agent, 30 at least; 120 unless set. */
  deliveryTimeoutSeconds?: number;
  /** The name of the CloudWatch log group that receives the whole output. */
  logGroup?: string;
}

export interface HookTarget {
  /** `InstanceIds`, or `tag:NAME`. */
  readonly key: string;
  /** 1 to 50; one of them is enough. */
  readonly values: readonly string[];
}

export interface RunHookContent extends CommonContent {
  action: "aws:runCommand";
  inputs: {
    DocumentName: string;
    Targets: { Key: string; Values: string[] }[];
    TimeoutSeconds: number;
    CloudWatchOutputConfig?: { CloudWatchOutputEnabled: true; CloudWatchLogGroupName: string };
  };
}

const DELIVERY_SECONDS = 120;
const MAXIMUM_TARGETS = 5;
const MAXIMUM_VALUES = 50;
const KEY = /^(InstanceIds|tag:.{1,128})$/;

export function runHook(options: RunHookOptions): AutomationStep {
  const { documentName, targets, deliveryTimeoutSeconds = DELIVERY_SECONDS, logGroup } = options;
  return {
    content: {
      ...commonContent(options),
      action: "aws:runCommand",
      inputs: {
        DocumentName: documentName,
        Targets: targets.map(({ key, values }) => ({ Key: key, Values: [...values] })),
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

/** What is wrong with the targets of a step that runs a document which is not ours. */
export function hookFindings({ inputs }: RunHookContent): Finding[] {
  const { Targets: targets } = inputs;
  if (targets.length < 1 || targets.length > MAXIMUM_TARGETS) {
    return [{ why: `has ${targets.length} targets`, remedy: `name 1 to ${MAXIMUM_TARGETS} of them.` }];
  }
  const keys = targets.map(({ Key }) => Key);
  return [
    ...targets.flatMap(targetFindings),
    ...(keys.includes("InstanceIds") && keys.length > 1
      ? [{ why: "targets InstanceIds beside others", remedy: "name the instances either by id or by tags." }]
      : []),
  ];
}

function targetFindings({
  Key: key,
  Values: values,
}: RunHookContent["inputs"]["Targets"][number]): Finding[] {
  if (!KEY.test(key)) {
    return [{ why: `targets ${JSON.stringify(key)}`, remedy: "use InstanceIds, or a tag as tag:NAME." }];
  }
  if (values.length >= 1 && values.length <= MAXIMUM_VALUES) return [];
  return [
    { why: `targets ${key} with ${values.length} values`, remedy: `name 1 to ${MAXIMUM_VALUES} of them.` },
  ];
}
