import type { CommandScript } from "../../../lib/ssm/command-content";
import type { RunCommandContent } from "../../../lib/ssm/steps/run-command";
import {
  knownAtDeployment,
  refusalsOf,
  RUN_ID,
  sampleAutomation,
  sampleCommand,
  sampleStep,
} from "../sample";

function refusals(
  inputs: Partial<RunCommandContent["inputs"]>,
  command: Partial<CommandScript> = {},
  timeoutSeconds = 720,
) {
  const step = sampleStep("dump", { timeoutSeconds, inputs: { ...sampleStep("dump").inputs, ...inputs } });
  return refusalsOf(sampleAutomation([step]), sampleCommand(command));
}

test("a parameter that the command document does not declare is refused", () => {
  expect(refusals({ Parameters: { RunId: ["{{ RunId }}"], Database: ["tracker"] } })).toEqual([
    "step dump passes Database, which timescale-cutover-test-Dump does not declare",
  ]);
});

test("a required parameter that is not passed is refused", () => {
  expect(refusals({ Parameters: {} })).toEqual([
    "step dump does not pass RunId, which timescale-cutover-test-Dump requires",
  ]);
});

test("a parameter with a default need not be passed", () => {
  expect(
    refusals({ Parameters: {} }, { parameters: { RunId: { ...RUN_ID, default: "r00000000" } } }),
  ).toEqual([]);
});

test("a literal that the command document would not take is refused", () => {
  expect(refusals({ Parameters: { RunId: ["r1; reboot"] } })).toEqual([
    'step dump passes "r1; reboot" as RunId, which does not match the allowed pattern ^r[0-9]{8}$',
  ]);
  expect(refusals({ Parameters: { RunId: ["r20261121"] } })).toEqual([]);
});

test("a value that only CloudFormation knows is not judged", () => {
  expect(refusals({ Parameters: { RunId: [knownAtDeployment()] } })).toEqual([]);
});

test("a step that may give up before its command has ended is refused", () => {
  expect(refusals({}, {}, 720)).toEqual([]);
  expect(refusals({}, {}, 719)).toEqual([
    "step dump may give up after 719 seconds, before its command has ended",
  ]);
});

test.each([29, 2_592_001, 30.5])("a delivery timeout of %d seconds is refused", (seconds) => {
  expect(refusals({ TimeoutSeconds: seconds }, {}, 3_000_000)).toEqual([
    `step dump has a delivery timeout of ${seconds} seconds`,
  ]);
});

test("of a document that is not at hand only the step itself is checked", () => {
  expect(refusals({ DocumentName: "AWS-RunShellScript", Parameters: { commands: ["true"] } })).toEqual([]);
});
