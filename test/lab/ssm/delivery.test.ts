import { CancelCommandCommand, DescribeInstanceInformationCommand } from "@aws-sdk/client-ssm";
import { command } from "./document-samples";
import { EndpointFixture, until } from "./endpoint-fixture";
import { fastClock } from "./fast-clock";

describe("a command for a host that is down", () => {
  let fixture: EndpointFixture;

  beforeEach(async () => {
    fixture = await EndpointFixture.start(
      [
        command("quick", "echo done"),
        command("long", "echo begun\nsleep 60", { inputs: { timeoutSeconds: 1_000 } }),
        command("shorter", "echo begun\nsleep 60", { inputs: { timeoutSeconds: 300 } }),
      ],
      { clock: fastClock(200) },
    );
  });
  afterEach(() => fixture.close());

  test("is delivered when the host comes up in time", async () => {
    fixture.host.cutPower();
    const id = await fixture.send("quick", { TimeoutSeconds: 600 });
    expect(await fixture.invocation(id)).toMatchObject({ Status: "Pending", ResponseCode: -1 });
    fixture.host.boot();
    expect(await fixture.finished(id)).toMatchObject({ Status: "Success", StandardOutputContent: "done\n" });
  });

  test("is TimedOut with DeliveryTimedOut after TimeoutSeconds, and never runs", async () => {
    fixture.host.cutPower();
    const id = await fixture.send("quick", { TimeoutSeconds: 30 });
    const found = await fixture.finished(id);
    expect(found).toMatchObject({ Status: "TimedOut", StatusDetails: "DeliveryTimedOut", ResponseCode: -1 });
    fixture.host.boot();
    expect(await fixture.invocation(id)).toMatchObject({ Status: "TimedOut", StandardOutputContent: "" });
  });

  test("is Cancelled at once by CancelCommand", async () => {
    fixture.host.cutPower();
    const id = await fixture.send("quick", { TimeoutSeconds: 30 });
    await fixture.client.send(new CancelCommandCommand({ CommandId: id }));
    expect(await fixture.invocation(id)).toMatchObject({ Status: "Cancelled", ResponseCode: -1 });
  });

  test("shows the host as ConnectionLost, and as Online again once it is back", async () => {
    const status = async (): Promise<string | undefined> =>
      (await fixture.client.send(new DescribeInstanceInformationCommand({}))).InstanceInformationList?.[0]
        ?.PingStatus;
    fixture.host.cutPower();
    expect(await status()).toBe("ConnectionLost");
    fixture.host.boot();
    expect(await status()).toBe("Online");
  });

  test("stays InProgress when the host dies under it, and is Failed a minute after it is back, as the agent says", async () => {
    const id = await fixture.send("long", { TimeoutSeconds: 600 });
    await running(fixture, id);
    fixture.host.cutPower();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await fixture.invocation(id)).toMatchObject({ Status: "InProgress" });
    fixture.host.boot();
    expect(await fixture.finished(id)).toMatchObject({
      Status: "Failed",
      ResponseCode: 1,
      StandardErrorContent: expect.stringContaining("document process failed unexpectedly") as string,
    });
  });

  test("is DeliveryTimedOut when the host never comes back before delivery and execution time are both over", async () => {
    const id = await fixture.send("shorter", { TimeoutSeconds: 100 });
    await running(fixture, id);
    fixture.host.cutPower();
    expect(await fixture.finished(id)).toMatchObject({
      Status: "TimedOut",
      StatusDetails: "DeliveryTimedOut",
    });
  });
});

describe("a command that takes its time on its way", () => {
  const distant = (latencySeconds: number) =>
    EndpointFixture.start([command("greets", "echo hello")], { latencySeconds });

  test("begins when that is over", async () => {
    const fixture = await distant(0.5);
    const sent = Date.now();
    expect(await fixture.run("greets")).toMatchObject({
      Status: "Success",
      StandardOutputContent: "hello\n",
    });
    expect(Date.now() - sent).toBeGreaterThanOrEqual(500);
    await fixture.close();
  });

  test("never begins when it is cancelled before", async () => {
    const fixture = await distant(3_600);
    const id = await fixture.send("greets");
    await fixture.client.send(new CancelCommandCommand({ CommandId: id }));
    expect(await fixture.finished(id)).toMatchObject({ Status: "Cancelled", StandardOutputContent: "" });
    await fixture.close();
  });
});

async function running(fixture: EndpointFixture, id: string): Promise<void> {
  await until(
    () => fixture.invocation(id),
    (found) => found.Status === "InProgress",
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
}
