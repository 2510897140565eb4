import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { GetParameterCommand, PutParameterCommand } from "@aws-sdk/client-ssm";
import { EndpointFixture } from "./endpoint-fixture";

describe("an endpoint beside a parameter store", () => {
  const kept = new Map<string, string>();
  let store: Server;
  let fixture: EndpointFixture;

  beforeAll(async () => {
    store = createServer((request, response) => {
      request.setEncoding("utf8").on("data", (text: string) => {
        const { Name, Value } = JSON.parse(text) as { Name: string; Value?: string };
        if (Value !== undefined) kept.set(Name, Value);
        const found = kept.has(Name);
        // The region is in what the caller signed with.
        const region = /\/(\w+-\w+-\d)\/ssm\//.exec(request.headers.authorization ?? "")?.[1];
        const answer = { Parameter: { Name, Value: kept.get(Name), ARN: region } };
        response.writeHead(found ? 200 : 400, { "Content-Type": "application/x-amz-json-1.1" });
        response.end(JSON.stringify(found ? answer : { __type: "ParameterNotFound" }));
      });
    });
    await new Promise<void>((resolve) => store.listen(0, "127.0.0.1", resolve));
    const parameterStore = `http://127.0.0.1:${(store.address() as AddressInfo).port}`;
    fixture = await EndpointFixture.start([], { parameterStore });
  });

  afterAll(async () => {
    await fixture.close();
    store.closeAllConnections();
    store.close();
  });

  test("hands on what has to do with parameters, and gives the store's answers as its own", async () => {
    await fixture.client.send(new PutParameterCommand({ Name: "/a/b", Value: "c" }));
    const { Parameter } = await fixture.client.send(new GetParameterCommand({ Name: "/a/b" }));
    expect(Parameter).toEqual({ Name: "/a/b", Value: "c", ARN: "eu-west-2" });
  });

  test("gives the store's refusals as its own", async () => {
    const asked = fixture.client.send(new GetParameterCommand({ Name: "/none" }));
    await expect(asked).rejects.toThrow(expect.objectContaining({ name: "ParameterNotFound" }));
  });
});
