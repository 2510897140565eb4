import type { AutomationStep } from "../ssm/steps/step";
import type { Runbook } from "./automation";
import type { Stage } from "./stage";

/** What an environment has beside the secret to lead its application to the target. */
export function leadToTarget(stage: Stage, runbook: Runbook): AutomationStep[] {
  const { dns } = runbook.steps;
  return [...(dns ? [stage.onTarget("pointDns", dns.pointDns)] : []), ...restartAndCheck(stage, runbook)];
}

/** The same, back to the source. */
export function leadToSource(
  stage: Stage,
  runbook: Runbook,
  parameters: Record<string, string>,
): AutomationStep[] {
  const { dns } = runbook.steps;
  return [
    ...(dns ? [stage.onTarget("pointDnsBack", dns.pointDnsBack, parameters)] : []),
    ...restartAndCheck(stage, runbook),
  ];
}

function restartAndCheck(stage: Stage, { environment, steps }: Runbook): AutomationStep[] {
  const { application, timeouts } = environment;
  return [
    ...(application.restart
      ? [
          stage.hook("restartApplication", {
            ...application.restart,
            timeoutSeconds: timeouts.shortStepSeconds,
          }),
        ]
      : []),
    ...(steps.checkHealth ? [stage.onTarget("checkHealth", steps.checkHealth)] : []),
  ];
}
