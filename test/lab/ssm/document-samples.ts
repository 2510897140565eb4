import type { EmbeddedDocument } from "../../../lib/lab/ssm/endpoint";

type Json = Record<string, unknown>;

/** A Command document of one plugin. */
export function command(
  name: string,
  script: string | string[],
  extra: { inputs?: Json; parameters?: Json } = {},
): EmbeddedDocument {
  const lines = typeof script === "string" ? script.split("\n") : script;
  return commandOf(
    name,
    [{ name: "run", script: lines, ...(extra.inputs ? { inputs: extra.inputs } : {}) }],
    extra.parameters,
  );
}

/** A Command document of several plugins. */
export function commandOf(
  name: string,
  plugins: { name: string; script: string[]; inputs?: Json }[],
  parameters: Json = {},
): EmbeddedDocument {
  const mainSteps = plugins.map((plugin) => ({
    action: "aws:runShellScript",
    name: plugin.name,
    inputs: { runCommand: plugin.script, ...plugin.inputs },
  }));
  return {
    name,
    documentType: "Command",
    content: { schemaVersion: "2.2", description: name, parameters, mainSteps },
  };
}

export function automation(name: string, mainSteps: Json[], extra: Json = {}): EmbeddedDocument {
  return {
    name,
    documentType: "Automation",
    content: { schemaVersion: "0.3", description: name, mainSteps, ...extra },
  };
}

/** A step that runs a Command document on the fixture's host. */
export function runs(name: string, document: string, settings: Json = {}, inputs: Json = {}): Json {
  return {
    name,
    action: "aws:runCommand",
    inputs: { DocumentName: document, InstanceIds: ["i-0123456789abcdef0"], ...inputs },
    ...settings,
  };
}
