import {
  DescribeAutomationExecutionsCommand,
  DescribeAutomationStepExecutionsCommand,
  SendAutomationSignalCommand,
  StartAutomationExecutionCommand,
  StopAutomationExecutionCommand,
} from "@aws-sdk/client-ssm";
import { automation, command, runs } from "./document-samples";
import { EndpointFixture, clientOf, statuses, step } from "./endpoint-fixture";
import { fastClock } from "./fast-clock";

const approve = (inputs = {}, settings = {}): Record<string, unknown> => ({
  name: "ask",
  action: "aws:approve",
  inputs: {
    Approvers: ["arn:aws:iam::123456789012:user/AKIDFIRST", "AKIDSECOND"],
    Message: "Go?",
    ...inputs,
  },
  ...settings,
});

let fixture: EndpointFixture;

beforeAll(async () => {
  fixture = await EndpointFixture.start(
    [
      command("fine", "echo fine"),
      command("endless", "sleep 60"),
      automation("asking", [approve(), runs("after", "fine")], {
        parameters: { Word: { type: "String", default: "a", allowedPattern: "^[a-z]+$" } },
      }),
      automation("asking-two", [approve({ MinRequiredApprovals: 2 }), runs("after", "fine")]),
      automation("asking-briefly", [
        approve({}, { timeoutSeconds: 10, onFailure: "step:after" }),
        runs("after", "fine"),
      ]),
      automation("working", [runs("work", "endless"), runs("after", "fine")]),
      automation("tidying", [
        runs("work", "endless", { onCancel: "step:tidy" }),
        runs("after", "fine", { isEnd: true }),
        runs("tidy", "fine", { nextStep: "report" }),
        runs("report", "fine", { isEnd: true }),
      ]),
      automation("tidying-too-long", [
        runs("work", "endless", { onCancel: "step:tidy", isEnd: true }),
        runs("tidy", "endless"),
        runs("report", "fine"),
      ]),
    ],
    { clock: fastClock(50) },
  );
});
afterAll(() => fixture.close());

const signal = (
  id: string,
  SignalType: "Approve" | "Reject" | "Resume",
  key = "AKIDFIRST",
): Promise<unknown> =>
  clientOf(fixture.url, key).send(
    new SendAutomationSignalCommand({
      AutomationExecutionId: id,
      SignalType,
      Payload: { Comment: ["so be it"] },
    }),
  );
const stop = (id: string, Type: "Cancel" | "Complete"): Promise<unknown> =>
  fixture.client.send(new StopAutomationExecutionCommand({ AutomationExecutionId: id, Type }));
const waiting = async (document: string): Promise<string> => {
  const id = await fixture.start(document);
  await fixture.executionWhen(id, (execution) => execution.AutomationExecutionStatus === "Waiting");
  return id;
};
const working = async (document: string): Promise<string> => {
  const id = await fixture.start(document);
  await fixture.executionWhen(
    id,
    (execution) => step(execution, "work").Outputs?.["CommandId"] !== undefined,
  );
  return id;
};

describe("an approval", () => {
  test("is waited for, and let through by Approve", async () => {
    const id = await waiting("asking");
    expect(step(await fixture.execution(id), "ask")).toMatchObject({
      StepStatus: "Waiting",
      Outputs: { ApprovalStatus: ["Waiting"] },
    });
    await signal(id, "Approve");
    const execution = await fixture.ended(id);
    expect(statuses(execution)).toEqual(["ask=Success", "after=Success"]);
    expect(step(execution, "ask").Outputs?.["ApprovalStatus"]).toEqual(["Approved"]);
    expect(step(execution, "ask").Outputs?.["ApproverDecisions"]?.[0]).toContain("so be it");
  });

  test("fails the automation when it is rejected", async () => {
    const id = await waiting("asking");
    await signal(id, "Reject");
    const execution = await fixture.ended(id);
    expect(execution.AutomationExecutionStatus).toBe("Failed");
    expect(statuses(execution)).toEqual(["ask=Failed", "after=Pending"]);
  });

  test("that needs two is not satisfied by the same caller twice", async () => {
    const id = await waiting("asking-two");
    await signal(id, "Approve");
    await signal(id, "Approve");
    expect((await fixture.execution(id)).AutomationExecutionStatus).toBe("Waiting");
    await signal(id, "Approve", "AKIDSECOND");
    expect((await fixture.ended(id)).AutomationExecutionStatus).toBe("Success");
  });

  test("is refused from a caller who is no approver, and goes on waiting; a rejection likewise", async () => {
    const id = await waiting("asking");
    for (const decision of ["Approve", "Reject"] as const) {
      await expect(signal(id, decision, "AKIDSTRANGER")).rejects.toMatchObject({
        name: "InvalidAutomationSignalException",
        message: expect.stringContaining(
          "arn:aws:iam::123456789012:user/AKIDSTRANGER is not among",
        ) as string,
      });
    }
    expect((await fixture.execution(id)).AutomationExecutionStatus).toBe("Waiting");
    await signal(id, "Approve");
    const decision = step(await fixture.ended(id), "ask").Outputs?.["ApproverDecisions"]?.[0];
    expect(decision).toContain("arn:aws:iam::123456789012:user/AKIDFIRST");
    expect(decision).not.toContain("AKIDSTRANGER");
  });

  test("that nobody gives in time stops the automation as TimedOut, whatever onFailure says", async () => {
    const execution = await fixture.automate("asking-briefly");
    expect(execution.AutomationExecutionStatus).toBe("TimedOut");
    expect(statuses(execution)).toEqual(["ask=TimedOut", "after=Pending"]);
  });

  test("is refused as InvalidAutomationSignalException where nothing waits for it, and so is another signal", async () => {
    const id = await fixture.start("working");
    await expect(signal(id, "Approve")).rejects.toMatchObject({ name: "InvalidAutomationSignalException" });
    await stop(id, "Cancel");
    await expect(signal(await waiting("asking"), "Resume")).rejects.toMatchObject({
      name: "InvalidAutomationSignalException",
    });
  });
});

