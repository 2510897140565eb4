import { prodWith } from "../runbook/environment";
import { hostTemplate, only, prodWithTarget } from "./host-template";
import { type UserData, userDataText } from "./user-data-text";

const template = hostTemplate();
const { Properties } = only(template, "AWS::EC2::Instance");

function propertiesWith(changes: Parameters<typeof prodWithTarget>[0]) {
  return only(hostTemplate(prodWithTarget(changes)), "AWS::EC2::Instance").Properties;
}

describe("the instance", () => {
  test("is staging's type, and says its credit mode", () => {
    expect(Properties).toMatchObject({
      InstanceType: "t3.medium",
      CreditSpecification: { CPUCredits: "unlimited" },
    });
    expect(propertiesWith({ cpuCredits: "standard" })["CreditSpecification"]).toEqual({
      CPUCredits: "standard",
    });
  });

  test("of a type without credits has no credit mode, which EC2 would refuse", () => {
    expect(propertiesWith({ instanceType: "m6i.large" })).not.toHaveProperty("CreditSpecification");
  });

  test("starts from a dated public image, which CloudFormation looks up and no later deployment moves", () => {
    const { Ref } = Properties["ImageId"] as { Ref: string };
    expect(template.toJSON()["Parameters"][Ref]).toEqual({
      Type: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>",
      Default: "/aws/service/canonical/ubuntu/server/noble/stable/20260218/amd64/hvm/ebs-gp3/ami-id",
    });
  });

  test("starts from an image's id where the environment names one", () => {
    expect(propertiesWith({ image: { amiId: "ami-0123456789abcdef0" } })["ImageId"]).toBe(
      "ami-0123456789abcdef0",
    );
  });

  test("hands out credentials by IMDSv2 only, and no further than to the host itself", () => {
    expect(Properties["MetadataOptions"]).toEqual({
      HttpEndpoint: "enabled",
      HttpTokens: "required",
      HttpPutResponseHopLimit: 1,
    });
  });

  test("has no launch template, whose newest version would replace it", () => {
    template.resourceCountIs("AWS::EC2::LaunchTemplate", 0);
    expect(Properties).not.toHaveProperty("LaunchTemplate");
  });

  test("is monitored each minute, and protected against termination", () => {
    expect(Properties).toMatchObject({ Monitoring: true, DisableApiTermination: true });
  });

  test("has no key pair: people reach it through Systems Manager", () => {
    expect(Properties).not.toHaveProperty("KeyName");
  });

  test("acts as the target's role, which is made with all its rights before it boots", () => {
    const profile = only(template, "AWS::IAM::InstanceProfile");
    const role = only(template, "AWS::IAM::Role", { RoleName: "timescale-cutover-prod-target" });
    expect(Properties["IamInstanceProfile"]).toEqual({ Ref: profile.logicalId });
    expect(profile.Properties["Roles"]).toEqual([{ Ref: role.logicalId }]);
    // The host's automations have the only policy of their own.
    const policies = Object.values(template.findResources("AWS::IAM::Policy"));
    expect(JSON.stringify(policies.map(({ Properties: { Roles } }) => Roles))).not.toContain(role.logicalId);
  });

  test("knows its data volume by id, and where to tell how the boot ended", () => {
    const text = userDataText(Properties["UserData"] as UserData);
    expect(text).toContain(`VOLUME_ID='\${${only(template, "AWS::EC2::Volume").logicalId}}'`);
    const { logicalId } = only(template, "AWS::CloudFormation::WaitCondition");
    expect(text).toContain(`SIGNALLED_RESOURCE='${logicalId}'`);
  });

  test("knows its secrets by name only", () => {
    const text = userDataText(Properties["UserData"] as UserData);
    const { cipher } = prodWith().repository.pgbackrest.repo3;
    expect(text).toContain(cipher.type === "none" ? "no cipher" : cipher.passSecret);
    expect(text).not.toContain("arn:aws:secretsmanager");
    expect(text).not.toContain("resolve:");
  });
});
