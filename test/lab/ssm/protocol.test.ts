import { command } from "./document-samples";
import { EndpointFixture } from "./endpoint-fixture";

describe("the endpoint's protocol", () => {
  let fixture: EndpointFixture;

  beforeAll(async () => {
    fixture = await EndpointFixture.start([command("fine", "true")]);
  });
  afterAll(() => fixture.close());

  const call = (operation: string, body: string): Promise<Response> =>
    fetch(fixture.url, {
      method: "POST",
      headers: { "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": `AmazonSSM.${operation}` },
      body,
    });

  test("is AWS JSON 1.1: a type, a request id, and times in seconds", async () => {
    const answer = await call("SendCommand", '{"DocumentName":"fine","InstanceIds":["i-0123456789abcdef0"]}');
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("application/x-amz-json-1.1");
    expect(answer.headers.get("x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
    const { Command } = (await answer.json()) as { Command: { RequestedDateTime: number } };
    expect(Math.abs(Command.RequestedDateTime - Date.now() / 1000)).toBeLessThan(60);
  });

  test("names an error in __type and explains it in message, with status 400", async () => {
    const answer = await call("GetDocument", '{"Name":"nothing"}');
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      __type: "InvalidDocument",
      message: "Document with name nothing does not exist.",
    });
  });

  test.each([
    ["UnknownOperationException", "an operation that the lab has not", "PutParameter", "{}"],
    ["UnknownOperationException", "a name that every object has", "constructor", "{}"],
    ["SerializationException", "a request that is no JSON", "SendCommand", "{"],
    ["ValidationException", "a request without what is required", "SendCommand", "{}"],
  ])("answers %s to %s", async (type, _what, operation, body) => {
    const answer = await call(operation, body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ __type: type });
  });

  test("is served on the loopback alone", () => {
    expect(fixture.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
});
