import { App, DefaultStackSynthesizer } from "aws-cdk-lib";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../../lib/config/environment";
import { HostStack } from "../../lib/host/host-stack";
import { AwsOnly } from "../../lib/lab/aws-only";
import { runCutover } from "../../lib/operator/terminal/command-line";
import { describeLab } from "../lab/describe-lab";
import { impatientClock, withAwsDouble } from "../operator/support/command-line";
import { back, stopped } from "../operator/support/replaced-host";
import { prodWith } from "../runbook/environment";
import { AwsCommands } from "./aws-command";

/*
 * moto attaches no interface and no protection by a template, and updates a stack only without a change set and without
 * parameters. What the two commands on the instances print is what they print in test/lab/boot/replaced-host.test.ts.
 */

const REGION = "eu-west-2";
/** One of the images that moto has. */
const IMAGE = "ami-1e749f67";
const HOST = "timescale-cutover-prod-target";

interface Instance {
  InstanceId: string;
  State: { Name: string };
}

describeLab("cutover host replace and cdk deploy, on a double of AWS", () => {
  const ssm = withAwsDouble();
  const assembly = mkdtempSync(join(tmpdir(), "replace-"));
  let double: AwsOnly;
  let commands: AwsCommands;
  let environment: Environment;

  beforeAll(async () => {
    const { account } = prodWith().aws;
    double = await AwsOnly.start({ region: REGION, account, log: () => undefined });
    commands = new AwsCommands(moto(), REGION);
    environment = await inNetwork();
    await commands.cdk("bootstrap", `aws://${account}/${REGION}`);
    await deploy(1);
  });

  afterAll(() => {
    double?.stop();
    rmSync(assembly, { recursive: true });
    expect(double?.traces()).toEqual([]);
  });

  test("the protected instance is terminated, the stock cdk makes the next generation, and it is found", async () => {
    const [before] = await instances();
    const id = before?.InstanceId ?? "";
    await commands.aws("ec2", "modify-instance-attribute", "--instance-id", id, "--disable-api-termination");
    const { exitCode, stdout, stderr } = await replace();
    expect(stderr).toContain(`About to replace the host ${HOST} of prod, ${id} (t3.medium, running)`);
    expect(exitCode).toBe(0);
    const now = await instances();
    expect(now.map(({ State }) => State.Name).sort()).toEqual(["running", "terminated"]);
    const next = now.find(({ State }) => State.Name === "running")?.InstanceId ?? "";
    expect(stdout).toContain(`The host ${HOST} is ${next}, generation 2. Its cluster is back:`);
  });

  function moto(): string {
    // By name: of a numeric address moto takes the first number for a bucket.
    return double.aws.url.replace("127.0.0.1", "localhost");
  }

  async function instances(): Promise<Instance[]> {
    const { Reservations } = await commands.aws<{ Reservations: { Instances: Instance[] }[] }>(
      ...["ec2", "describe-instances"],
    );
    return Reservations.flatMap(({ Instances }) => Instances);
  }

  /** Runs the command; when it names the deployment, that is done. */
  async function replace(): Promise<{ exitCode: number; stdout: string; stderr: string }> {
    const [before] = await instances();
    process.env["AWS_ENDPOINT_URL_EC2"] = process.env["AWS_ENDPOINT_URL_CLOUDFORMATION"] = moto();
    ssm.aws.online.add(before?.InstanceId ?? "");
    ssm.aws.invocations = [stopped, back].map((result) => ({
      ...{ Status: "Success", StandardOutputContent: JSON.stringify(result) },
    }));
    ssm.aws.commandInvocations = [{ CommandPlugins: [{ Output: JSON.stringify(stopped) }] }];
    let [stdout, stderr] = ["", ""];
    let deployment: Promise<void> | undefined;
    const clock = impatientClock();
    const exitCode = await runCutover(["host", "replace", "--env", "prod", "--confirm", HOST], {
      environments: { prod: generation(2) },
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: (text) => (stderr += text) },
      clock: {
        ...clock,
        sleep: async (milliseconds, signal) => {
          if (stderr.includes("Deploy now")) await (deployment ??= deploy(2));
          const now = await instances();
          for (const { InstanceId } of now) ssm.aws.online.add(InstanceId);
          await clock.sleep(milliseconds, signal);
        },
      },
    });
    return { exitCode, stdout, stderr };
  }

  async function deploy(number: number): Promise<void> {
    const outdir = join(assembly, String(number));
    const app = new App({ outdir });
    new HostStack(app, "timescale-cutover-prod-host", {
      environment: generation(number),
      // moto does not know UpdateTerminationProtection, and reads no parameter of SSM when it updates.
      ...{ terminationProtection: false },
      synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
    });
    app.synth();
    await commands.cdk(
      ...["deploy", "--all", "--app", outdir, "--require-approval", "never", "--method", "direct"],
    );
  }

  function generation(number: number): Environment {
    return { ...environment, target: { ...environment.target, generation: number } };
  }

  /** Makes the network that the environment only refers to. */
  async function inNetwork(): Promise<Environment> {
    const { Vpc } = await commands.aws<{ Vpc: { VpcId: string } }>(
      ...["ec2", "create-vpc", "--cidr-block", "172.31.0.0/16"],
    );
    const { Subnet } = await commands.aws<{ Subnet: { SubnetId: string } }>(
      ...["ec2", "create-subnet", "--vpc-id", Vpc.VpcId, "--cidr-block", "172.31.202.0/24"],
      ...["--availability-zone", "eu-west-2a"],
    );
    const { target } = prodWith();
    const network = { ...target.network, vpcId: Vpc.VpcId, subnetId: Subnet.SubnetId };
    return prodWith({ target: { ...target, image: { amiId: IMAGE }, network } });
  }
});
