import { cutover, withAwsDouble } from "./support/command-line";
import { targetInstance } from "./support/environment";

const double = withAwsDouble();
const now = Date.UTC(2026, 10, 21, 5, 13, 0) / 1000;

const full = { label: "20261121-010000F", type: "full", startedAt: now - 7200, stoppedAt: now - 7100 };
const well = {
  ...{ answers: true, message: "ok", ofThisCluster: true, newestFull: full, newestBackup: full },
  newestSegment: "000000010000000000000012",
  missing: { count: 0, first: [] as string[] },
  ...{ freeBytes: null as number | null, droppedSinceFull: 0 },
};
const server = {
  ...{ inRecovery: false, lastArchivedWal: "000000010000000000000012", lastArchivedAt: now - 30 },
  ...{ lastFailedWal: null, lastFailedAt: null, failedCount: 0, failing: false },
  ...{ readySegments: 0, oldestReadyAt: null },
};
const healthy = {
  ...{ stanza: "tracker-ts", archiving: "on", server, unread: "" },
  queue: { bytes: 0, max: 4 * 1024 ** 3, percent: 0 },
  dropped: { count: 0, first: [] as string[], lastAt: null as number | null, logged: true },
  spoolWarnings: { count: 0, first: [] },
  repositories: [
    { ...well, key: 3, freeBytes: 100 * 1024 ** 3 },
    { ...well, key: 2 },
  ],
};

function arrange(archive: unknown): void {
  const result = { step: "archive-status", status: "succeeded", archive };
  double.aws.invocations = [
    { Status: "InProgress" },
    { Status: "Success", StandardOutputContent: `${JSON.stringify(result)}\n` },
  ];
}

const status = (...more: string[]) => cutover("archive", "status", "--env", "lab", ...more);

test("a healthy archive is told with a row for each repository, and ends with 0", async () => {
  arrange(healthy);
  const { exitCode, stdout } = await status();
  expect(stdout.split("\n")).toEqual([
    "Archiving of lab's target, stanza tracker-ts: on",
    "  archived last  000000010000000000000012 at 2026-11-21T05:12:30Z",
    "  waiting        0 segments, 0 MiB (0 % of 4096 MiB)",
    "  dropped        none",
    "",
    "repository   newest full           newest backup  newest segment            missing  free",
    "repo3 (SSH)  2026-11-21T03:14:40Z  full, 1 h ago  000000010000000000000012  0        102400 MiB",
    "repo2 (S3)   2026-11-21T03:14:40Z  full, 1 h ago  000000010000000000000012  0        unknown",
    "",
    "All is well.",
    "",
  ]);
  expect(exitCode).toBe(0);
  expect(double.aws.askedFor("SendCommand")).toMatchObject([
    { DocumentName: "timescale-cutover-lab-archive-status-host", InstanceIds: [targetInstance] },
  ]);
});

test("a drop is told with what it means for recovery, and the command that begins the window anew", async () => {
  const dropped = { count: 9, first: ["A", "B"], lastAt: now - 60, logged: true };
  const [ssh, s3] = healthy.repositories;
  arrange({ ...healthy, dropped, repositories: [{ ...ssh, droppedSinceFull: 9 }, s3] });
  const { exitCode, stdout } = await status("--json");
  expect(exitCode).toBe(1);
  expect((JSON.parse(stdout) as { findings: unknown }).findings).toEqual([
    {
      code: "wal-dropped",
      finding:
        "pgBackRest dropped 9 segments, last at 2026-11-21T05:12:00Z (A, B, …), though PostgreSQL calls them archived. " +
        "Recovery reaches back only to moments before the first of them; none since can be recovered from repo3 (SSH) until a new full backup begins the recovery window anew.",
      remedy: "Make a full backup: cutover archive backup --env lab --repo 3",
    },
  ]);
});

const silent = {
  ...{ answers: false, message: "no answer within 30 s", ofThisCluster: null, newestFull: null },
  ...{ newestBackup: null, newestSegment: null, missing: null },
};

