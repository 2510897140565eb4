import { isKnownAtDeployment, plainContent, sizeFindings } from "../../lib/ssm/plain-content";

const BUCKET = { Ref: "RelayBucket" };

test("what only CloudFormation knows counts with the 128 bytes of the longest ARN that our documents take", () => {
  const plain = plainContent<unknown>({
    line: { "Fn::Join": ["", ["bucket=", BUCKET, "/runs"]] },
    arn: BUCKET,
  });
  expect(plain).toEqual({
    line: expect.stringMatching(/^bucket=.{128}\/runs$/),
    arn: expect.stringMatching(/^.{128}$/),
  });
});

test("a content without tokens stays as it is", () => {
  const content = { a: [1, true, null, "x"], b: { c: { d: "y" } }, e: {} };
  expect(plainContent(content)).toEqual(content);
});

test("a list that only CloudFormation knows becomes one value", () => {
  const plain = plainContent<unknown>({ "Fn::Join": [",", { "Fn::Split": [",", BUCKET] }] });
  expect(isKnownAtDeployment(plain)).toBe(true);
});

test("an ordinary string is no value of the deployment", () => {
  expect(isKnownAtDeployment("known at deployment")).toBe(false);
  expect(isKnownAtDeployment(1)).toBe(false);
});

test("a content that outgrows 64 KB only with its resolved values is refused", () => {
  const padding = "x".repeat(65_500);
  expect(sizeFindings(plainContent({ padding }))).toEqual([]);
  expect(sizeFindings(plainContent<unknown>({ padding, arn: BUCKET }))).toHaveLength(1);
});
