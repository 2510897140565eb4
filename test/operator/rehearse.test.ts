import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { executionId } from "./support/aws-double";
import { cutover, withAwsDouble } from "./support/command-line";
import { equalFingerprint, look, resultObject, runId, sourceVersions } from "./support/run";

const double = withAwsDouble();
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "cutover-report-"));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

function arrangeSuccess(fingerprint: unknown = equalFingerprint): void {
  const { aws } = double;
  aws.looks = [
    look("InProgress", [
      { name: "dump", status: "InProgress", on: "source" },
      { name: "replaceable", status: "Pending" },
      { name: "compare", status: "Pending", on: "target" },
    ]),
    look("Success", [
      { name: "dump", status: "Success", on: "source" },
      { name: "replaceable", status: "Success" },
      { name: "compare", status: "Success", on: "target" },
    ]),
  ];
  aws.objects.set(resultObject("source", "inspect-source"), JSON.stringify({ versions: sourceVersions }));
  aws.objects.set(resultObject("target", "inspect-target"), JSON.stringify({ versions: sourceVersions }));
  aws.objects.set(
    resultObject("target", "start-workers"),
    JSON.stringify({ heldJobs: ["job 1005 (public.bill)"] }),
  );
  aws.objects.set(resultObject("target", "compare"), JSON.stringify({ step: "compare", fingerprint }));
}

async function readReport(): Promise<unknown> {
  return JSON.parse(await readFile(path.join(directory, "report.json"), "utf8"));
}

test("a rehearsal is started with its run's id, followed step by step and ends with 0", async () => {
  arrangeSuccess();
  const { exitCode, stdout, stderr } = await cutover("rehearse", "--env", "lab", "--run-id", runId);
  expect(stderr.split("\n").map((line) => line.replace(/ {2,}/g, "  "))).toEqual([
    `Run ${runId}: starting timescale-cutover-lab-Rehearsal …`,
    `Started: execution ${executionId}`,
    expect.stringMatching(/^\(1\/3\) dump {2}source {2}InProgress/),
    "(1/3) dump  source  Success  9.5 s",
    "(2/3) replaceable  Success  9.5 s",
    "(3/3) compare  target  Success  9.5 s",
    `Run ${runId} ended: Success after 30.0 s`,
    "",
  ]);
  expect(stdout).toContain(`Run ${runId} succeeded after 30.0 s\n`);
  expect(stdout).toContain("source: postgresql 16.10, timescaledb 2.18.2, postgis 3.5.2\n");
  expect(stdout).toContain("Compared: 57 relations, 1,234,567 rows, 1,457 catalog lines\n");
  expect(stdout).toContain("No relation differs.\nNo catalog line differs.\n");
  expect(exitCode).toBe(0);
  expect(double.aws.askedFor("StartAutomationExecution")).toEqual([
    {
      DocumentName: "timescale-cutover-lab-Rehearsal",
      Parameters: { RunId: [runId] },
      ClientToken: expect.stringMatching(/^[0-9a-f-]{36}$/),
    },
  ]);
});

test("a run gets an id of its own when none is given, and --replace hands on the database's name", async () => {
  arrangeSuccess();
  await cutover("rehearse", "--env", "lab", "--replace", "tracker");
  const [started] = double.aws.askedFor("StartAutomationExecution");
  expect(started?.Parameters).toEqual({
    RunId: [expect.stringMatching(/^r20261121-051300-[a-z0-9]{4}$/)],
    Replace: ["tracker"],
  });
});

test("--report writes report.json, whole, and nothing else", async () => {
  arrangeSuccess();
  await cutover("rehearse", "--env", "lab", "--run-id", runId, "--report", directory);
  expect(await readdir(directory)).toEqual(["report.json"]);
  expect(await readReport()).toEqual({
    runId,
    outcome: "succeeded",
    steps: [
      {
        name: "dump",
        host: "source",
        status: "Success",
        startedAt: "2026-11-21T05:13:00.000Z",
        seconds: 9.5,
      },
      {
        name: "replaceable",
        host: null,
        status: "Success",
        startedAt: "2026-11-21T05:13:10.000Z",
        seconds: 9.5,
      },
      {
        name: "compare",
        host: "target",
        status: "Success",
        startedAt: "2026-11-21T05:13:20.000Z",
        seconds: 9.5,
      },
    ],
    versions: { source: sourceVersions, target: sourceVersions },
    fingerprint: equalFingerprint,
    heldJobs: ["job 1005 (public.bill)"],
    truth: null,
    outage: null,
    acknowledgedRows: null,
    missingRows: null,
    writesSaved: null,
    writes: null,
    archiving: null,
    recovered: null,
  });
  expect(double.aws.askedFor("GetSecretValue")).toEqual([]);
});

