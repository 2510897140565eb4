import { App } from "aws-cdk-lib";
import { Match, type Template } from "aws-cdk-lib/assertions";
import { environments } from "../../bin/environments";
import { validateEnvironment } from "../../lib/config/validate";
import { HostStack } from "../../lib/host/host-stack";
import { synthesizeHost } from "../../lib/host/synthesize";
import { prodWith } from "../runbook/environment";
import { documentNamed, hostTemplate, only, type Resource } from "./host-template";
import { readableUserData, type UserData } from "./user-data-text";

describe("the host stack", () => {
  test.each(["staging", "prod"] as const)("of %s is the one in the snapshot", (name) => {
    const template = hostTemplate(validateEnvironment(environments[name])).toJSON() as object;
    // Scripts are files of their own, and have tests of their own. But a digest of the user data is in the snapshot:
    // another text stops and starts the instance, so it is a decision.
    const readable = JSON.stringify(template, (key, value: unknown) => {
      if (key === "UserData") return readableUserData(value as UserData);
      return key === "runCommand" ? "(script)" : value;
    });
    expect(JSON.parse(readable)).toMatchSnapshot();
  });

  test("is in ASCII: CloudFormation may make a question mark of another character", () => {
    expect(/.{0,60}[^\x00-\x7f].{0,60}/.exec(JSON.stringify(hostTemplate().toJSON()))).toBeNull();
  });

  test("is protected against its own deletion, in the environment's account and region", () => {
    const stack = new HostStack(new App(), "host", { environment: prodWith() });
    expect(stack).toMatchObject({
      terminationProtection: true,
      account: "111122223333",
      region: "eu-west-2",
    });
  });

  test("needs no look-up: the network is named by its ids", () => {
    const app = new App();
    new HostStack(app, "host", { environment: prodWith() });
    expect(app.synth().manifest.missing).toBeUndefined();
  });

  test("is the same whether the app or the rehearsal synthesizes it", () => {
    const template = synthesizeHost(prodWith());
    expect(template.Resources).toEqual(hostTemplate().toJSON()["Resources"]);
  });

  const template = hostTemplate();

  test("is deployed once the boot has told so, and half an hour after the volume's attachment at the latest", () => {
    const condition = only(template, "AWS::CloudFormation::WaitCondition");
    expect(condition).toMatchObject({
      logicalId: "BootSignal",
      CreationPolicy: { ResourceSignal: { Count: 1, Timeout: "PT30M" } },
    });
    expect(condition.DependsOn).toEqual([only(template, "AWS::EC2::VolumeAttachment").logicalId]);
  });

  test("keeps the host's log group, and makes it before the host can", () => {
    template.hasResource("AWS::Logs::LogGroup", {
      Properties: { LogGroupName: "/timescale-cutover/prod/host", RetentionInDays: 365 },
      DeletionPolicy: "RetainExceptOnCreate",
      UpdateReplacePolicy: "Retain",
    });
    expect(only(template, "AWS::EC2::Instance").DependsOn).toContain(
      only(template, "AWS::Logs::LogGroup", { LogGroupName: "/timescale-cutover/prod/host" }).logicalId,
    );
  });

  test("has the boot's document before the host boots", () => {
    expect(only(template, "AWS::EC2::Instance").DependsOn).toContain(
      documentNamed(template, "boot").logicalId,
    );
  });

  test("waits for the boot with nothing else: a host that did not boot is watched, and can be drilled and recovered", () => {
    for (const resource of Object.values(template.toJSON()["Resources"] as Record<string, Resource>))
      expect([resource.DependsOn ?? []].flat()).not.toContain("BootSignal");
  });

  test("survives a create that failed: a name that it keeps is not taken for the next one", () => {
    const resources = Object.values(template.toJSON()["Resources"] as Record<string, Resource>);
    const kept = resources.filter(({ DeletionPolicy }) => DeletionPolicy?.startsWith("Retain"));
    expect(kept.length).toBeGreaterThan(4);
    for (const { DeletionPolicy } of kept) expect(DeletionPolicy).toBe("RetainExceptOnCreate");
  });

  test("tells the instance's id, which the runbook wants, its image, address and volume, and what it publishes", () => {
    const ref = (type: string) => ({ Value: { Ref: only(template, type).logicalId } });
    expect(template.toJSON()["Outputs"]).toMatchObject({
      InstanceId: ref("AWS::EC2::Instance"),
      DataVolumeId: ref("AWS::EC2::Volume"),
      PrivateAddress: {
        Value: {
          "Fn::GetAtt": [only(template, "AWS::EC2::NetworkInterface").logicalId, "PrimaryPrivateIpAddress"],
        },
      },
      ImageId: { Value: only(template, "AWS::EC2::Instance").Properties["ImageId"] },
      PublicKeyParameter: { Value: "/timescale-cutover/prod/postgres-ssh-public-key" },
      CertificateParameter: { Value: "/timescale-cutover/prod/server-certificate" },
    });
  });

  test("holds no secret's value, and nothing that would be resolved to one", () => {
    template.resourceCountIs("AWS::SecretsManager::Secret", 0);
    expect(JSON.stringify(template.toJSON())).not.toContain("{{resolve:");
  });

  test("names the target in every resource that EC2 lists by name", () => {
    for (const type of ["Instance", "NetworkInterface", "SecurityGroup"]) {
      expect(nameTag(`AWS::EC2::${type}`)).toBe("timescale-cutover-prod-target");
    }
    expect(nameTag("AWS::EC2::Volume")).toBe("timescale-cutover-prod-data");
    template.hasResourceProperties(
      "AWS::EC2::Instance",
      Match.objectLike({ PropagateTagsToVolumeOnCreation: true }),
    );
  });

  function nameTag(type: string): string | undefined {
    const tags = only(template, type).Properties["Tags"] as { Key: string; Value: string }[];
    return tags.find(({ Key }) => Key === "Name")?.Value;
  }
});

describe("the host stacks of two environments", () => {
  test("share no name, and so can stand in one account", () => {
    const [staging, prod] = (["staging", "prod"] as const).map((name) =>
      namesIn(hostTemplate(validateEnvironment(environments[name]))),
    );
    expect(prod).toEqual(
      expect.arrayContaining(["timescale-cutover-prod-target", "/timescale-cutover/prod/host"]),
    );
    expect(prod?.filter((name) => staging?.includes(name))).toEqual([]);
  });

  /** What a property such as RoleName or LogGroupName calls a resource in its account. */
  function namesIn(template: Template): string[] {
    const resources = Object.values(template.toJSON()["Resources"] as Record<string, Resource>);
    // An inline policy's name is its role's.
    const named = resources.filter(({ Type }) => Type !== "AWS::IAM::Policy");
    return named.flatMap(({ Properties }) =>
      Object.entries(Properties ?? {}).flatMap(([key, value]) =>
        /Name$/.test(key) && key !== "MetricName" && typeof value === "string" ? [value] : [],
      ),
    );
  }
});