describe("stopping an automation", () => {
  test("with Cancel kills what it runs, and it is Cancelled", async () => {
    const id = await working("working");
    await stop(id, "Cancel");
    const execution = await fixture.ended(id);
    expect(execution.AutomationExecutionStatus).toBe("Cancelled");
    expect(statuses(execution)).toEqual(["work=Cancelled", "after=Pending"]);
    const commandId = step(execution, "work").Outputs?.["CommandId"]?.[0] ?? "";
    expect(await fixture.invocation(commandId)).toMatchObject({ Status: "Cancelled" });
  });

  test("with Cancel follows onCancel to its end, and it is still Cancelled", async () => {
    const id = await working("tidying");
    await stop(id, "Cancel");
    const execution = await fixture.ended(id);
    expect(statuses(execution)).toEqual([
      "work=Cancelled",
      "after=Pending",
      "tidy=Success",
      "report=Success",
    ]);
    expect(execution.AutomationExecutionStatus).toBe("Cancelled");
  });

  test("with Cancel gives onCancel two minutes and no more", async () => {
    const id = await working("tidying-too-long");
    await stop(id, "Cancel");
    const execution = await fixture.ended(id);
    expect(statuses(execution)).toEqual(["work=Cancelled", "tidy=Cancelled", "report=Pending"]);
    const seconds =
      ((step(execution, "tidy").ExecutionEndTime?.getTime() ?? 0) -
        (step(execution, "tidy").ExecutionStartTime?.getTime() ?? 0)) /
      1000;
    expect(seconds).toBeGreaterThanOrEqual(119);
  });

  test("with Complete lets the step end and starts no other", async () => {
    const id = await waiting("asking");
    await stop(id, "Complete");
    await signal(id, "Approve");
    expect(statuses(await fixture.ended(id))).toEqual(["ask=Success", "after=Pending"]);
  });

  test("is refused as InvalidAutomationStatusUpdateException when it is over", async () => {
    const { AutomationExecutionId: id = "" } = await fixture.automate("asking-briefly");
    await expect(stop(id, "Cancel")).rejects.toMatchObject({
      name: "InvalidAutomationStatusUpdateException",
    });
  });
});

describe("starting an automation", () => {
  const start = (DocumentName: string, rest = {}): Promise<unknown> =>
    fixture.client.send(new StartAutomationExecutionCommand({ DocumentName, ...rest }));

  test.each([
    ["AutomationDefinitionNotFoundException", "a document that is not there", "nowhere", {}],
    ["AutomationDefinitionNotFoundException", "a Command document", "fine", {}],
    ["AutomationDefinitionVersionNotFoundException", "another version", "asking", { DocumentVersion: "2" }],
    [
      "InvalidAutomationExecutionParametersException",
      "an unknown parameter",
      "asking",
      { Parameters: { Wrod: ["x"] } },
    ],
    [
      "InvalidAutomationExecutionParametersException",
      "a bad value",
      "asking",
      { Parameters: { Word: ["UPPER"] } },
    ],
    [
      "ValidationException",
      "an empty value, which AWS takes only as a default",
      "asking",
      { Parameters: { Word: [""] } },
    ],
    ["ValidationException", "a setting that the lab would not honour", "asking", { MaxErrors: "1" }],
  ])("is refused as %s for %s", async (name, _what, document, rest) => {
    await expect(start(document, rest)).rejects.toMatchObject({ name });
  });

  test("with a ClientToken that was used before is refused, though the request is the same", async () => {
    const ClientToken = "11111111-2222-3333-4444-555555555555";
    await start("asking", { ClientToken });
    await expect(start("asking", { ClientToken })).rejects.toMatchObject({
      name: "IdempotentParameterMismatch",
    });
  });
});

describe("describing automations", () => {
  test("gives the newest first, by status and by document, a page at a time", async () => {
    const id = await working("working");
    const list = (rest = {}): Promise<string[]> =>
      fixture.client
        .send(new DescribeAutomationExecutionsCommand(rest))
        .then((found) =>
          (found.AutomationExecutionMetadataList ?? []).map((each) => each.AutomationExecutionId ?? ""),
        );
    expect((await list({ MaxResults: 1 }))[0]).toBe(id);
    expect(await list({ Filters: [{ Key: "ExecutionStatus", Values: ["InProgress"] }] })).toEqual([id]);
    await expect(list({ Filters: [{ Key: "TagKey", Values: ["x"] }] })).rejects.toMatchObject({
      name: "InvalidFilterKey",
    });
    await expect(list({ NextToken: "nonsense" })).rejects.toMatchObject({ name: "InvalidNextToken" });
    await stop(id, "Cancel");
  });

  test("gives the steps of one, filtered by status", async () => {
    const { AutomationExecutionId } = await fixture.automate("asking-briefly");
    const found = await fixture.client.send(
      new DescribeAutomationStepExecutionsCommand({
        AutomationExecutionId,
        Filters: [{ Key: "StepExecutionStatus", Values: ["TimedOut"] }],
      }),
    );
    expect(found.StepExecutions?.map((each) => each.StepName)).toEqual(["ask"]);
  });

  test("of one that is not there is refused as AutomationExecutionNotFoundException", async () => {
    await expect(fixture.execution("11111111-2222-3333-4444-555555555555")).rejects.toMatchObject({
      name: "AutomationExecutionNotFoundException",
    });
  });
});