test("--json prints the report on stdout and nothing else", async () => {
  arrangeSuccess();
  const { stdout } = await cutover(
    "rehearse",
    "--env",
    "lab",
    "--run-id",
    runId,
    "--json",
    "--report",
    directory,
  );
  expect(JSON.parse(stdout)).toEqual(await readReport());
});

test("a source that is reached over the network has its inspection under target", async () => {
  arrangeSuccess();
  const { aws } = double;
  aws.objects.delete(resultObject("source", "inspect-source"));
  aws.objects.set(resultObject("target", "inspect-source"), JSON.stringify({ versions: sourceVersions }));
  const { stdout } = await cutover("rehearse", "--env", "lab", "--json");
  // The double's execution has its own run id in the parameters; the results are looked for under the new one.
  expect(JSON.parse(stdout)).toMatchObject({ versions: { source: null } });
  const again = await cutover("rehearse", "--env", "lab", "--run-id", runId, "--json");
  expect(JSON.parse(again.stdout)).toMatchObject({ versions: { source: sourceVersions } });
});

test("each difference is printed with its name and both values, those of ownership apart", async () => {
  arrangeSuccess({
    ...equalFingerprint,
    differentRelations: [
      { name: "public.device", source: { rows: 10, digest: "aa" }, target: { rows: 9, digest: "bb" } },
      { name: "public.lost", source: { rows: 1, digest: "cc" }, target: null },
    ],
    differentCatalogLines: [
      {
        object: "index public.i",
        attribute: "definition",
        source: 'CREATE INDEX "i"\n\u001b[2J',
        target: null,
        expected: false,
        because: null,
      },
      {
        object: "table public.device",
        attribute: "owner",
        source: "postgres",
        target: "tracker",
        expected: true,
        because: "ownership is reassigned to tracker",
      },
    ],
  });
  const { stdout } = await cutover("rehearse", "--env", "lab", "--run-id", runId);
  expect(stdout).toContain(
    [
      "Different: 2 relations",
      "  public.device",
      "    source  10 rows, digest aa",
      "    target  9 rows, digest bb",
      "  public.lost",
      "    source  1 row, digest cc",
      "    target  (absent)",
      "Different: 1 catalog line",
      "  index public.i: definition",
      '    source  "CREATE INDEX \\"i\\"\\n\\u001b[2J"',
      "    target  (absent)",
      "Different, and explained: 1 catalog line",
      "  table public.device: owner",
      '    source  "postgres"',
      '    target  "tracker"',
      "    because ownership is reassigned to tracker",
      "",
    ].join("\n"),
  );
});

test("a relay that cannot be read leaves the steps in the report, and a warning", async () => {
  arrangeSuccess();
  double.aws.bucketMissing = true;
  const { exitCode, stderr } = await cutover(
    "rehearse",
    "--env",
    "lab",
    "--run-id",
    runId,
    "--report",
    directory,
  );
  expect(exitCode).toBe(0);
  expect(stderr.match(/warning/g)).toHaveLength(1);
  expect(stderr).toContain(
    "warning: the report lacks the results of inspect-source, inspect-target, compare, start-workers (s3://",
  );
  expect(stderr).toContain("NoSuchBucket");
  expect(await readReport()).toMatchObject({
    outcome: "succeeded",
    steps: [{ name: "dump" }, { name: "replaceable" }, { name: "compare" }],
    versions: { source: null, target: null },
    fingerprint: null,
  });
});

test("a result that is not of the expected shape is named and left out", async () => {
  arrangeSuccess({ ...equalFingerprint, relations: "many" });
  const { stdout, stderr } = await cutover("rehearse", "--env", "lab", "--run-id", runId, "--json");
  expect(stderr).toMatch(
    /warning: the report lacks the results of compare .*: it is not of the expected shape: .*\n.*relations/,
  );
  expect(JSON.parse(stdout)).toMatchObject({ fingerprint: null, versions: { source: sourceVersions } });
});

test("a report that cannot be written at the end does not hide the outcome", async () => {
  arrangeSuccess();
  const blocked = path.join(directory, "report.json");
  double.aws.onAsked = ({ operation }) => {
    if (operation === "StartAutomationExecution")
      void rm(directory, { recursive: true }).then(() => writeFile(directory, ""));
  };
  const { exitCode, stderr, stdout } = await cutover(
    "rehearse",
    "--env",
    "lab",
    "--run-id",
    runId,
    "--report",
    directory,
  );
  expect(exitCode).toBe(0);
  expect(stderr).toContain(`warning: the report ${blocked} could not be written`);
  expect(stdout).toContain("succeeded");
});
