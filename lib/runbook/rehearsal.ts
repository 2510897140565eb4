import type { Role } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { documentName } from "../config/derived";
import type { Environment } from "../config/environment";
import { AutomationDocument } from "../ssm/automation-document";
import type { CommandDocument } from "../ssm/command-document";
import { runCommand } from "../ssm/steps/run-command";
import type { AutomationStep } from "../ssm/steps/step";
import { dumpHostId } from "./connections";
import { replace, runId } from "./parameters";
import type { Steps } from "./steps";

/**
 * Dump and restore from the live source, compared: all of a cutover but the cutover. The source is only read; what is
 * made on the target is replaced by the next run.
 *
 * Whatever fails or is cancelled, the run goes on at `releaseSource`, so that no snapshot and no dump stays behind.
 */
export function rehearsal(
  scope: Construct,
  environment: Environment,
  steps: Steps,
  role: Role,
  logGroup: string,
): AutomationDocument {
  const run = new Run(dumpHostId(environment), environment.target.instanceId, logGroup);
  return new AutomationDocument(scope, "Rehearsal", {
    name: documentName(environment, "Rehearsal"),
    description: "Dumps the live source, restores it on the target and compares both. Only reads the source.",
    assumeRole: role.roleArn,
    parameters: { RunId: runId, Replace: replace },
    steps: [
      run.first("lock", steps.lock, { ExecutionId: "{{ automation:EXECUTION_ID }}" }),
      run.onDumpHost("inspectSource", steps.inspectSource),
      run.onTarget("inspectTarget", steps.inspectTarget, { Replace: "{{ Replace }}" }),
      run.onDumpHost("holdSnapshot", steps.holdSnapshot),
      run.onDumpHost("dump", steps.dump),
      run.onDumpHost("fingerprintSource", steps.fingerprintSource),
      run.onDumpHost("releaseSnapshot", steps.releaseSnapshot),
      ...(steps.relay
        ? [run.onDumpHost("sendDump", steps.relay.sendDump), run.onTarget("fetchDump", steps.relay.fetchDump)]
        : []),
      run.onTarget("prepareRoles", steps.prepareRoles),
      run.onTarget("prepareDatabase", steps.prepareDatabase, { Replace: "{{ Replace }}" }),
      run.onTarget("restore", steps.restore),
      ...(steps.reassignOwnership ? [run.onTarget("reassignOwnership", steps.reassignOwnership)] : []),
      run.onTarget("fingerprintTarget", steps.fingerprintTarget),
      run.onTarget("compare", steps.compare),
      run.onTarget("startWorkers", steps.startWorkers),
      run.cleanUp("releaseSource", steps.releaseSource),
      run.last("unlock", steps.unlock),
    ],
    outputs: ["inspectSource.Output", "inspectTarget.Output", "compare.Output", "startWorkers.Output"],
  });
}

/** The steps' common wiring: which host, the run's id, and where a failure goes on. */
class Run {
  constructor(
    private readonly dumpHost: string,
    private readonly target: string,
    private readonly logGroup: string,
  ) {}

  onDumpHost(name: string, document: CommandDocument, parameters = {}): AutomationStep {
    return this.step(name, document, this.dumpHost, parameters);
  }

  onTarget(name: string, document: CommandDocument, parameters = {}): AutomationStep {
    return this.step(name, document, this.target, parameters);
  }

  /** Nothing is there yet to release: a failure ends the run. */
  first(name: string, document: CommandDocument, parameters: Record<string, string>): AutomationStep {
    return runCommand({ ...this.common(name, document, this.target, parameters), onFailure: "Abort" });
  }

  /** Runs after success, failure and cancellation alike. */
  cleanUp(name: string, document: CommandDocument): AutomationStep {
    return runCommand({
      ...this.common(name, document, this.dumpHost, {}),
      onFailure: { step: "unlock" },
      onCancel: { step: "unlock" },
    });
  }

  last(name: string, document: CommandDocument): AutomationStep {
    return runCommand({ ...this.common(name, document, this.target, {}), isEnd: true });
  }

  private step(
    name: string,
    document: CommandDocument,
    instanceId: string,
    parameters: Record<string, string>,
  ): AutomationStep {
    return runCommand({
      ...this.common(name, document, instanceId, parameters),
      onFailure: { step: "releaseSource" },
      onCancel: { step: "releaseSource" },
    });
  }

  private common(
    name: string,
    document: CommandDocument,
    instanceId: string,
    parameters: Record<string, string>,
  ) {
    return {
      name,
      document,
      instanceId,
      parameters: { RunId: "{{ RunId }}", ...parameters },
      logGroup: this.logGroup,
    };
  }
}
