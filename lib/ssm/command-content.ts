import type { DocumentParameter, DocumentParameters } from "./parameter";

/** A Command document of schema 2.2 with one shell script. */
export interface CommandDocumentContent {
  schemaVersion: "2.2";
  description: string;
  parameters: Record<string, CommandParameter>;
  mainSteps: [
    {
      action: "aws:runShellScript";
      name: "script";
      inputs: {
        /** Seconds, as a string: so the plugin documents it. */
        timeoutSeconds: string;
        /** The lines of the script. */
        runCommand: string[];
      };
    },
  ];
}

/** The agent hands the value to the script in the environment, as SSM_<name>, instead of writing it into the script. */
export type CommandParameter = DocumentParameter & { interpolationType: "ENV_VAR" };

export interface CommandScript {
  description: string;
  parameters: DocumentParameters;
  /** A bash script; each parameter is in its environment as SSM_<name>. */
  script: string;
  /** Seconds that the script may run, from 5 to 172,800; then its process group is killed, traps and all. */
  timeoutSeconds: number;
}

/** The content of a Command document that runs the script. */
export function commandContent(command: CommandScript): CommandDocumentContent {
  return {
    schemaVersion: "2.2",
    description: command.description,
    parameters: Object.fromEntries(
      Object.entries(command.parameters).map(([name, parameter]) => [
        name,
        { ...parameter, interpolationType: "ENV_VAR" },
      ]),
    ),
    mainSteps: [
      {
        action: "aws:runShellScript",
        name: "script",
        inputs: {
          timeoutSeconds: String(command.timeoutSeconds),
          runCommand: command.script.split("\n"),
        },
      },
    ],
  };
}

/** Seconds that the document's script may run. */
export function commandSeconds(content: CommandDocumentContent): number {
  return Number(content.mainSteps[0].inputs.timeoutSeconds);
}
