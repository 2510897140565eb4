import { type LoadedDocument, ONLY_VERSION } from "./documents";
import { epochSeconds } from "./timestamps";

/** The answer to GetDocument. */
export function documentText(document: LoadedDocument): Record<string, unknown> {
  return {
    ...identity(document),
    Status: "Active",
    Content: document.text,
    AttachmentsContent: [],
  };
}

/** The shape `DocumentDescription`. */
export function documentDescription(document: LoadedDocument, account: string): Record<string, unknown> {
  const { content } = document;
  return {
    ...identity(document),
    Hash: document.hash,
    HashType: "Sha256",
    Owner: account,
    Status: "Active",
    Description: content.description ?? "",
    Parameters: Object.entries(content.parameters).map(([Name, { type, description, default: value }]) => ({
      Name,
      Type: type === "StringList" ? "StringList" : "String",
      Description: description ?? "",
      ...(value === undefined
        ? {}
        : { DefaultValue: typeof value === "string" ? value : JSON.stringify(value) }),
    })),
    PlatformTypes: ["Linux"],
    SchemaVersion: content.schemaVersion,
    LatestVersion: ONLY_VERSION,
    DefaultVersion: ONLY_VERSION,
    Tags: [],
  };
}

/** The shape `DocumentIdentifier`. */
export function documentIdentifier(document: LoadedDocument, account: string): Record<string, unknown> {
  return {
    ...identity(document),
    Owner: account,
    PlatformTypes: ["Linux"],
    SchemaVersion: document.content.schemaVersion,
    Tags: [],
  };
}

function identity(document: LoadedDocument): Record<string, unknown> {
  return {
    Name: document.name,
    CreatedDate: epochSeconds(document.createdAt),
    DocumentVersion: ONLY_VERSION,
    DocumentType: document.documentType,
    DocumentFormat: "JSON",
  };
}
