import { isKnownAtDeployment } from "../plain-content";
import type { Finding } from "../problem";
import { commonContent, ifSet, type CommonContent, type StepOptions } from "./common";
import type { AutomationStep } from "./step";

/** Waits until people have approved. Outputs: ApprovalStatus, ApproverDecisions. */
export interface ApproveOptions extends StepOptions {
  /** ARNs of IAM users or roles, or names of users; 1 to 10. */
  approvers: string[];
  /** How many of them must approve; 1 unless set. */
  minRequiredApprovals?: number;
  /** What the approvers read; at most 4,096 characters. */
  message: string;
  /** Seconds until the run stops unapproved; at most 30 days. */
  timeoutSeconds: number;
  /** ARN of an SNS topic, whose name begins with Automation. */
  notificationArn?: string;
}

export interface ApproveContent extends CommonContent {
  action: "aws:approve";
  inputs: {
    Approvers: string[];
    MinRequiredApprovals: number;
    Message: string;
    NotificationArn?: string;
  };
}

const MAXIMUM_APPROVERS = 10;
const MAXIMUM_SECONDS = 30 * 24 * 60 * 60;
const MAXIMUM_MESSAGE = 4096;

export function approve(options: ApproveOptions): AutomationStep {
  return {
    content: {
      ...commonContent(options),
      action: "aws:approve",
      inputs: {
        Approvers: options.approvers,
        MinRequiredApprovals: options.minRequiredApprovals ?? 1,
        Message: options.message,
        ...ifSet("NotificationArn", options.notificationArn),
      },
    },
  };
}

/** What is wrong with a step that waits for approval. */
export function approveFindings(step: ApproveContent): Finding[] {
  return [...approverFindings(step), ...timeoutFindings(step), ...noticeFindings(step)];
}

function approverFindings({ inputs }: ApproveContent): Finding[] {
  const { Approvers: approvers, MinRequiredApprovals: required } = inputs;
  // A list that only CloudFormation knows cannot be counted.
  if (!Array.isArray(approvers)) return [];
  if (approvers.length < 1 || approvers.length > MAXIMUM_APPROVERS) {
    return [
      { why: `has ${approvers.length} approvers`, remedy: `name 1 to ${MAXIMUM_APPROVERS} users or roles.` },
    ];
  }
  if (Number.isInteger(required) && required >= 1 && required <= approvers.length) return [];
  return [
    {
      why: `wants ${required} approvals of ${approvers.length} approvers`,
      remedy: `use a whole number from 1 to ${approvers.length}, or name more approvers.`,
    },
  ];
}

function timeoutFindings({ timeoutSeconds }: ApproveContent): Finding[] {
  if (timeoutSeconds === undefined || timeoutSeconds <= MAXIMUM_SECONDS) return [];
  return [
    {
      why: `waits ${timeoutSeconds} seconds for approval, and AWS waits at most 30 days`,
      remedy: `use a timeoutSeconds of ${MAXIMUM_SECONDS} at most.`,
    },
  ];
}

function noticeFindings({ inputs }: ApproveContent): Finding[] {
  const { Message: message, NotificationArn: topic } = inputs;
  const findings: Finding[] = [];
  if (message.length > MAXIMUM_MESSAGE) {
    findings.push({
      why: `has a message of ${message.length} characters`,
      remedy: `shorten it to ${MAXIMUM_MESSAGE}.`,
    });
  }
  if (topic !== undefined && !isKnownAtDeployment(topic) && !/:Automation[^:]*$/.test(topic)) {
    findings.push({
      why: `notifies ${topic}, a topic that Automation may not publish to`,
      remedy: "begin the topic's name with Automation.",
    });
  }
  return findings;
}
