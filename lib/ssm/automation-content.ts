import type { DocumentParameters } from "./parameter";
import type { StepContent } from "./steps/step";

/** An Automation document of schema 0.3. */
export interface AutomationDocumentContent {
  schemaVersion: "0.3";
  description: string;
  /** ARN of the role that the automation acts as. */
  assumeRole: string;
  parameters: DocumentParameters;
  variables?: Record<string, DocumentVariable>;
  mainSteps: StepContent[];
  /** What an execution shows of its steps and variables: `lock.Output`. */
  outputs?: string[];
}

/** A value that a run carries along. */
export interface DocumentVariable {
  type: "String" | "Integer" | "Boolean";
  description: string;
  default: string | number | boolean;
}
