import { clusterPath, Gate, repositoryPath, toCluster, toRepository } from "./gate";

const repo = ["repo", "tracker-ts", repositoryPath];
const pg = ["pg", "tracker-ts", clusterPath];

describe("A key with pgbackrest-only", () => {
  const gate = new Gate();
  afterAll(() => gate.remove());

  const refused = (words: readonly string[], asked: string | undefined) => {
    const { code, stdout, stderr, started, logged } = gate.ask(words, asked);
    expect({ code, stdout, started }).toEqual({ code: 126, stdout: "", started: undefined });
    expect(stderr).toMatch(/^pgbackrest-only: refused: .+\.\n$/);
    expect(logged).toContain(stderr.replace("pgbackrest-only: refused: ", "").trim());
    return stderr;
  };

  test.each([
    ...Object.entries(toRepository).map(([name, asked]) => [name, "repository", repo, asked] as const),
    ...Object.entries(toCluster).map(([name, asked]) => [name, "cluster", pg, asked] as const),
  ])("lets pgBackRest's %s through to the %s, word for word", (_, __, words, asked) => {
    const { code, stderr, started } = gate.ask(words, asked);
    expect({ code, stderr, started }).toEqual({ code: 0, stderr: "", started: asked.split(" ").slice(1) });
  });

  test.each([repo, pg])("tells the version of pgBackRest", (...words) => {
    expect(gate.ask(words, "pgbackrest version").started).toEqual(["version"]);
  });

  test.each([
    [
      "another stanza",
      "the stanza tracker: this key is for tracker-ts",
      "--stanza=tracker-ts",
      "--stanza=tracker",
    ],
    [
      "a stanza of which ours is the beginning",
      "the stanza tracker-ts-staging",
      "=tracker-ts ",
      "=tracker-ts-staging ",
    ],
    ["no stanza", "does not name the stanza tracker-ts", "--stanza=tracker-ts ", ""],
    [
      "ours and then another",
      "the stanza tracker:",
      "--stanza=tracker-ts",
      "--stanza=tracker-ts --stanza=tracker",
    ],
    [
      "ours twice",
      "the option --stanza twice",
      "--stanza=tracker-ts",
      "--stanza=tracker-ts --stanza=tracker-ts",
    ],
    ["its stanza in two words", "--stanza is no option", "--stanza=tracker-ts", "--stanza tracker-ts"],
    ["another repository", "the path /srv: this key is for", repositoryPath, "/srv"],
    ["a path that climbs", "the path /var/pg_backrest_data/repo3/..", repositoryPath, `${repositoryPath}/..`],
    ["the host's own repository", "does not name the repository", `--repo3-path=${repositoryPath} `, ""],
    ["a repository but by its index", "does not name the repository", "--repo=3", "--repo=1"],
    ["two repositories", "the option --repo twice", "--repo=3", "--repo=3 --repo=1"],
    ["the cluster of this host", "the remote type pg: this key is for repo", "=repo ", "=pg "],
    ["no remote", "is no remote of type repo", "--remote-type=repo ", ""],
    [
      "another stanza's lock",
      "--lock=tracker-backup-3.lock is no option",
      "--lock=tracker-ts-",
      "--lock=tracker-",
    ],
    ["a lock elsewhere", "is no option", "--lock=tracker-ts-backup", "--lock=tracker-ts-/../../x"],
  ])("refuses %s", (_, why, from, to) => {
    expect(toRepository.backup).toContain(from);
    expect(refused(repo, toRepository.backup.replaceAll(from, to))).toContain(why);
  });

  test.each([
    ["stanza-delete:remote", "destroys what is in the repository"],
    ["repo-rm:remote", "destroys what is in the repository"],
    ["repo-put:remote", "destroys what is in the repository"],
    ["stanza-upgrade:remote", "such as the old host's where it is shared, can archive no more"],
    ["repo-ls:remote", "reads every stanza of the repository"],
    ["repo-get:remote", "reads every stanza of the repository"],
    ["server", "no command of pgBackRest that this key is for"],
    ["backup", "no command of pgBackRest that this key is for"],
    ["backup:local", "no command of pgBackRest that this key is for"],
    ["x,backup:remote", "no command of pgBackRest that this key is for"],
    ["version", "no command of pgBackRest that this key is for"],
  ])("refuses the command %s, and says why", (command, why) => {
    for (const words of [repo, pg]) {
      const asked = words === repo ? toRepository.backup : toCluster.backup;
      expect(refused(words, asked.replace("backup:remote", command))).toContain(why);
    }
  });

  test.each([
    "--config=/tmp/pgbackrest.conf",
    "--config-path=/tmp",
    "--config-include-path=/tmp",
    "--no-config",
    "--repo-path=/var/pg_backrest_data/repo3",
    "--repo3-host=elsewhere",
    "--repo3-type=s3",
    "--reset-repo3-path",
    "--cmd=/bin/sh",
    "--cmd-ssh=/bin/sh",
    "--log-path=/root",
    "--lock-path=/root",
    "--spool-path=/root",
    "--log-level-console=debug",
    "--pg1-path=relative",
    "--",
    "-x",
    "backup:remote",
  ])("refuses the option %s", (option) => {
    expect(refused(repo, toRepository.info.replace(" --stanza", ` ${option} --stanza`))).toContain(
      `${option} is no option of a pgBackRest that this key is for`,
    );
  });

  test.each(["archive-push:remote", "archive-get:remote", "info:remote", "restore:remote", "expire:remote"])(
    "has no %s for the cluster's host: it is what backups need that is let in there",
    (command) => {
      expect(refused(pg, toCluster.check.replace("check:remote", command))).toContain("no command");
    },
  );

  test("is for the one cluster", () => {
    expect(refused(pg, toCluster.check.replace(clusterPath, "/etc"))).toContain(
      "the path /etc: this key is for",
    );
    expect(refused(pg, toCluster.check.replace(`--pg1-path=${clusterPath} `, ""))).toContain("does not name");
    expect(refused(pg, "room")).toContain("room is for a repository");
  });

  test("has no shell", () => {
    expect(refused(repo, undefined)).toContain("no shell");
    expect(refused(repo, "")).toContain("no shell");
  });

  describe("tells of the repository", () => {
    const words = ["repo", "tracker-ts", `${gate.folder}/repo3`];

    test("its room, which is its parent's before the first stanza, and whether it may be written", () => {
      const { code, stdout } = gate.ask(words, "room");
      expect(stdout).toMatch(new RegExp(`^yes \\d+ ${gate.folder}\\n$`));
      expect(code).toBe(0);
    });

    test("the segments of its stanza, and nothing else that is there", () => {
      const segment = `000000010000000000000001-${"a".repeat(40)}.zst`;
      gate.make(
        `for stanza in tracker tracker-ts; do
           mkdir -p repo3/archive/$stanza/16-1/0000000100000000
           touch repo3/archive/$stanza/archive.info repo3/archive/$stanza/16-1/0000000100000000/${segment}
         done`,
      );
      expect(gate.ask(words, "segments").stdout).toBe(`16-1/0000000100000000/${segment}\n`);
    });
  });
});
