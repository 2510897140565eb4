import { cutoverIn } from "./support/command-line";
import { interfaceId, oldInstance, volumeId } from "./support/host-double";
import { hostName, ReplacedHost, secondGeneration } from "./support/replaced-host";
import { listing } from "./support/run";

const replaced = new ReplacedHost();

describe("host replace refuses, with nothing changed", () => {
  const refusals: [string, () => void, number, string][] = [
    [
      "while a run is in progress",
      () => void (replaced.aws.listed = [listing("Cutover", "InProgress")]),
      3,
      "A cutover of lab is in progress",
    ],
    [
      "a volume that would go with the instance",
      () => void (replaced.host.goesWithInstance.volume = true),
      3,
      `EC2 would delete ${volumeId} together with the instance ${oldInstance}`,
    ],
    [
      "an interface that would go with the instance",
      () => void (replaced.host.goesWithInstance.interface = true),
      3,
      `EC2 would delete ${interfaceId} together with the instance ${oldInstance}`,
    ],
    [
      "a caller who may not terminate",
      () => void (replaced.host.denied = "TerminateInstances"),
      3,
      "These credentials lack ec2:TerminateInstances: UnauthorizedOperation: You are not authorized.",
    ],
    [
      "a host that Systems Manager does not reach",
      () => void replaced.aws.online.delete(oldInstance),
      3,
      `Systems Manager does not reach the instance ${oldInstance} (running)`,
    ],
    [
      "a stack of which CloudFormation replaces nothing",
      () => void (replaced.host.stack.status = "UPDATE_FAILED"),
      3,
      "The stack timescale-cutover-lab-host is UPDATE_FAILED",
    ],
    [
      "an instance that the stack did not make, with the host's volume",
      () => {
        replaced.host.instances.set("i-0dddddddddddddddd", {
          state: "running",
          isProtected: false,
          name: "other",
        });
        replaced.host.holder = "i-0dddddddddddddddd";
      },
      3,
      "is at i-0dddddddddddddddd (other), which this stack did not make",
    ],
    [
      "a lower generation than is deployed",
      () => void (replaced.host.stack.generation = 3),
      2,
      "target.generation of lab is 2; deployed is 3 already",
    ],
    [
      "a lost instance of the same generation: a deployment would change nothing",
      () => {
        replaced.host.stack.generation = 2;
        replaced.host.instances.get(oldInstance)!.state = "terminated";
        replaced.host.holder = null;
      },
      2,
      "A deployment would change nothing.\n  Write target.generation: 3",
    ],
  ];
  test.each(refusals)("%s", async (_, arrange, code, told) => {
    arrange();
    const { exitCode, stderr } = await replaced.replace();
    expect(stderr).toContain(told);
    expect(exitCode).toBe(code);
    expect(replaced.host.changes).toEqual([]);
    expect(replaced.documents).toEqual([]);
  });

  test.each([
    [[], "the name of the host of lab"],
    [["--confirm", "tracker"], `the host of lab is "${hostName}"`],
  ])("%j: the host's name is wanted, and AWS is asked nothing", async (more, told) => {
    const { exitCode, stderr } = await cutoverIn(
      secondGeneration,
      "host",
      "replace",
      "--env",
      "lab",
      ...more,
    );
    expect(exitCode).toBe(2);
    expect(stderr).toContain(told);
    expect([...replaced.host.asked, ...replaced.aws.asked]).toEqual([]);
  });
});
