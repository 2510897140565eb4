import { parameterFindings, type DocumentParameter } from "../../lib/ssm/parameter";
import { knownAtDeployment, refusalsOf, sampleAutomation, sampleStep } from "./sample";

function refusals(parameter: Omit<DocumentParameter, "type" | "description">, name = "Replace"): string[] {
  const parameters = { [name]: { type: "String" as const, description: "A database.", ...parameter } };
  return parameterFindings(parameters).map(({ part, why }) => `${part} ${why}`);
}

test("a parameter with an anchored pattern or a list of values is taken", () => {
  expect(refusals({ allowedPattern: "^[a-z]*$", default: "" })).toEqual([]);
  expect(refusals({ allowedValues: ["yes", "no"], default: "no" })).toEqual([]);
});

test("a parameter with neither allowedPattern nor allowedValues is refused", () => {
  expect(refusals({})).toEqual(["parameter Replace takes any value"]);
  expect(refusals({ allowedValues: [] })).toEqual(["parameter Replace takes any value"]);
});

test("a default that does not match its own allowedPattern is refused", () => {
  expect(refusals({ allowedPattern: "^[a-z]+$", default: "" })).toEqual([
    'parameter Replace has a default, "", that does not match the allowed pattern ^[a-z]+$',
  ]);
});

test("a default that is none of the allowedValues is refused", () => {
  expect(refusals({ allowedValues: ["yes", "no"], default: "maybe" })).toEqual([
    'parameter Replace has a default, "maybe", that is none of the allowed values yes, no',
  ]);
});

test("a default that only CloudFormation knows is not judged", () => {
  expect(refusals({ allowedPattern: "^[a-z]+$", default: knownAtDeployment() })).toEqual([]);
});

test.each(["[a-z]+", "^[a-z]+", "[a-z]+$"])(
  "an allowedPattern that is not anchored is refused: %s",
  (pattern) => {
    expect(refusals({ allowedPattern: pattern })).toEqual([
      `parameter Replace has an allowedPattern that is not anchored: ${pattern}`,
    ]);
  },
);

test("an allowedPattern that is no regular expression is refused", () => {
  expect(refusals({ allowedPattern: "^[a-z$" })).toEqual([
    "parameter Replace has an allowedPattern that is no regular expression: ^[a-z$",
  ]);
});

test.each(["run_id", "Run-Id", "1st", "", "x".repeat(51)])(
  "a parameter's name is letters and digits, or it is refused: %j",
  (name) => {
    expect(refusals({ allowedPattern: "^a$" }, name)).toEqual([
      `parameter ${name} is not named as SSM wants it`,
    ]);
  },
);

test("an automation's parameters are checked as a command's are", () => {
  const parameters = { RunId: { type: "String" as const, description: "The run." } };
  expect(refusalsOf(sampleAutomation([sampleStep("dump")], { parameters }))).toEqual([
    "parameter RunId takes any value",
  ]);
});
