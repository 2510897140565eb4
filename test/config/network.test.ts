import { networkSource, prodWith, problemsOf, problemWith } from "./prod-with";

describe("The target's network", () => {
  test("lies in a zone of the environment's region", () => {
    expect(problemWith({ "target.network.availabilityZone": "eu-west-1a" })).toEqual({
      key: "prod.target.network.availabilityZone",
      value: '"eu-west-1a"',
      why: "is no zone of aws.region, eu-west-2",
      remedy: 'Write the zone of the subnet, such as "eu-west-2a", or correct aws.region.',
    });
  });

  test("gives it another address than the repository host's", () => {
    expect(problemWith({ "target.network.privateAddress": "172.31.203.209" })).toEqual({
      key: "prod.target.network.privateAddress",
      value: '"172.31.203.209"',
      why: "is the repository host's address",
      remedy: "Choose a free address of the target's own subnet.",
    });
  });

  test("gives it another address than that of a source on the network", () => {
    const source = { ...networkSource, host: "172.31.202.20" };
    expect(problemWith({ source })).toEqual({
      key: "prod.target.network.privateAddress",
      value: '"172.31.202.20"',
      why: expect.stringContaining("is the source's address too"),
      remedy: expect.stringContaining("free address"),
    });
  });
});

describe("SSH to the target", () => {
  test("comes from the repository host's address only", () => {
    expect(problemWith({ "repository.sshFrom": "10.0.0.1/32" })).toEqual({
      key: "prod.repository.sshFrom",
      value: '"10.0.0.1/32"',
      why: expect.stringMatching(/^is not the repository host, which has the address 172\.31\.203\.209/),
      remedy: 'Write "172.31.203.209/32", or correct repository.address.',
    });
  });

  test("follows a repository host that moves", () => {
    const moved = { "repository.address": "10.0.0.1", "repository.sshFrom": "10.0.0.1/32" };
    expect(problemsOf(prodWith(moved))).toEqual([]);
  });
});
