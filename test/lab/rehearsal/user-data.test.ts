import { userDataOf } from "../../../lib/lab/rehearsal/user-data";

const references = { "AWS::EC2::Volume": "vol-1", "AWS::Region": "eu-west-2" };

function templateWith(userData: unknown, more: object = {}) {
  const Instance = { Type: "AWS::EC2::Instance", Properties: { UserData: userData } };
  return { Resources: { Instance, Volume: { Type: "AWS::EC2::Volume" }, ...more } };
}

describe("The user data of a synthesized instance", () => {
  test("is its text, with what it refers to filled in", () => {
    const parts = ["a ", { Ref: "Volume" }, { "Fn::Join": ["-", ["b", { Ref: "AWS::Region" }]] }];
    const userData = { "Fn::Base64": { "Fn::Join": ["", parts] } };
    expect(userDataOf(templateWith(userData), references)).toBe("a vol-1b-eu-west-2");
    expect(userDataOf(templateWith({ "Fn::Base64": "plain" }), references)).toBe("plain");
  });

  test.each([
    ["refers to what has no stand-in", { "Fn::Base64": { Ref: "Secret" } }, /no stand-in for Secret/],
    [
      "uses another function",
      { "Fn::Base64": { "Fn::Sub": "$" + "{Volume}" } },
      /Expected Fn::Join.*Fn::Sub/,
    ],
    ["is not encoded as EC2 wants it", "plain", /Expected Fn::Base64/],
    ["is missing", undefined, /Expected Fn::Base64/],
  ])("is refused when it %s", (_, userData, message) => {
    expect(() => userDataOf(templateWith(userData), references)).toThrow(message);
  });

  test("is refused when the template has another instance: the lab boots one", () => {
    const another = { Another: { Type: "AWS::EC2::Instance" } };
    expect(() => userDataOf(templateWith({ "Fn::Base64": "" }, another), references)).toThrow(/2 instances/);
  });
});
