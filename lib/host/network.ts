import { isIPv4 } from "node:net";
import { RemovalPolicy, Tags } from "aws-cdk-lib";
import { CfnNetworkInterface, type IVpc, Peer, Port, SecurityGroup, Vpc } from "aws-cdk-lib/aws-ec2";
import { Construct } from "constructs";
import { targetName } from "../config/derived";
import type { Environment } from "../config/environment";

/** Where the target stands in a network that is not ours, and who may speak with it. */
export class Network extends Construct {
  readonly securityGroup: SecurityGroup;
  /** The instance's one interface. Its address is what the repository host's rule names, so it outlives the instance. */
  readonly interface: CfnNetworkInterface;

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    const { network } = environment.target;
    this.securityGroup = new SecurityGroup(this, "SecurityGroup", {
      vpc: importedVpc(this, environment),
      // EC2 cannot change a description: another one would be another group.
      description: `timescale-cutover ${environment.name}: the target host`,
      allowAllOutbound: false,
    });
    letRepositoryIn(this.securityGroup, environment);
    letApplicationIn(this.securityGroup, environment);
    letSourceOut(this.securityGroup, environment);
    letHttpsOut(this.securityGroup);
    this.interface = new CfnNetworkInterface(this, "Interface", {
      description: `timescale-cutover ${environment.name}: the target host`,
      subnetId: network.subnetId,
      privateIpAddress: network.privateAddress,
      groupSet: [this.securityGroup.securityGroupId],
    });
    this.interface.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    // EC2 refuses to delete a group that an interface has: the retained interface keeps it.
    this.securityGroup.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    for (const resource of [this.interface, this.securityGroup]) {
      Tags.of(resource).add("Name", targetName(environment));
    }
  }
}

/** By its id alone: a look-up would need the account at synthesis. */
function importedVpc(scope: Construct, { target: { network } }: Environment): IVpc {
  return Vpc.fromVpcAttributes(scope, "Vpc", {
    vpcId: network.vpcId,
    availabilityZones: [network.availabilityZone],
  });
}

/** SSH between the target and the repository host, both ways, and with nobody else. */
function letRepositoryIn(group: SecurityGroup, { repository }: Environment): void {
  const ssh = Port.tcp(repository.sshPort);
  group.addIngressRule(
    Peer.ipv4(repository.sshFrom),
    ssh,
    "SSH from the repository host: it starts backups and restores",
  );
  group.addEgressRule(
    Peer.ipv4(`${repository.address}/32`),
    ssh,
    "SSH to the repository host: WAL and backups of repo3",
  );
}

/** None listed, none open: until then only the target itself reaches its server. */
function letApplicationIn(group: SecurityGroup, { application, target }: Environment): void {
  for (const id of application.securityGroupIds) {
    group.addIngressRule(Peer.securityGroupId(id), Port.tcp(target.port), "PostgreSQL from the application");
  }
}

/** Where the target is the dump host itself; a managed source is dumped on its own host. */
function letSourceOut(group: SecurityGroup, { source }: Environment): void {
  if (source.kind === "managed") return;
  // A provider's server has a name, and whatever address the name has that day.
  const peer = isIPv4(source.host) ? Peer.ipv4(`${source.host}/32`) : Peer.anyIpv4();
  group.addEgressRule(peer, Port.tcp(source.port), "PostgreSQL to the source: the target dumps it");
}

/**
 * AWS's endpoints and the package sources have no fixed addresses. No rule is needed, and none would help, for the
 * VPC's own DNS, NTP (169.254.169.123) and the instance metadata: security groups do not filter these.
 */
function letHttpsOut(group: SecurityGroup): void {
  group.addEgressRule(
    Peer.anyIpv4(),
    Port.tcp(443),
    "HTTPS to SSM, S3 (repo2), CloudWatch, Secrets Manager and the package sources",
  );
}
