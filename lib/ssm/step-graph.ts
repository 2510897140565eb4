import { jumpTarget } from "./steps/common";
import type { StepContent } from "./steps/step";

/** What has to happen in a step for an edge to be followed. */
export type Outcome = "success" | "failure" | "cancel";

export interface Edge {
  from: string;
  to: string;
  on: Outcome;
}

/** An edge that a step names itself, in `property`. The step that it names may be missing. */
export interface Jump extends Edge {
  property: string;
}

/** The steps of an automation as nodes, and every way from one to the next as an edge. */
export class StepGraph {
  private readonly steps: readonly StepContent[];
  private readonly edges: Edge[];
  private readonly names: string[];

  /** Of steps with one name only the first is taken. */
  constructor(steps: readonly StepContent[]) {
    this.steps = steps.filter(({ name }, index) => steps.findIndex((step) => step.name === name) === index);
    this.names = this.steps.map((step) => step.name);
    this.edges = this.steps
      .flatMap((step, index) => this.edgesOf(step, index))
      .filter(({ to }) => this.has(to));
  }

  /** The jumps to steps that are missing. */
  danglingJumps(): Jump[] {
    return this.steps.flatMap(jumpsOf).filter((jump) => !this.has(jump.to));
  }

  /** The steps that no way from the first one leads to. */
  unreachable(): string[] {
    const reached = this.reachedFromFirst(() => true);
    return this.names.filter((name) => !reached.has(name));
  }

  /** The steps that may run after `step`, and `step` itself. */
  reachedFrom(step: string, followed: (edge: Edge) => boolean = () => true): Set<string> {
    const reached = new Set([step]);
    for (const name of reached) {
      this.edges
        .filter((edge) => edge.from === name && followed(edge))
        .forEach((edge) => reached.add(edge.to));
    }
    return reached;
  }

  /** Whether some way leads from `earlier` to `later`. */
  mayRunBefore(earlier: string, later: string): boolean {
    return earlier !== later && this.reachedFrom(earlier).has(later);
  }

  /** Whether every way to `later` leads through the success of `earlier`: only then are its outputs certain to exist. */
  surelySucceededBefore(earlier: string, later: string): boolean {
    return !this.reachedFromFirst((edge) => edge.from !== earlier || edge.on !== "success").has(later);
  }

  /** Each way that leads back to where it began, as the names along it, the first one again at the end. */
  cycles(): string[][] {
    const cycles: string[][] = [];
    const finished = new Set<string>();
    const visit = (step: string, path: string[]): void => {
      const start = path.indexOf(step);
      if (start >= 0) cycles.push([...path.slice(start), step]);
      if (start >= 0 || finished.has(step)) return;
      new Set(this.edges.filter((edge) => edge.from === step).map((edge) => edge.to)).forEach((next) =>
        visit(next, [...path, step]),
      );
      finished.add(step);
    };
    this.names.forEach((name) => visit(name, []));
    return cycles;
  }

  private reachedFromFirst(followed: (edge: Edge) => boolean): Set<string> {
    const [first] = this.names;
    return first === undefined ? new Set() : this.reachedFrom(first, followed);
  }

  private has(step: string): boolean {
    return this.names.includes(step);
  }

  private edgesOf(step: StepContent, index: number): Edge[] {
    const jumps = jumpsOf(step);
    const following = this.names[index + 1];
    if (following !== undefined && fallsThrough(step)) {
      jumps.push({ from: step.name, to: following, on: "success", property: "order" });
    }
    if (step.onFailure !== "Continue" || step.isEnd === true) return jumps;
    // After onFailure Continue a failed step goes where it would have gone had it succeeded.
    const onward = jumps.filter((jump) => jump.on === "success");
    return [...jumps, ...onward.map((jump): Edge => ({ ...jump, on: "failure" }))];
  }
}

/** The jumps that a step names. */
export function jumpsOf(step: StepContent): Jump[] {
  const from = step.name;
  const jumps: Jump[] = [];
  const add = (on: Outcome, property: string, to: string | undefined) => {
    if (to !== undefined) jumps.push({ from, to, on, property });
  };
  add("success", "nextStep", step.nextStep);
  add("failure", "onFailure", jumpTarget(step.onFailure));
  add("cancel", "onCancel", jumpTarget(step.onCancel));
  if (step.action === "aws:branch") {
    step.inputs.Choices.forEach((choice) => add("success", "a choice", choice.NextStep));
    add("success", "the default", step.inputs.Default);
  }
  return jumps;
}

function fallsThrough(step: StepContent): boolean {
  if (step.isEnd === true || step.nextStep !== undefined) return false;
  return step.action !== "aws:branch" || step.inputs.Default === undefined;
}
