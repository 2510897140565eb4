import { readFileSync, readdirSync } from "node:fs";
import { automation, command, runs } from "./document-samples";
import { EndpointFixture, step, until } from "./endpoint-fixture";

test("closing the endpoint leaves no process of a command behind and follows no onCancel", async () => {
  const fixture = await EndpointFixture.start([
    command("endless", "sleep 61"),
    command("tidies", "echo tidy"),
    automation("works", [
      runs("work", "endless", { onCancel: "step:tidy", isEnd: true }),
      runs("tidy", "tidies"),
    ]),
  ]);
  const byHand = await fixture.send("endless");
  const id = await fixture.start("works");
  const found = await fixture.executionWhen(
    id,
    (each) => step(each, "work").Outputs?.["CommandId"] !== undefined,
  );
  const byAutomation = step(found, "work").Outputs?.["CommandId"]?.[0] ?? "";
  await until(
    () => Promise.resolve([byHand, byAutomation].filter(isRunning)),
    (running) => running.length === 2,
  );
  await fixture.close();
  expect([byHand, byAutomation].filter(isRunning)).toEqual([]);
  expect(fixture.lines.filter((line) => line.includes("step tidy"))).toEqual([]);
});

function isRunning(commandId: string): boolean {
  return readdirSync("/proc").some((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, "utf8").includes(commandId);
    } catch {
      return false;
    }
  });
}
