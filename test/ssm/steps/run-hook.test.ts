import { runHook, type RunHookOptions } from "../../../lib/ssm/steps/run-hook";
import { refusalsOfSteps } from "../sample";

const RESTART: RunHookOptions = {
  name: "restartApplication",
  documentName: "tracker-restart",
  targets: [{ key: "tag:Name", values: ["tracker-web", "tracker-ingest"] }],
  timeoutSeconds: 600,
};

function refusals(changes: Partial<RunHookOptions>): string[] {
  return refusalsOfSteps(runHook({ ...RESTART, ...changes }).content);
}

test("a document that is not ours runs where its targets find instances", () => {
  const step = runHook({ ...RESTART, logGroup: "/timescale-cutover/prod", onFailure: "Continue" });
  expect(step).toEqual({
    content: {
      name: "restartApplication",
      action: "aws:runCommand",
      timeoutSeconds: 600,
      onFailure: "Continue",
      inputs: {
        DocumentName: "tracker-restart",
        Targets: [{ Key: "tag:Name", Values: ["tracker-web", "tracker-ingest"] }],
        TimeoutSeconds: 120,
        CloudWatchOutputConfig: {
          CloudWatchOutputEnabled: true,
          CloudWatchLogGroupName: "/timescale-cutover/prod",
        },
      },
    },
  });
  expect(refusals({})).toEqual([]);
  expect(refusals({ targets: [{ key: "InstanceIds", values: ["i-0123456789abcdef0"] }] })).toEqual([]);
});

test("no target, more than 5, or one without a value is refused", () => {
  const [target = { key: "", values: [] }] = RESTART.targets;
  expect(refusals({ targets: [] })).toEqual(["step restartApplication has 0 targets"]);
  expect(refusals({ targets: Array<typeof target>(6).fill(target) })).toEqual([
    "step restartApplication has 6 targets",
  ]);
  expect(refusals({ targets: [{ key: "tag:Name", values: [] }] })).toEqual([
    "step restartApplication targets tag:Name with 0 values",
  ]);
});

test("a target that Run Command does not know is refused", () => {
  expect(refusals({ targets: [{ key: "Name", values: ["tracker"] }] })).toEqual([
    'step restartApplication targets "Name"',
  ]);
});

test("instances by id and by tag together are refused", () => {
  const byId = { key: "InstanceIds", values: ["i-0123456789abcdef0"] };
  expect(refusals({ targets: [byId, ...RESTART.targets] })).toEqual([
    "step restartApplication targets InstanceIds beside others",
  ]);
});

test("a delivery timeout of less than 30 seconds is refused here too", () => {
  expect(refusals({ deliveryTimeoutSeconds: 29 })).toEqual([
    "step restartApplication has a delivery timeout of 29 seconds",
  ]);
});
