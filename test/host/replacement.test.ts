import { fullDiff } from "@aws-cdk/cloudformation-diff";
import { App, Tags } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import type { Environment } from "../../lib/config/environment";
import { HostStack } from "../../lib/host/host-stack";
import { prodWith } from "../runbook/environment";
import { hostTemplate, only, prodWithApplication, prodWithTarget, type Resource } from "./host-template";

/*
 * What `cdk diff` says of a deployment, by the differ that it runs. WILL_REPLACE is a new resource. MAY_REPLACE is the
 * differ's word for InstanceType and UserData, of which CloudFormation replaces an instance only when its root is an
 * instance store: ours is EBS, and the instance is stopped and started.
 */

/** By logical id and property. */
type Changes = Record<string, Record<string, string>>;

const prod = hostTemplate();
const ids = {
  instance: only(prod, "AWS::EC2::Instance").logicalId,
  volume: only(prod, "AWS::EC2::Volume").logicalId,
  attachment: only(prod, "AWS::EC2::VolumeAttachment").logicalId,
  interface: only(prod, "AWS::EC2::NetworkInterface").logicalId,
  securityGroup: only(prod, "AWS::EC2::SecurityGroup").logicalId,
};

function changesTo(template: Template, from: Template = prod): Changes {
  const changes: Changes = {};
  fullDiff(from.toJSON(), template.toJSON()).resources.forEachDifference((id, difference) => {
    const updates = Object.entries(difference.propertyUpdates);
    changes[id] = Object.fromEntries(updates.map(([name, { changeImpact }]) => [name, String(changeImpact)]));
  });
  return changes;
}

function taggedWith(key: string, value: string, environment: Environment = prodWith()): Template {
  const stack = new HostStack(new App(), "host", { environment });
  Tags.of(stack).add(key, value);
  return Template.fromStack(stack);
}

describe("deploying again", () => {
  test("changes nothing where nothing was changed", () => {
    expect(changesTo(hostTemplate())).toEqual({});
  });

  test("with another tag updates tags, and replaces nothing", () => {
    const changes = changesTo(taggedWith("cost-centre", "two"), taggedWith("cost-centre", "one"));
    expect(Object.keys(changes)).toEqual(
      expect.arrayContaining([ids.instance, ids.volume, ids.interface, ids.securityGroup]),
    );
    for (const change of Object.values(changes)) {
      for (const [property, impact] of Object.entries(change)) {
        expect([property, impact]).toEqual([expect.stringMatching(/Tags$/), "WILL_UPDATE"]);
      }
    }
  });

  test("with other thresholds updates the alarms and the dashboard, and nothing of the host", () => {
    const alarms = { ...prodWith().alarms, cpuCreditBalance: 90, dataVolumeFreePercent: 30 };
    const changes = changesTo(hostTemplate(prodWith({ alarms })));
    const resources = prod.toJSON()["Resources"] as Record<string, Resource>;
    expect(new Set(Object.keys(changes).map((id) => resources[id]?.Type))).toEqual(
      new Set(["AWS::CloudWatch::Alarm", "AWS::CloudWatch::Dashboard"]),
    );
    expect(new Set(Object.values(changes).flatMap((change) => Object.values(change)))).toEqual(
      new Set(["WILL_UPDATE"]),
    );
    expect(Object.values(changes)).toContainEqual(expect.objectContaining({ Threshold: "WILL_UPDATE" }));
  });

  test("with another address to alarm adds a subscription, and changes nothing of the host", () => {
    const alarms = { ...prodWith().alarms, emails: ["on-call@example.com"] };
    const changes = changesTo(hostTemplate(prodWith({ alarms })));
    for (const id of Object.values(ids)) expect(changes).not.toHaveProperty(id);
    expect(Object.keys(changes)).toHaveLength(1);
  });

  test("with another security group of the application updates the security group's rules alone", () => {
    expect(changesTo(hostTemplate(prodWithApplication("sg-0aaaaaaaaaaaaaaaa")))).toEqual({
      [ids.securityGroup]: { SecurityGroupIngress: "WILL_UPDATE" },
    });
  });

  test("with another instance type stops and starts the instance, and touches neither its data nor its address", () => {
    const { [ids.instance]: instance, ...others } = changesTo(
      hostTemplate(prodWithTarget({ instanceType: "t3.large" })),
    );
    expect(instance).toEqual({ InstanceType: "MAY_REPLACE" });
    for (const id of [ids.volume, ids.interface, ids.attachment]) expect(others).not.toHaveProperty(id);
  });

  test("with a larger data volume lets it grow in place", () => {
    expect(changesTo(hostTemplate(prodWithTarget({ dataVolumeGiB: 100 })))).toMatchObject({
      [ids.volume]: { Size: "WILL_UPDATE" },
    });
  });
});

test("the next generation is another instance, which takes volume and interface over", () => {
  const next = hostTemplate(prodWithTarget({ generation: 2 }));
  const { logicalId } = only(next, "AWS::EC2::Instance");
  expect(logicalId).not.toBe(ids.instance);
  expect(only(next, "AWS::EC2::Instance").Properties).toEqual(only(prod, "AWS::EC2::Instance").Properties);
  const changes = changesTo(next);
  expect(changes).toMatchObject({
    ...{ [ids.instance]: {}, [logicalId]: {} },
    [ids.attachment]: { InstanceId: "WILL_REPLACE" },
  });
  for (const id of [ids.volume, ids.interface, ids.securityGroup]) expect(changes).not.toHaveProperty(id);
  // CloudFormation deletes the attachment before only after the one that takes its place was made.
  next.hasResource("AWS::EC2::VolumeAttachment", { UpdateReplacePolicy: "Retain" });
  next.hasOutput("Generation", { Value: "2" });
});

describe("the differ", () => {
  test("would notice another image: the instance is replaced, and its attachment with it", () => {
    const image = {
      ssmParameter: "/aws/service/canonical/ubuntu/server/noble/stable/20260301/amd64/hvm/ebs-gp3/ami-id",
    };
    expect(changesTo(hostTemplate(prodWithTarget({ image })))).toMatchObject({
      [ids.instance]: { ImageId: "WILL_REPLACE" },
      [ids.attachment]: { InstanceId: "WILL_REPLACE" },
    });
  });

  test("would notice another private address: interface and instance are replaced", () => {
    const network = { ...prodWith().target.network, privateAddress: "172.31.202.99" };
    expect(changesTo(hostTemplate(prodWithTarget({ network })))).toMatchObject({
      [ids.interface]: { PrivateIpAddress: "WILL_REPLACE" },
      [ids.instance]: { NetworkInterfaces: "WILL_REPLACE" },
      [ids.attachment]: { InstanceId: "WILL_REPLACE" },
    });
  });
});
