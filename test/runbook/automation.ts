import type { Environment } from "../../lib/config/environment";
import { synthesizeHost } from "../../lib/host/synthesize";
import { synthesizeRunbook } from "../../lib/runbook/synthesize";
import type { AutomationDocumentContent } from "../../lib/ssm/automation-content";
import { StepGraph } from "../../lib/ssm/step-graph";
import { jumpTarget } from "../../lib/ssm/steps/common";
import type { StepContent } from "../../lib/ssm/steps/step";
import { prodWith } from "./environment";

/** A synthesized automation, the runbook's or the host's, to be walked. */
export class SynthesizedAutomation {
  readonly steps: StepContent[];
  readonly parameters: AutomationDocumentContent["parameters"];
  readonly graph: StepGraph;

  constructor(
    name: string,
    readonly environment: Environment = prodWith(),
  ) {
    const document = documentsOf(environment).find(
      (properties) => properties?.Name === `timescale-cutover-${environment.name}-${name}`,
    );
    if (document?.Content === undefined) throw new Error(`There is no ${name}.`);
    this.steps = document.Content.mainSteps;
    this.parameters = document.Content.parameters;
    this.graph = new StepGraph(this.steps);
  }

  get names(): string[] {
    return this.steps.map(({ name }) => name);
  }

  step(name: string): StepContent {
    const found = this.steps.find((step) => step.name === name);
    if (found === undefined) throw new Error(`There is no step ${name}.`);
    return found;
  }

  /** The steps from one to another in the order of the document, both included. */
  between(first: string, last: string): string[] {
    return this.names.slice(this.names.indexOf(first), this.names.indexOf(last) + 1);
  }

  /** Where the run goes on after a failure and after a cancel of a step. */
  afterTrouble(name: string): { onFailure: string | undefined; onCancel: string | undefined } {
    const { onFailure, onCancel } = this.step(name);
    return { onFailure: jumpTarget(onFailure) ?? onFailure, onCancel: jumpTarget(onCancel) ?? onCancel };
  }

  /** The steps that run when each succeeds; a branch goes where `choose` says. */
  whenAllSucceed(choose: Record<string, string>, first = this.names[0] ?? ""): string[] {
    const way: string[] = [];
    for (let name: string | undefined = first; name !== undefined; name = this.#next(name, choose)) {
      way.push(name);
    }
    return way;
  }

  /** The steps that may run after one, with these edges left out: `settleBack -> reopenSource`. */
  reachedFrom(name: string, without: string[] = []): Set<string> {
    return this.graph.reachedFrom(name, ({ from, to }) => !without.includes(`${from} -> ${to}`));
  }

  #next(name: string, choose: Record<string, string>): string | undefined {
    const step = this.step(name);
    if (step.isEnd === true) return undefined;
    return choose[name] ?? step.nextStep ?? this.names[this.names.indexOf(name) + 1];
  }
}

const synthesized = new Map<string, Properties[]>();

/** Synthesis takes seconds: each environment is synthesized once. */
function documentsOf(environment: Environment): Properties[] {
  const key = JSON.stringify(environment);
  const known = synthesized.get(key);
  if (known !== undefined) return known;
  const stacks = [synthesizeRunbook(environment), synthesizeHost(environment)];
  const documents = stacks
    .flatMap(({ Resources }) => Object.values(Resources))
    .map((resource) => (resource as unknown as { Properties: Properties }).Properties);
  synthesized.set(key, documents);
  return documents;
}

interface Properties {
  Name?: string;
  Content?: AutomationDocumentContent;
}
