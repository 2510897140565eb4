import { Ec2Action, Ec2InstanceAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { type AlarmDefinition, atLeast, whenMissing } from "../alarm-definition";
import { instanceMetric } from "../metrics";
import type { Watched } from "../watched";

/** EC2's own checks. */
export function instanceAlarms(watched: Watched): AlarmDefinition[] {
  const check = (metricName: string) => ({
    metric: instanceMetric(watched, metricName),
    comparison: atLeast,
    threshold: 1,
    missing: whenMissing.unknown,
  });
  return [
    {
      ...check("StatusCheckFailed_System"),
      name: "system-check",
      description:
        "AWS's hardware under the target fails. AWS is moving the instance to other hardware, which the target sees as a power failure: " +
        "wait for the OK, then read boot.json on the host, and start anew any run of the runbook that it ended.",
      periods: 2,
      ...(isRecoverable(watched) && { action: new Ec2Action(Ec2InstanceAction.RECOVER) }),
    },
    {
      ...check("StatusCheckFailed_Instance"),
      name: "instance-check",
      description:
        "The target's operating system does not answer EC2. Read the instance's system log (EC2: get console output); if it hangs, reboot it.",
      // A reboot fails the check for a minute or two.
      periods: 3,
    },
    {
      ...check("StatusCheckFailed_AttachedEBS"),
      name: "volume-check",
      description:
        "A volume of the target does not complete its I/O. Look at the volume's status in EC2 and at AWS Health; PostgreSQL stands still until it answers.",
      periods: 2,
    },
  ];
}

/**
 * To recover is right for this instance: it keeps its id, its address, its interface and its volumes, all data is on EBS,
 * and PostgreSQL and the boot are made to go through a power failure. What fails beyond AWS's hardware a person looks at: a
 * reboot would end a restore that only has it busy. Types with disks of their own (m5d, i4i) cannot be recovered.
 */
function isRecoverable({ environment }: Watched): boolean {
  return !/^([dhi]|im|is)\d|^[a-z]+\d[a-z]*d[a-z]*\./.test(environment.target.instanceType);
}
