import { sleep } from "../../../lib/ssm/steps/sleep";
import { refusalsOfSteps } from "../sample";

test("a sleep is written as an ISO 8601 duration", () => {
  expect(sleep({ name: "pause", seconds: 90 }).content).toEqual({
    name: "pause",
    action: "aws:sleep",
    inputs: { Duration: "PT90S" },
  });
});

test.each([1, 604_800])("a sleep of %d seconds is taken", (seconds) => {
  expect(refusalsOfSteps(sleep({ name: "pause", seconds }).content)).toEqual([]);
});

test.each([0, 604_801, 1.5, -1])("a sleep of %d seconds is refused", (seconds) => {
  expect(refusalsOfSteps(sleep({ name: "pause", seconds }).content)).toEqual([
    `step pause sleeps for PT${seconds}S`,
  ]);
});
