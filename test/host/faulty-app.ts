import { App, CfnResource, Stack, Validations } from "aws-cdk-lib";
import { Peer, Port, SecurityGroup, Vpc } from "aws-cdk-lib/aws-ec2";
import { AwsSolutionsChecks } from "cdk-nag";

/*
 * An app with one fault, named by its argument, for synthesis.test.ts to see that synthesis refuses it:
 * `open`, a security group that lets the world in; `unknown`, a property that CloudFormation does not know.
 */
const app = new App();
const stack = new Stack(app, "faulty", { env: { account: "111122223333", region: "eu-west-2" } });
if (process.argv[2] === "open") {
  const vpc = Vpc.fromVpcAttributes(stack, "Vpc", { vpcId: "vpc-1", availabilityZones: ["eu-west-2a"] });
  const group = new SecurityGroup(stack, "Group", { vpc, description: "open", allowAllOutbound: false });
  group.addIngressRule(Peer.anyIpv4(), Port.tcp(22), "SSH from everywhere");
} else {
  new CfnResource(stack, "Volume", { type: "AWS::EC2::Volume", properties: { SizeInMiles: 50 } });
}
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
