import { checkCommand } from "../../lib/ssm/graph-check";
import { DocumentError } from "../../lib/ssm/problem";
import { refusalsOfCommand, RUN_ID, sampleCommand } from "./sample";

test("a Command document hands each parameter to its script in the environment", () => {
  expect(sampleCommand()).toEqual({
    schemaVersion: "2.2",
    description: "Dumps the database.",
    parameters: {
      RunId: {
        type: "String",
        description: "The run.",
        allowedPattern: "^r[0-9]{8}$",
        interpolationType: "ENV_VAR",
      },
    },
    mainSteps: [
      {
        action: "aws:runShellScript",
        name: "script",
        inputs: { timeoutSeconds: "600", runCommand: ["#!/bin/bash", 'echo "$SSM_RunId"'] },
      },
    ],
  });
  expect(refusalsOfCommand(sampleCommand())).toEqual([]);
});

test.each(["#!/bin/sh\ntrue", "\n#!/bin/bash", "#!/bin/bash \ntrue", "set -e", ""])(
  "a script whose first line is not #!/bin/bash is refused: %j",
  (script) => {
    const [first] = script.split("\n");
    expect(refusalsOfCommand(sampleCommand({ script }))).toEqual([
      `script begins with ${JSON.stringify(first)}, so that the agent runs it with another shell than bash`,
    ]);
  },
);

test.each(["{{ RunId }}", "{{RunId}}", "{{ssm:/a/b-c}}", "{{ Undeclared }}"])(
  "a placeholder left in a script is refused, as it would carry an injection: %s",
  (placeholder) => {
    expect(refusalsOfCommand(sampleCommand({ script: `#!/bin/bash\necho "${placeholder}"` }))).toEqual([
      `script has ${placeholder} in line 2, where the value would be written into the script unquoted`,
    ]);
  },
);

test("braces that are no placeholder may stand in a script", () => {
  const script = "#!/bin/bash\njq '{a: {b: 1}}' <<<'{}'; docker ps --format '{{.Names}}'; echo ${a:-{}}";
  expect(refusalsOfCommand(sampleCommand({ script }))).toEqual([]);
});

test.each([5, 172_800])("a script may run for %d seconds", (timeoutSeconds) => {
  expect(refusalsOfCommand(sampleCommand({ timeoutSeconds }))).toEqual([]);
});

test.each([4, 172_801, 0, 7.5, NaN])(
  "a script's timeout of %d seconds is refused, as the agent would silently take 3600",
  (timeoutSeconds) => {
    expect(refusalsOfCommand(sampleCommand({ timeoutSeconds }))).toEqual([
      `has a timeoutSeconds of ${timeoutSeconds}, for which the agent silently takes 3600`,
    ]);
  },
);

test("a document of 64 KB is taken and one of a byte more is refused", () => {
  const empty = Buffer.byteLength(JSON.stringify(sampleCommand({ script: "#!/bin/bash\n#" })));
  const script = `#!/bin/bash\n#${"x".repeat(65_536 - empty)}`;
  expect(refusalsOfCommand(sampleCommand({ script }))).toEqual([]);
  expect(refusalsOfCommand(sampleCommand({ script: `${script}x` }))).toEqual([
    "has 65537 bytes of JSON, and SSM takes at most 65536",
  ]);
});

test("a document's size is counted in bytes, not in characters", () => {
  const script = `#!/bin/bash\n#${"é".repeat(32_768)}`;
  expect(refusalsOfCommand(sampleCommand({ script }))).toHaveLength(1);
});

test.each(["ab", "with space", "AWS-Dump", "amazonDump", "x".repeat(129)])(
  "a document's name that SSM does not take is refused: %s",
  (name) => {
    expect(() => checkCommand(name, sampleCommand())).toThrow("is not named as SSM wants it");
  },
);

test("a refusal lists every problem, each with its document, its part, why and what to do", () => {
  const content = sampleCommand({
    script: "true",
    timeoutSeconds: 1,
    parameters: { RunId: { ...RUN_ID, default: "x" } },
  });
  const refusal = catchRefusal(() => checkCommand("Dump", content));
  expect(refusal.problems).toHaveLength(3);
  expect(refusal.message).toBe(
    [
      "SSM documents have 3 problems:",
      '  Dump: parameter RunId has a default, "x", that does not match the allowed pattern ^r[0-9]{8}$. Remedy: correct the default or what is allowed.',
      "  Dump: has a timeoutSeconds of 1, for which the agent silently takes 3600. Remedy: use a whole number from 5 to 172800.",
      '  Dump: script begins with "true", so that the agent runs it with another shell than bash. Remedy: make #!/bin/bash its first line.',
    ].join("\n"),
  );
});

function catchRefusal(check: () => void): DocumentError {
  try {
    check();
  } catch (error) {
    if (error instanceof DocumentError) return error;
  }
  throw new Error("The check did not refuse.");
}
