import { executeAwsApi, type ApiOutput } from "../../../lib/ssm/steps/execute-aws-api";
import { refusalsOfSteps } from "../sample";

function look(...outputs: ApiOutput[]) {
  return executeAwsApi({
    name: "look",
    service: "ec2",
    api: "DescribeInstances",
    inputs: { InstanceIds: ["i-0123456789abcdef0"] },
    outputs,
  }).content;
}

const STATE: ApiOutput = {
  name: "State",
  selector: "$.Reservations[0].Instances[0].State.Name",
  type: "String",
};

test("an API call is written with its service, its operation, its inputs and its outputs", () => {
  expect(look(STATE)).toEqual({
    name: "look",
    action: "aws:executeAwsApi",
    inputs: { Service: "ec2", Api: "DescribeInstances", InstanceIds: ["i-0123456789abcdef0"] },
    outputs: [{ Name: "State", Selector: "$.Reservations[0].Instances[0].State.Name", Type: "String" }],
  });
  expect(refusalsOfSteps(look(STATE))).toEqual([]);
});

test("an output that is declared twice is refused", () => {
  expect(refusalsOfSteps(look(STATE, STATE))).toEqual(["step look declares the output State twice"]);
});

test("an output that nothing could refer to is refused", () => {
  expect(refusalsOfSteps(look({ ...STATE, name: "the state" }))).toEqual([
    'step look declares an output named "the state", which nothing could refer to',
  ]);
});

test("a selector that is no JSONPath is refused", () => {
  expect(refusalsOfSteps(look({ ...STATE, selector: "Reservations" }))).toEqual([
    'step look selects the output State by "Reservations", which is no JSONPath',
  ]);
});
