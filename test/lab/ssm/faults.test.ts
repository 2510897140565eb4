import type { ObservedStep } from "../../../lib/lab/ssm/endpoint";
import { automation, command, runs } from "./document-samples";
import { EndpointFixture, statuses, until } from "./endpoint-fixture";

describe("What faults do with the endpoint", () => {
  const observed: ObservedStep[] = [];
  let fixture: EndpointFixture;

  beforeAll(async () => {
    fixture = await EndpointFixture.start(
      [
        command("fine", "echo fine"),
        command("long", "sleep 60"),
        automation("working", [runs("first", "fine"), runs("second", "long", { onFailure: "Abort" })]),
      ],
      { onStep: (step) => observed.push(step) },
    );
  });
  afterAll(() => fixture.close());
  beforeEach(() => observed.splice(0));

  const reached = (step: string) =>
    until(
      () => Promise.resolve(observed.map((each) => each.step)),
      (steps) => steps.includes(step),
    );

  it("is to hear of every step when it begins and when it has ended", async () => {
    const id = await fixture.start("working");
    await reached("second");
    fixture.endpoint.stopAutomation(id);
    await fixture.ended(id);
    const of = { document: "working", executionId: id };
    expect(observed).toEqual([
      { ...of, step: "first", status: "InProgress" },
      { ...of, step: "first", status: "Success" },
      { ...of, step: "second", status: "InProgress" },
      { ...of, step: "second", status: "Cancelled" },
    ]);
  });

  it("is to kill the script that runs on a host, and its step fails", async () => {
    const { endpoint, host } = fixture;
    expect(await endpoint.killScripts(host.instanceId)).toBe(0);
    const id = await fixture.start("working");
    await reached("second");
    expect(await endpoint.killScripts("i-0fffffffffffffff0")).toBe(0);
    await until(
      () => endpoint.killScripts(host.instanceId),
      (killed) => killed === 1,
    );
    const execution = await fixture.ended(id);
    expect(statuses(execution)).toEqual(["first=Success", "second=Failed"]);
  });

  it("is to cancel an execution as StopAutomationExecution does, and none that has ended", async () => {
    const id = await fixture.start("working");
    await reached("second");
    expect(fixture.endpoint.stopAutomation(id)).toBe(true);
    expect((await fixture.ended(id)).AutomationExecutionStatus).toBe("Cancelled");
    expect(fixture.endpoint.stopAutomation(id)).toBe(false);
  });
});