test.each<[string, Record<string, unknown>, string]>([
  [
    "archiving that is off",
    { archiving: "off", repositories: [] },
    "Archiving is off: no moment of the target can be recovered.",
  ],
  [
    "a server that does not answer",
    { archiving: "unknown", server: null, queue: null, unread: "psql: no" },
    "PostgreSQL on the target does not answer (psql: no)",
  ],
  [
    "archiving that fails",
    { server: { ...server, failing: true, lastFailedAt: now, lastFailedWal: "C", readySegments: 7 } },
    "Archiving fails since 2026-11-21T05:13:00Z: C does not get into every repository, and 7 segments wait.",
  ],
  [
    "a queue near its limit",
    { queue: { bytes: 3 * 1024 ** 3, max: 4 * 1024 ** 3, percent: 75 } },
    "3072 MiB of WAL wait, 75 % of archive-push-queue-max",
  ],
  [
    "a repository that is silent",
    {
      repositories: [
        { ...well, key: 3 },
        { ...well, ...silent, key: 2 },
      ],
    },
    "repo2 (S3) does not answer: no answer within 30 s. One repository that fails holds up the other",
  ],
  [
    "segments that are missing",
    { repositories: [{ ...well, key: 3, missing: { count: 1, first: ["D"] } }] },
    "1 segments that PostgreSQL calls archived are not in repo3 (SSH): D.",
  ],
  [
    "a stanza of another cluster",
    { repositories: [{ ...well, key: 3, ofThisCluster: false }] },
    "Stanza tracker-ts in repo3 (SSH) belongs to another cluster",
  ],
  [
    "a repository without a backup",
    {
      repositories: [{ ...well, key: 2, newestFull: null, newestBackup: null, message: "no valid backups" }],
    },
    "repo2 (S3) holds no backup of this cluster (no valid backups).",
  ],
  [
    "a backup that is old",
    { repositories: [{ ...well, key: 2, newestBackup: { ...full, stoppedAt: now - 30 * 3600 } }] },
    "The newest backup in repo2 (S3) ended 30 h ago.",
  ],
  [
    "a repository that is nearly full",
    { repositories: [{ ...well, key: 3, freeBytes: 1024 ** 3 }] },
    "Only 1024 MiB are free at repo3 (SSH).",
  ],
  [
    "a pgBackRest that keeps no warnings",
    { dropped: { ...healthy.dropped, logged: false } },
    "pgBackRest keeps no warnings (log-level-file)",
  ],
])("%s is told in a sentence, and ends with 1", async (_, changes, told) => {
  arrange({ ...healthy, ...changes });
  const { exitCode, stdout } = await status();
  expect(exitCode).toBe(1);
  expect(stdout.replace(/\n +/g, " ")).toContain(told);
  expect(stdout).not.toContain("All is well.");
});

test("a status that cannot be read ends with 4, and one that the step could not make with 1", async () => {
  arrange({ ...healthy, archiving: "perhaps" });
  expect((await status()).exitCode).toBe(4);
  const verdict = { step: "archive-status", status: "failed", code: "x", message: "No.", remedy: "Deploy." };
  double.aws.invocations = [{ Status: "Failed", StandardOutputContent: JSON.stringify(verdict) }];
  const { exitCode, stdout } = await status();
  expect(exitCode).toBe(1);
  expect(stdout).toContain("Step archive-status on target: Failed (x)\n  No.\n  remedy: Deploy.");
});

test.each([
  [[], "all"],
  [["--repo", "2"], "2"],
])("backup %j makes a full backup in %s, and tells it", async (more, Repository) => {
  const made = { repository: 2, label: "20261121-051300F", seconds: 34, databaseBytes: 23_382_543 };
  const result = { step: "full-backup", status: "succeeded", fullBackups: [made] };
  double.aws.invocations = [{ Status: "Success", StandardOutputContent: JSON.stringify(result) }];
  const { exitCode, stdout } = await cutover("archive", "backup", "--env", "lab", ...more);
  expect(exitCode).toBe(0);
  expect(stdout).toBe("repo2 (S3): full backup 20261121-051300F of 22 MiB after 34.0 s.\n");
  expect(double.aws.askedFor("SendCommand")).toMatchObject([
    {
      DocumentName: "timescale-cutover-lab-full-backup-host",
      Parameters: { Repository: [Repository] },
    },
  ]);
});

test("backup into a repository that there is not ends with 2, and nothing is sent", async () => {
  const { exitCode, stderr } = await cutover("archive", "backup", "--env", "lab", "--repo", "1");
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--repo "1" is no repository of the target.');
  expect(double.aws.askedFor("SendCommand")).toEqual([]);
});
