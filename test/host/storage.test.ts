import { hostTemplate, only, prodWithTarget, type Resource } from "./host-template";

const template = hostTemplate();
const volume = only(template, "AWS::EC2::Volume");
const keyArn = volume.Properties["KmsKeyId"] as { "Fn::GetAtt": [string, string] };
const key = template.toJSON()["Resources"][keyArn["Fn::GetAtt"][0]] as Resource;
const retained = { DeletionPolicy: "RetainExceptOnCreate", UpdateReplacePolicy: "Retain" };

describe("the data volume", () => {
  test("is a gp3 of 50 GiB in the subnet's zone, encrypted with a key of its own", () => {
    expect(volume.Properties).toMatchObject({
      VolumeType: "gp3",
      Size: 50,
      AvailabilityZone: "eu-west-2a",
      Encrypted: true,
      KmsKeyId: { "Fn::GetAtt": [expect.any(String), "Arn"] },
    });
    expect(key.Type).toBe("AWS::KMS::Key");
    expect(volume.Properties).not.toHaveProperty("SnapshotId");
  });

  test("has the size that the environment gives it", () => {
    const larger = hostTemplate(prodWithTarget({ dataVolumeGiB: 200 }));
    expect(only(larger, "AWS::EC2::Volume").Properties["Size"]).toBe(200);
  });

  test("shares that key with the root volume and with nothing else", () => {
    const users = Object.entries(template.toJSON()["Resources"] as Record<string, Resource>).filter(
      ([, { Properties }]) => JSON.stringify(Properties ?? {}).includes(JSON.stringify(keyArn)),
    );
    expect(users.map(([, { Type }]) => Type)).toEqual(["AWS::EC2::Volume", "AWS::EC2::Instance"]);
  });

  test("outlives the stack, and so does the key, without which it could not be read", () => {
    expect(volume).toMatchObject(retained);
    expect(key).toMatchObject(retained);
  });

  test("has a key that is rotated every year", () => {
    expect(key.Properties["EnableKeyRotation"]).toBe(true);
  });

  test("is attached to the instance by CloudFormation, not by the boot", () => {
    expect(only(template, "AWS::EC2::VolumeAttachment").Properties).toEqual({
      InstanceId: { Ref: only(template, "AWS::EC2::Instance").logicalId },
      VolumeId: { Ref: volume.logicalId },
      Device: "/dev/sdf",
    });
  });
});

describe("the root volume", () => {
  test("is a gp3 of 25 GiB, encrypted with the same key, and goes with the instance", () => {
    expect(only(template, "AWS::EC2::Instance").Properties["BlockDeviceMappings"]).toEqual([
      {
        DeviceName: "/dev/sda1",
        Ebs: {
          VolumeType: "gp3",
          VolumeSize: 25,
          Encrypted: true,
          KmsKeyId: keyArn,
          DeleteOnTermination: true,
        },
      },
    ]);
  });
});
