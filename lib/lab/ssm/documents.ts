import { createHash } from "node:crypto";
import { type AutomationContent, parseAutomationDocument } from "./automation-document";
import { type CommandContent, parseCommandDocument } from "./command-document";
import { ServiceError, UnsupportedFeature } from "./errors";

/** A document as it stands in the synthesized template. */
export interface EmbeddedDocument {
  name: string;
  documentType: "Command" | "Automation";
  content: unknown;
}

interface Loaded {
  name: string;
  /** Exactly what was handed over, as the service stores and shows it. */
  text: string;
  /** SHA-256 of the text, hexadecimal. */
  hash: string;
  createdAt: number;
}
export type CommandDocument = Loaded & { documentType: "Command"; content: CommandContent };
export type AutomationDocument = Loaded & { documentType: "Automation"; content: AutomationContent };
export type LoadedDocument = CommandDocument | AutomationDocument;

export const ONLY_VERSION = "1";
const LARGEST_DOCUMENT_BYTES = 64 * 1024;

/** Every document that the endpoint knows; each has one version, "1". */
export class Documents {
  readonly #byName = new Map<string, LoadedDocument>();

  constructor(embedded: readonly EmbeddedDocument[], now: number) {
    for (const document of embedded) {
      if (this.#byName.has(document.name)) {
        throw new UnsupportedFeature(document.name, ["another document has the same name"]);
      }
      this.#byName.set(document.name, load(document, now));
    }
  }

  all(): LoadedDocument[] {
    return [...this.#byName.values()];
  }

  /** By name or ARN. */
  find(nameOrArn: string): LoadedDocument | undefined {
    return this.#byName.get(nameOrArn.replace(/^arn:[^:]+:ssm:[^:]*:[^:]*:document\//, ""));
  }

  get(nameOrArn: string, version?: string): LoadedDocument {
    const document = this.find(nameOrArn);
    if (document === undefined) {
      throw new ServiceError("InvalidDocument", `Document with name ${nameOrArn} does not exist.`);
    }
    if (!isOnlyVersion(version)) {
      throw new ServiceError("InvalidDocumentVersion", `${nameOrArn} has no version ${String(version)}.`);
    }
    return document;
  }
}

export function isOnlyVersion(version: string | undefined): boolean {
  return version === undefined || [ONLY_VERSION, "$DEFAULT", "$LATEST"].includes(version);
}

function load(document: EmbeddedDocument, now: number): LoadedDocument {
  const { name } = document;
  const text = JSON.stringify(document.content);
  if (!/^[a-zA-Z0-9_.-]{3,128}$/.test(name))
    throw new UnsupportedFeature(name, ["its name is not one that AWS takes"]);
  if (Buffer.byteLength(text) > LARGEST_DOCUMENT_BYTES) {
    throw new UnsupportedFeature(name, [`it has ${Buffer.byteLength(text)} bytes; AWS takes at most 65,536`]);
  }
  const common = { name, text, hash: createHash("sha256").update(text).digest("hex"), createdAt: now };
  if (document.documentType === "Command") {
    return { ...common, documentType: "Command", content: parseCommandDocument(name, document.content) };
  }
  return { ...common, documentType: "Automation", content: parseAutomationDocument(name, document.content) };
}
