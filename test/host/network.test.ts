import { networkSource, prodWith } from "../runbook/environment";
import { hostTemplate, only, prodWithApplication, prodWithTarget } from "./host-template";

interface Rule {
  IpProtocol: string;
  FromPort: number;
  ToPort: number;
  CidrIp?: string;
  SourceSecurityGroupId?: string;
  Description: string;
}

function rules(environment = prodWith()): { ingress: Rule[]; egress: Rule[] } {
  const { Properties } = only(hostTemplate(environment), "AWS::EC2::SecurityGroup");
  return {
    ingress: Properties["SecurityGroupIngress"] as Rule[],
    egress: Properties["SecurityGroupEgress"] as Rule[],
  };
}

const repository = "172.31.203.209/32";

describe("the target's security group", () => {
  test("lets SSH in from the repository host alone, and out to it alone", () => {
    const { ingress, egress } = rules();
    const on22 = (all: Rule[]) => all.filter(({ FromPort, ToPort }) => FromPort <= 22 && 22 <= ToPort);
    expect(on22(ingress)).toEqual([
      {
        IpProtocol: "tcp",
        FromPort: 22,
        ToPort: 22,
        CidrIp: repository,
        Description: "SSH from the repository host: it starts backups and restores",
      },
    ]);
    expect(on22(egress)).toEqual([
      {
        IpProtocol: "tcp",
        FromPort: 22,
        ToPort: 22,
        CidrIp: repository,
        Description: "SSH to the repository host: WAL and backups of repo3",
      },
    ]);
  });

  test("moves with the repository host's port and address", () => {
    const { ingress, egress } = rules(
      prodWith({
        repository: {
          ...prodWith().repository,
          address: "10.1.2.3",
          sshFrom: "10.1.2.3/32",
          sshPort: 2222,
        },
      }),
    );
    const moved = { FromPort: 2222, ToPort: 2222, CidrIp: "10.1.2.3/32" };
    expect(ingress[0]).toMatchObject(moved);
    expect(egress[0]).toMatchObject(moved);
    expect(JSON.stringify([ingress, egress])).not.toContain(repository);
  });

  test("opens PostgreSQL to nobody as long as no security group of the application is listed", () => {
    expect(rules(prodWithApplication()).ingress).toHaveLength(1);
  });

  test("opens PostgreSQL to the application's security groups and to nothing else", () => {
    const groups = ["sg-0aaaaaaaaaaaaaaaa", "sg-0bbbbbbbbbbbbbbbb"];
    expect(rules(prodWithApplication(...groups)).ingress.slice(1)).toEqual(
      groups.map((group) => ({
        IpProtocol: "tcp",
        FromPort: 5432,
        ToPort: 5432,
        SourceSecurityGroupId: group,
        Description: "PostgreSQL from the application",
      })),
    );
  });

  test("opens PostgreSQL on the port that the environment gives it", () => {
    const { application } = prodWithApplication("sg-0aaaaaaaaaaaaaaaa");
    const environment = { ...prodWithTarget({ port: 6432 }), application };
    expect(rules(environment).ingress.slice(1)).toEqual([
      expect.objectContaining({ FromPort: 6432, ToPort: 6432 }),
    ]);
  });

  test("lets HTTPS out, and beside it and SSH to the repository host nothing", () => {
    const { egress } = rules();
    expect(egress.map(({ FromPort, ToPort, CidrIp }) => [FromPort, ToPort, CidrIp])).toEqual([
      [22, 22, repository],
      [443, 443, "0.0.0.0/0"],
    ]);
  });

  test.each([
    ["old-db.internal", "0.0.0.0/0"],
    ["10.1.2.3", "10.1.2.3/32"],
  ])("lets PostgreSQL out to a network source, which the target dumps itself: %s", (host, cidr) => {
    const source = {
      kind: "network",
      host,
      port: 5433,
      user: "postgres",
      tls: "require",
      passwordSecret: "prod/source",
      maxBlockedSeconds: 30,
    } as const;
    const { egress } = rules(prodWith({ source }));
    expect(egress.slice(1, -1)).toEqual([
      {
        IpProtocol: "tcp",
        FromPort: 5433,
        ToPort: 5433,
        CidrIp: cidr,
        Description: "PostgreSQL to the source: the target dumps it",
      },
    ]);
  });

  test("says of every rule what it is for, in characters that EC2 takes", () => {
    const { application } = prodWithApplication("sg-0aaaaaaaaaaaaaaaa");
    const { ingress, egress } = rules(prodWith({ application, source: networkSource }));
    expect(ingress.length + egress.length).toBe(5);
    for (const { IpProtocol, Description } of [...ingress, ...egress]) {
      expect(IpProtocol).toBe("tcp");
      expect(Description).toMatch(/^[A-Za-z0-9 ._:/()#,@[\]+=&;{}!$*-]{10,255}$/);
    }
  });

  test("outlives the stack as its interface does, which holds it", () => {
    expect(only(hostTemplate(), "AWS::EC2::SecurityGroup")).toMatchObject({
      DeletionPolicy: "RetainExceptOnCreate",
    });
  });
});

describe("the target's network interface", () => {
  const template = hostTemplate();
  const networkInterface = only(template, "AWS::EC2::NetworkInterface");

  test("has the environment's fixed address in the environment's subnet, and the security group", () => {
    expect(networkInterface.Properties).toMatchObject({
      SubnetId: "subnet-0aaaaaaaaaaaaaaaa",
      PrivateIpAddress: "172.31.202.20",
      GroupSet: [{ "Fn::GetAtt": [only(template, "AWS::EC2::SecurityGroup").logicalId, "GroupId"] }],
    });
    expect(only(template, "AWS::EC2::SecurityGroup").Properties["VpcId"]).toBe("vpc-0aaaaaaaaaaaaaaaa");
  });

  test("is retained, so that the repository host's rule stays true when the instance is replaced", () => {
    expect(networkInterface).toMatchObject({
      DeletionPolicy: "RetainExceptOnCreate",
      UpdateReplacePolicy: "Retain",
    });
  });

  test("is the instance's only one", () => {
    const { Properties } = only(template, "AWS::EC2::Instance");
    expect(Properties["NetworkInterfaces"]).toEqual([
      { DeviceIndex: "0", NetworkInterfaceId: { Ref: networkInterface.logicalId } },
    ]);
    // EC2 takes these only where it makes an interface itself.
    for (const key of ["SubnetId", "PrivateIpAddress", "SecurityGroupIds", "SecurityGroups"]) {
      expect(Properties).not.toHaveProperty(key);
    }
  });
});
