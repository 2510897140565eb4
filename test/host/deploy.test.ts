import { App } from "aws-cdk-lib";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../../lib/config/environment";
import { HostStack } from "../../lib/host/host-stack";
import { AwsOnly } from "../../lib/lab/aws-only";
import { RunbookStack } from "../../lib/runbook/runbook-stack";
import { describeLab } from "../lab/describe-lab";
import { prodWith } from "../runbook/environment";
import { AwsCommands } from "./aws-command";

const REGION = "eu-west-2";
/** One of the images that moto has; the environment names it by a dated parameter, as it does Ubuntu's. */
const IMAGE = "ami-1e749f67";
const IMAGE_PARAMETER = "/lab/ubuntu/noble/20260218/ami-id";

interface Instance {
  InstanceId: string;
  InstanceType: string;
  ImageId: string;
  IamInstanceProfile: { Arn: string };
  Tags: { Key: string; Value: string }[];
}

interface Volume {
  VolumeId: string;
  Size: number;
  AvailabilityZone: string;
}

describeLab("cdk bootstrap and cdk deploy of prod's host and runbook, on a double of AWS", () => {
  const assembly = mkdtempSync(join(tmpdir(), "deploy-"));
  let double: AwsOnly;
  let aws: AwsCommands["aws"];
  let environment: Environment;
  let instance: Instance;

  beforeAll(async () => {
    const { account } = prodWith().aws;
    double = await AwsOnly.start({ region: REGION, account, log: () => undefined });
    // By name: of a numeric address moto takes the first number for a bucket.
    const commands = new AwsCommands(double.aws.url.replace("127.0.0.1", "localhost"), REGION);
    aws = commands.aws.bind(commands);
    environment = await inNetworkOf(aws);

    const app = new App({ outdir: assembly });
    // moto does not know UpdateTerminationProtection. The templates are the real ones.
    const host = new HostStack(app, "timescale-cutover-prod-host", {
      environment,
      terminationProtection: false,
    });
    new RunbookStack(app, "timescale-cutover-prod-runbook", { environment }).addStackDependency(host);
    app.synth();

    await commands.cdk("bootstrap", `aws://${account}/${REGION}`);
    await commands.cdk("deploy", "--all", "--app", assembly, "--require-approval", "never");
    const { Reservations } = await aws<{ Reservations: { Instances: Instance[] }[] }>(
      "ec2",
      "describe-instances",
    );
    const instances = Reservations.flatMap(({ Instances }) => Instances);
    expect(instances).toHaveLength(1);
    instance = instances[0]!;
  });

  afterAll(() => {
    double?.stop();
    rmSync(assembly, { recursive: true });
    expect(double?.traces()).toEqual([]);
  });

  test("make the instance, of staging's type, from the image that the dated parameter names", () => {
    expect(instance).toMatchObject({ InstanceType: "t3.medium", ImageId: IMAGE });
    expect(instance.Tags).toContainEqual({ Key: "Name", Value: "timescale-cutover-prod-target" });
  });

  test("make the root volume of 25 GiB with the stack's key, and attach the data volume of 50 GiB", async () => {
    const { Volumes } = await aws<{ Volumes: Volume[] }>("ec2", "describe-volumes");
    const attachedTo = { InstanceId: instance.InstanceId, State: "attached" };
    expect(Volumes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          Size: 25,
          VolumeType: "gp3",
          Encrypted: true,
          KmsKeyId: expect.stringContaining(":key/"),
          Attachments: [expect.objectContaining({ ...attachedTo, Device: "/dev/sda1" })],
        }),
        expect.objectContaining({
          Size: 50,
          AvailabilityZone: "eu-west-2a",
          Attachments: [expect.objectContaining({ ...attachedTo, Device: "/dev/sdf" })],
        }),
      ]),
    );
    expect(Volumes).toHaveLength(2);
  });

  test("give the instance user data that CloudFormation resolved: the boot waits for that very volume", async () => {
    const { Volumes } = await aws<{ Volumes: Volume[] }>("ec2", "describe-volumes");
    const { UserData } = await aws<{ UserData: { Value: string } }>(
      ...["ec2", "describe-instance-attribute", "--attribute", "userData"],
      ...["--instance-id", instance.InstanceId],
    );
    const text = Buffer.from(UserData.Value, "base64").toString();
    expect(text).toMatch(/^#cloud-config\n/);
    expect(text).toContain(`VOLUME_ID='${Volumes.find(({ Size }) => Size === 50)?.VolumeId}'`);
    expect(Buffer.byteLength(text)).toBeLessThan(16_384);
  });

  test("make the interface with the fixed address in the named subnet", async () => {
    const { NetworkInterfaces } = await aws<{ NetworkInterfaces: unknown[] }>(
      ...["ec2", "describe-network-interfaces", "--filters"],
      `Name=subnet-id,Values=${environment.target.network.subnetId}`,
    );
    expect(NetworkInterfaces).toEqual([
      expect.objectContaining({
        PrivateIpAddress: "172.31.202.20",
        Description: "timescale-cutover prod: the target host",
      }),
    ]);
  });

  test("open SSH to the repository host and PostgreSQL to the application's group, and nothing else", async () => {
    const { SecurityGroups } = await aws<{
      SecurityGroups: { Description: string; IpPermissions: unknown[] }[];
    }>("ec2", "describe-security-groups");
    const group = SecurityGroups.find(({ Description }) => Description.startsWith("timescale-cutover prod"));
    expect(group?.IpPermissions).toEqual([
      expect.objectContaining({
        FromPort: 22,
        ToPort: 22,
        IpRanges: [{ CidrIp: "172.31.203.209/32" }],
        UserIdGroupPairs: [],
      }),
      expect.objectContaining({
        FromPort: 5432,
        ToPort: 5432,
        IpRanges: [],
        UserIdGroupPairs: [expect.objectContaining({ GroupId: environment.application.securityGroupIds[0] })],
      }),
    ]);
  });

  test("let the instance act as the target's role, with its own policy and the runbook's", async () => {
    const role = "timescale-cutover-prod-target";
    const { InstanceProfiles } = await aws<{
      InstanceProfiles: { Arn: string; Roles: { RoleName: string }[] }[];
    }>("iam", "list-instance-profiles-for-role", "--role-name", role);
    expect(InstanceProfiles.map(({ Arn }) => Arn)).toEqual([instance.IamInstanceProfile.Arn]);
    expect(await aws("iam", "list-role-policies", "--role-name", role)).toEqual({
      PolicyNames: ["target"],
    });
    expect(await aws("iam", "list-attached-role-policies", "--role-name", role)).toEqual({
      AttachedPolicies: [expect.objectContaining({ PolicyName: "timescale-cutover-prod-target-runbook" })],
    });
  });

  test("make the log groups and the relay's bucket", async () => {
    const { logGroups } = await aws<{ logGroups: { logGroupName: string; retentionInDays: number }[] }>(
      "logs",
      "describe-log-groups",
    );
    expect(logGroups).toEqual([
      expect.objectContaining({ logGroupName: "/timescale-cutover/prod", retentionInDays: 365 }),
      expect.objectContaining({ logGroupName: "/timescale-cutover/prod/host", retentionInDays: 365 }),
    ]);
    const { Buckets } = await aws<{ Buckets: { Name: string }[] }>("s3api", "list-buckets");
    expect(Buckets.map(({ Name }) => Name)).toContain("timescale-cutover-prod-111122223333-eu-west-2-relay");
  });
});

/** Makes the network that the environment only refers to, and prod with the ids that it got. */
async function inNetworkOf(aws: AwsCommands["aws"]): Promise<Environment> {
  const { Vpc } = await aws<{ Vpc: { VpcId: string } }>("ec2", "create-vpc", "--cidr-block", "172.31.0.0/16");
  const { Subnet } = await aws<{ Subnet: { SubnetId: string } }>(
    ...["ec2", "create-subnet", "--vpc-id", Vpc.VpcId, "--cidr-block", "172.31.202.0/24"],
    ...["--availability-zone", "eu-west-2a"],
  );
  const application = await aws<{ GroupId: string }>(
    ...["ec2", "create-security-group", "--vpc-id", Vpc.VpcId],
    ...["--group-name", "application", "--description", "the application"],
  );
  await aws("ssm", "put-parameter", "--name", IMAGE_PARAMETER, "--type", "String", "--value", IMAGE);
  const prod = prodWith();
  return prodWith({
    target: {
      ...prod.target,
      image: { ssmParameter: IMAGE_PARAMETER },
      network: { ...prod.target.network, vpcId: Vpc.VpcId, subnetId: Subnet.SubnetId },
    },
    application: { ...prod.application, securityGroupIds: [application.GroupId] },
  });
}
