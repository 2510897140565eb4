import { memoryGiBOf, UnknownMemoryError } from "../../lib/config/derived";
import { memoryGiB } from "../../lib/config/instance-memory";
import { architectureOf, isBurstable } from "../../lib/config/instance-type";
import { validateEnvironment } from "../../lib/config/validate";
import { prodWith, problemsOf, problemWith } from "./prod-with";

const NOBLE = "/aws/service/canonical/ubuntu/server/noble/stable";
const IMAGE = "hvm/ebs-gp3/ami-id";

describe("The memory of an instance type", () => {
  // As `aws ec2 describe-instance-types` shows it.
  test.each([
    ["t3.nano", 0.5],
    ["t3.medium", 4],
    ["t3a.large", 8],
    ["t4g.2xlarge", 32],
    ["m5.large", 8],
    ["m5dn.24xlarge", 384],
    ["m6i.xlarge", 16],
    ["m6g.medium", 4],
    ["m7a.48xlarge", 768],
    ["m7i-flex.large", 8],
    ["r5.8xlarge", 256],
    ["r6idn.32xlarge", 1024],
    ["r7g.large", 16],
    ["c5.9xlarge", 72],
    ["c6gn.xlarge", 8],
    ["c7i.4xlarge", 32],
  ])("%s is known: %p GiB", (type, gib) => expect(memoryGiB(type)).toBe(gib));

  test.each(["c5n.large", "x2gd.medium", "m5.metal", "m5.huge", "t3.4xlarge", "z1d.large"])(
    "%s is not known",
    (type) => expect(memoryGiB(type)).toBeUndefined(),
  );

  test("must be given where it is not known", () => {
    expect(problemWith({ "target.instanceType": "z1d.large" })).toEqual({
      key: "prod.target.memoryGiB",
      value: "(nothing)",
      why: "is missing, and the memory of z1d.large is not known here",
      remedy: expect.stringContaining("describe-instance-types"),
    });
  });

  test("is the given one where it is not known", () => {
    const given = prodWith({ "target.instanceType": "z1d.large", "target.memoryGiB": 16 });
    expect(memoryGiBOf(validateEnvironment(given))).toBe(16);
  });

  test("cannot be given otherwise than it is", () => {
    expect(problemWith({ "target.memoryGiB": 8 })).toEqual({
      key: "prod.target.memoryGiB",
      value: "8",
      why: "is not the memory of t3.medium, which has 4 GiB",
      remedy: expect.stringContaining("Remove it"),
    });
    expect(problemsOf(prodWith({ "target.memoryGiB": 4 }))).toEqual([]);
  });

  test("is never guessed", () => {
    const environment = validateEnvironment(prodWith({}));
    const target = { ...environment.target, instanceType: "z1d.large" };
    expect(memoryGiBOf(environment)).toBe(4);
    expect(() => memoryGiBOf({ target })).toThrow(UnknownMemoryError);
  });
});

test.each([
  ["t3.medium", "amd64", true],
  ["t4g.medium", "arm64", true],
  ["m6i.large", "amd64", false],
  ["m7gd.large", "arm64", false],
  ["c6gn.large", "arm64", false],
  ["g4dn.xlarge", "amd64", false],
  ["a1.large", "arm64", false],
])("%s is %s, and that it spends CPU credits is %p", (type, architecture, burstable) => {
  expect(architectureOf(type)).toBe(architecture);
  expect(isBurstable(type)).toBe(burstable);
});

describe("The machine image", () => {
  test.each([
    [`${NOBLE}/current/amd64/${IMAGE}`, /^holds "current": a parameter that moves replaces the instance/],
    ["/aws/service/debian/release/13/latest/amd64", /^holds "latest"/],
    ["/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64", /^holds "latest"/],
    ["/images/postgresql/amd64", /^has no date/],
    ["/images/20261340/amd64", /^has no date/],
    ["ami-0123456789abcdef0", /^is no name of an SSM parameter/],
  ])("cannot be %s", (ssmParameter, why) => {
    expect(problemWith({ "target.image": { ssmParameter } })).toEqual({
      key: "prod.target.image.ssmParameter",
      value: JSON.stringify(ssmParameter),
      why: expect.stringMatching(why),
      remedy: expect.stringContaining("dated"),
    });
  });

  test.each([
    { ssmParameter: `${NOBLE}/20260218.1/amd64/${IMAGE}` },
    { ssmParameter: "/aws/service/debian/release/13/20260112-2355/amd64" },
    { amiId: "ami-0123456789abcdef0" },
  ])("may be %p", (image) => expect(problemsOf(prodWith({ "target.image": image }))).toEqual([]));

  test.each([
    [{}, "(a group of 0 keys)", "names no image"],
    [
      { ssmParameter: `${NOBLE}/20260218/amd64/${IMAGE}`, amiId: "ami-0123456789abcdef0" },
      "(a group of 2 keys)",
      "names two images where one is meant",
    ],
  ])("is exactly one: %p is refused", (image, value, why) => {
    expect(problemWith({ "target.image": image })).toEqual({
      key: "prod.target.image",
      value,
      why,
      remedy: expect.stringContaining("not both"),
    });
  });

  test("cannot be a malformed id, nor an unknown kind of name", () => {
    expect(problemWith({ "target.image": { amiId: "noble" } })).toMatchObject({
      key: "prod.target.image.amiId",
      why: "is no id of a machine image",
    });
    expect(problemsOf(prodWith({ "target.image": { ami: "ami-0123456789abcdef0" } }))).toEqual([
      {
        key: "prod.target.image.ami",
        value: '"ami-0123456789abcdef0"',
        why: "is an unknown key",
        remedy: "Remove it. The keys known here: ssmParameter, amiId.",
      },
      expect.objectContaining({ key: "prod.target.image", why: "names no image" }),
    ]);
  });

  test.each([
    ["t4g.medium", "amd64", "arm64"],
    ["m7g.large", "amd64", "arm64"],
    ["m7i.large", "arm64", "amd64"],
  ])("of a %s cannot be one for %s", (instanceType, builtFor, wanted) => {
    const ssmParameter = `${NOBLE}/20260218/${builtFor}/${IMAGE}`;
    expect(problemWith({ "target.instanceType": instanceType, "target.image": { ssmParameter } })).toEqual({
      key: "prod.target.image.ssmParameter",
      value: JSON.stringify(ssmParameter),
      why: `names an image for ${builtFor}, and ${instanceType} is ${wanted}`,
      remedy: `Name the ${wanted} image of that date, or an instance type that is ${builtFor}.`,
    });
  });

  test("left to its default is for amd64, which a Graviton type is not", () => {
    const problem = problemWith({ "target.instanceType": "t4g.medium", "target.image": undefined });
    expect(problem).toMatchObject({
      key: "prod.target.image.ssmParameter",
      value: expect.stringContaining("/amd64/"),
    });
  });

  test("for arm64 suits a Graviton type, and an AMI id any", () => {
    const ssmParameter = `${NOBLE}/20260218/arm64/${IMAGE}`;
    const type = { "target.instanceType": "t4g.medium" };
    expect(problemsOf(prodWith({ ...type, "target.image": { ssmParameter } }))).toEqual([]);
    expect(problemsOf(prodWith({ ...type, "target.image": { amiId: "ami-01234567" } }))).toEqual([]);
  });
});
