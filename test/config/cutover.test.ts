import { problemsOf, problemWith, prodWith } from "./prod-with";

const role = "arn:aws:iam::111122223333:role/database-owner";

describe("The approvers", () => {
  test("cannot be nobody", () => {
    expect(problemWith({ "cutover.approvers": [] })).toMatchObject({
      key: "prod.cutover.approvers",
      value: "(a list of 0)",
      remedy: "Write a list of 1 to 10 ARNs of IAM users or roles.",
    });
  });

  test.each([
    ["arn:aws:sts::111122223333:assumed-role/database-owner/me", "is the ARN of a session, not of a role"],
    ["database-owner", "is no ARN of an IAM user or role"],
  ])("cannot be %s", (approver, why) => {
    expect(problemWith({ "cutover.approvers": [approver] })).toMatchObject({
      key: "prod.cutover.approvers[0]",
      value: `"${approver}"`,
      why,
    });
  });

  test("are named once each", () => {
    expect(problemWith({ "cutover.approvers": [role, role] })).toMatchObject({
      key: "prod.cutover.approvers[1]",
      why: "stands in the list already, at [0]",
    });
  });
});

describe("The application's secret", () => {
  const address = "172.31.202.20";

  test("cannot name the same host before and after the switch", () => {
    expect(problemWith({ "application.sourceHost": address })).toMatchObject({
      key: "prod.application.sourceHost",
      value: `"${address}"`,
      remedy: expect.stringContaining("application.targetHost"),
    });
    expect(
      problemWith({ "application.sourceHost": "db.example.com", "application.targetHost": "db.example.com" })
        .key,
    ).toBe("prod.application.sourceHost");
  });

  test("may name the same host at another port", () => {
    expect(
      problemsOf(prodWith({ "application.sourceHost": address, "application.sourcePort": 6432 })),
    ).toEqual([]);
  });
});

describe("The smoke test", () => {
  test.each([
    ["write", "INSERT INTO t VALUES (1)", "does not name :'marker'"],
    ["history", " ", "is empty"],
    ["readBack", "SELECT :'marker' \\! id", "holds a backslash"],
  ])("refuses a %s that %s", (name, statement, why) => {
    expect(problemWith({ [`application.smokeTest.${name}`]: statement })).toMatchObject({
      key: `prod.application.smokeTest.${name}`,
      why: expect.stringContaining(why),
    });
  });

  test("may leave the continuous aggregate out", () => {
    expect(problemsOf(prodWith({ "application.smokeTest.aggregate": undefined }))).toEqual([]);
  });
});

describe("The maintenance window", () => {
  test("begins at a time with its offset", () => {
    expect(problemsOf(prodWith({ "maintenanceWindow.startsAt": "2026-12-06T01:00:00+01:00" }))).toEqual([]);
    expect(problemWith({ "maintenanceWindow.startsAt": "2026-12-06T01:00:00" })).toMatchObject({
      why: "has no offset",
      remedy: 'Write "2026-12-06T01:00:00Z" if it is UTC, or its offset, such as "+01:00".',
    });
    expect(problemWith({ "maintenanceWindow.startsAt": "2026-13-06T01:00Z" }).why).toBe(
      "is no time of that form",
    );
  });
});

describe("What the switch changes besides", () => {
  const record = { hostedZoneId: "Z0123456789ABCDEFGHIJ", name: "tracker-db.glimpse.internal" };
  const restart = { documentName: "tracker-restart", targets: [{ key: "tag:Name", values: ["tracker"] }] };

  test("may be a record of Route 53 and a restart of the application", () => {
    expect(problemsOf(prodWith({ "application.dnsRecord": record, "application.restart": restart }))).toEqual(
      [],
    );
  });

  test.each([
    ["dnsRecord", { ...record, hostedZoneId: "zone" }, "is no id of a hosted zone"],
    ["dnsRecord", { ...record, name: "tracker db" }, "is no host name"],
    ["restart", { ...restart, documentName: "no name" }, "is no name of a Command document"],
    [
      "restart",
      { ...restart, targets: [{ key: "Name", values: ["tracker"] }] },
      "is no key that a command's targets have",
    ],
  ])("cannot be a %s of %j", (key, value, why) => {
    expect(problemWith({ [`application.${key}`]: value }).why).toBe(why);
  });

  test("has targets where it is a restart", () => {
    expect(problemWith({ "application.restart": { ...restart, targets: [] } }).key).toBe(
      "prod.application.restart.targets",
    );
  });
});
