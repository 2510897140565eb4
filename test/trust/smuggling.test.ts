import { Gate, repositoryPath, toRepository } from "./gate";

const words = ["repo", "tracker-ts", repositoryPath];
const { info } = toRepository;

/** Before the command, within an option, and after it. */
function planted(text: string): string[] {
  return [`${text}${info}`, info.replace("tracker-ts ", `tracker-ts${text} `), `${info}${text}`];
}

describe("Nothing is smuggled through pgbackrest-only", () => {
  const gate = new Gate();
  afterAll(() => gate.remove());

  const expectRefused = (asked: string) => {
    const { code, started, stderr } = gate.ask(words, asked);
    expect({ asked, code, started }).toEqual({ asked, code: 126, started: undefined });
    expect(stderr).toContain("pgbackrest-only: refused: ");
    // Whoever ran any of it would have left this.
    expect(gate.read("ran")).toBeUndefined();
  };

  test.each([
    ["a second command", "; touch ran ;"],
    ["a second command in the background", " & touch ran & "],
    ["a command where the first fails", " || touch ran || "],
    ["a pipe", " | touch ran | "],
    ["a command's output", "$(touch ran)"],
    ["a command's output, the old way", "`touch ran`"],
    ["a process's file", "<(touch ran)"],
    ["a file", ">ran "],
    ["a second line", "\ntouch ran\n"],
    ["a carriage return", "\rtouch ran\r"],
    ["a tabulator", "\ttouch\tran\t"],
    ["a single quote", "'"],
    ["a double quote", '"'],
    ["a backslash", "\\"],
    ["a variable", "$HOME"],
    ["a variable's default", "${x:=y}"],
    ["a star", "*"],
    ["a question mark", "?"],
    ["a set of characters", "[a-z]"],
    ["braces", "{a,b}"],
    ["a home", " ~root "],
    ["a comment", " # "],
    ["a history's word", "!!"],
    ["a letter that ASCII does not have", "ä"],
    ["an escape of the terminal", "\u001b[2J"],
  ])("%s", (_, text) => {
    planted(text).forEach(expectRefused);
  });

  test.each([
    `env ${info}`,
    `PGBACKREST_STANZA=tracker ${info}`,
    `PATH=/tmp ${info}`,
    `/usr/bin/${info}`,
    `./${info}`,
    `pgbackrest ${info}`,
    `sudo ${info}`,
    `exec ${info}`,
    info.replace("pgbackrest", "pgbackrest-only"),
    `${info} id`,
    `${info} info:remote`,
    `${info} --stanza=tracker-ts`,
    info.replace("--stanza=", "--stanza= "),
    info.replace("--stanza=", "-stanza="),
    info.replace("--stanza=", "--STANZA="),
    "pgbackrest",
    "pgbackrest info:remote",
    "pgbackrest version --stanza=tracker",
    "pgbackrest  version",
    " pgbackrest version",
    "pgbackrest help",
    "room /etc",
    "room\nid",
    "segments tracker",
    "tell_room",
    "bash -c id",
    "internal-sftp",
    "/usr/lib/openssh/sftp-server",
    "scp -f /etc/passwd",
    "rsync --server --sender . /etc",
    " ",
    "-",
    "x,pgbackrest version",
  ])("not by %p", (asked) => {
    expectRefused(asked);
  });

  test("the environment of the session does not reach pgBackRest", () => {
    const planted = { PGBACKREST_STANZA: "tracker", PGBACKREST_REPO3_PATH: "/srv", LC_ALL: "de_DE.UTF-8" };
    expect(gate.ask(words, info, planted).started).toEqual(info.split(" ").slice(1));
    expect(gate.read("environment")).not.toMatch(/PGBACKREST|SSH_ORIGINAL|de_DE/);
  });

  test("words of any number of spaces are the same words", () => {
    expect(gate.ask(words, info.replaceAll(" ", "   ")).started).toEqual(info.split(" ").slice(1));
  });

  test.each([`${info} ${"x".repeat(100_000)}`, `;${"x".repeat(100_000)}`])(
    "a command of any length is judged as a whole, and the log takes its beginning",
    (asked) => {
      expectRefused(asked);
      expect(gate.read("log")?.length).toBeLessThan(1000);
    },
  );

  test("what is refused is one line of the log, whatever it holds", () => {
    const { logged } = gate.ask(words, "id\nJan 1 00:00:00 host sshd: Accepted publickey for root\u001b[2J");
    expect(logged.trim().split("\n")).toHaveLength(1);
    expect(logged).not.toContain("\u001b");
  });
});
