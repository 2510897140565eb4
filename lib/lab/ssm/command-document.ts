import { z } from "zod";
import { UnsupportedFeature } from "./errors";
import { declarationProblems, parameterSchema } from "./parameters";
import { referencesIn } from "./references";
import { schemaProblems } from "./schema-problems";

// One precondition can be answered without asking anyone: every host of the lab runs Linux.
const linuxOnly = z.strictObject({ StringEquals: z.tuple([z.literal("platformType"), z.literal("Linux")]) });

const pluginSchema = z.strictObject({
  action: z.literal("aws:runShellScript"),
  name: z.string().regex(/^[a-zA-Z0-9_.-]+$/),
  description: z.string().optional(),
  precondition: linuxOnly.optional(),
  inputs: z.strictObject({
    runCommand: z.union([z.string(), z.array(z.string()).min(1)]),
    timeoutSeconds: z.union([z.number(), z.string()]).optional(),
    workingDirectory: z.string().optional(),
    onFailure: z.enum(["exit", "successAndExit"]).optional(),
  }),
});

const contentSchema = z.strictObject({
  schemaVersion: z.literal("2.2"),
  description: z.string().optional(),
  parameters: z.record(z.string(), parameterSchema).default({}),
  mainSteps: z.array(pluginSchema).min(1),
});

export type Plugin = z.infer<typeof pluginSchema>;
export type CommandContent = z.infer<typeof contentSchema>;

/** Reads a Command document of schema 2.2; throws UnsupportedFeature for anything that would not be executed. */
export function parseCommandDocument(name: string, content: unknown): CommandContent {
  const parsed = contentSchema.safeParse(content);
  if (!parsed.success) throw new UnsupportedFeature(name, schemaProblems(parsed.error, content));
  const problems = [
    ...declarationProblems(parsed.data.parameters),
    ...duplicateNames(parsed.data.mainSteps),
    ...referenceProblems(parsed.data),
  ];
  if (problems.length > 0) throw new UnsupportedFeature(name, problems);
  return parsed.data;
}

function duplicateNames(plugins: Plugin[]): string[] {
  const names = plugins.map((plugin) => plugin.name);
  return names.filter((name, at) => names.indexOf(name) < at).map((name) => `two steps are named ${name}`);
}

function referenceProblems(content: CommandContent): string[] {
  return content.mainSteps.flatMap((plugin) =>
    referencesIn(plugin.inputs).flatMap((reference) => {
      if (content.parameters[reference]?.interpolationType === "ENV_VAR") {
        // An agent too old for ENV_VAR pastes the value into the script: the very injection that ENV_VAR is there to end.
        return [
          `step ${plugin.name}: {{ ${reference} }} interpolates an ENV_VAR parameter; use $SSM_${reference}`,
        ];
      }
      if (/^ssm(-secure)?:/.test(reference)) {
        return [`step ${plugin.name}: {{ ${reference} }} reads Parameter Store, which the lab has not`];
      }
      return [];
    }),
  );
}
