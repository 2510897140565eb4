import { fullDiff } from "@aws-cdk/cloudformation-diff";
import { hostTemplate, only, type Resource } from "./host-template";

/*
 * What may never change by accident, for the deployment after it would make a new instance, volume or interface:
 * their logical ids, and the values of the properties whose change replaces them. A failure here is a decision to take.
 */

const template = hostTemplate();
const key = { "Fn::GetAtt": ["StorageKeyBAA9457B", "Arn"] };

/** The properties of a resource that the differ says are replaced (or, as it says, may be) when they change. */
function replacing(
  type: string,
  named?: Record<string, unknown>,
): { logicalId: string; properties: Record<string, unknown> } {
  const { logicalId, Properties } = only(template, type, named);
  const properties = Object.entries(Properties).filter(([name]) => isReplacing(logicalId, name));
  return { logicalId, properties: Object.fromEntries(properties) };
}

function isReplacing(logicalId: string, property: string): boolean {
  const before = template.toJSON() as { Resources: Record<string, Resource> };
  const after = structuredClone(before);
  after.Resources[logicalId]!.Properties[property] = "something else";
  const impact = fullDiff(before, after).resources.get(logicalId).changeImpact;
  return ["WILL_REPLACE", "MAY_REPLACE"].includes(String(impact));
}

describe("held for good, as a change would make another", () => {
  test("instance", () => {
    expect(replacing("AWS::EC2::Instance")).toEqual({
      logicalId: "TargetInstanceB3D6291E",
      properties: {
        ImageId: {
          Ref: "SsmParameterValueawsservicecanonicalubuntuservernoblestable20260218amd64hvmebsgp3amiidC96584B6F00A464EAD1953AFF4B05118Parameter",
        },
        NetworkInterfaces: [{ DeviceIndex: "0", NetworkInterfaceId: { Ref: "NetworkInterfaceB0AA0B62" } }],
        BlockDeviceMappings: [
          {
            DeviceName: "/dev/sda1",
            Ebs: {
              DeleteOnTermination: true,
              Encrypted: true,
              KmsKeyId: key,
              VolumeSize: 25,
              VolumeType: "gp3",
            },
          },
        ],
        // These two stop and start an instance whose root is EBS. The stack's snapshot holds a digest of the user data.
        InstanceType: "t3.medium",
        UserData: expect.anything(),
      },
    });
  });

  test("interface", () => {
    expect(replacing("AWS::EC2::NetworkInterface")).toEqual({
      logicalId: "NetworkInterfaceB0AA0B62",
      properties: { SubnetId: "subnet-0aaaaaaaaaaaaaaaa", PrivateIpAddress: "172.31.202.20" },
    });
  });

  test("attachment of the volume", () => {
    expect(replacing("AWS::EC2::VolumeAttachment")).toEqual({
      logicalId: "TargetDataVolumeAttachment5418FD8B",
      properties: {
        InstanceId: { Ref: "TargetInstanceB3D6291E" },
        VolumeId: { Ref: "StorageDataVolume46BAA273" },
        Device: "/dev/sdf",
      },
    });
  });

  test("role, which the runbook knows by its name", () => {
    expect(replacing("AWS::IAM::Role", { RoleName: "timescale-cutover-prod-target" })).toEqual({
      logicalId: "Role1ABCC5F0",
      properties: { RoleName: "timescale-cutover-prod-target" },
    });
  });

  test("security group", () => {
    expect(replacing("AWS::EC2::SecurityGroup")).toEqual({
      logicalId: "NetworkSecurityGroup6335DB55",
      properties: {
        VpcId: "vpc-0aaaaaaaaaaaaaaaa",
        GroupDescription: "timescale-cutover prod: the target host",
      },
    });
  });
});

/** CloudFormation's reference has "updates are not supported" for these: a change fails the deployment. */
describe("held for good, as CloudFormation refuses a change", () => {
  test("data volume: no property replaces it, three cannot change", () => {
    expect(replacing("AWS::EC2::Volume")).toEqual({
      logicalId: "StorageDataVolume46BAA273",
      properties: {},
    });
    expect(only(template, "AWS::EC2::Volume").Properties).toMatchObject({
      AvailabilityZone: "eu-west-2a",
      Encrypted: true,
      KmsKeyId: key, // And so its logical id.
    });
  });

  test("wait condition, which the boot signals by its name", () => {
    expect(only(template, "AWS::CloudFormation::WaitCondition")).toMatchObject({
      logicalId: "BootSignal",
      CreationPolicy: { ResourceSignal: { Count: 1, Timeout: "PT30M" } },
    });
    template.resourceCountIs("AWS::CloudFormation::WaitConditionHandle", 0);
  });
});
