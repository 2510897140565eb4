import { describeLab } from "../describe-lab";
import { Session } from "./application-session";
import { FenceLab, notFenced } from "./fence-lab";
import { succeeded } from "./run-step";

const insert = "INSERT INTO import_reject (line, reason) VALUES";
const said = (text: string) => expect.stringContaining(text) as string;
const like = (pattern: RegExp) => expect.stringMatching(pattern) as string;

describeLab("The fence of the source", () => {
  let lab: FenceLab;
  let neighbour: Session;
  let before: string;

  beforeAll(async () => {
    lab = await FenceLab.start();
    before = await lab.state();
    neighbour = Session.open(lab.source, "glimpse_owner", "glimpse_shared");
    neighbour.send(
      "INSERT INTO shop.customer_order (note, total) VALUES ('watched', 1) \\watch interval=0.1",
    );
  });

  afterAll(async () => {
    await lab?.stop();
  });

  const lines = () =>
    lab.sql("SELECT coalesce(string_agg(line, ',' ORDER BY import_reject_id), '') FROM import_reject");

  /** A session of the application in the middle of a transaction that has written. */
  const inTheMiddle = async (line: string) => {
    const session = Session.open(lab.source, "tracker", "tracker");
    await session.do(`BEGIN; ${insert} ('${line}', '');`);
    return session;
  };

  describe("changes nothing, and says why, when it", () => {
    let run: string;
    beforeEach(() => {
      run = lab.newRun();
    });
    afterEach(async () => {
      expect(await lab.state()).toBe(before);
      expect(await lab.refusal()).toBe("");
      expect(await lab.relayed(run, "prior-state")).toBeUndefined();
    });

    test("cannot save the prior state in the relay", async () => {
      await lab.bash(
        `printf '#!/bin/bash\\ncase $* in *prior-state*) echo "An error occurred (AccessDenied)" >&2; exit 1 ;; esac\\nexec /usr/bin/aws "$@"\\n' >/usr/local/sbin/aws; chmod +x /usr/local/sbin/aws`,
      );
      const refused = await lab.step("fence-source", run);
      await lab.bash("rm /usr/local/sbin/aws");
      expect(refused).toMatchObject({
        code: "relay-refused",
        message: like(/nothing was changed: .*AccessDenied/),
      });
    });

    test("finds prepared transactions: it names them", async () => {
      await lab.sql(`BEGIN; ${insert} ('prepared', ''); PREPARE TRANSACTION 'order 17'`);
      const refused = await lab.step("fence-source", run);
      await lab.sql("ROLLBACK PREPARED 'order 17'");
      expect(refused).toMatchObject({
        code: "prepared-transactions",
        message: said("order 17 (of postgres, since "),
        remedy: said("ROLLBACK PREPARED"),
      });
    });

    test("finds logical replication slots, active or not: it names them", async () => {
      await lab.sql("SELECT pg_create_logical_replication_slot('billing', 'test_decoding')");
      const refused = await lab.step("fence-source", run);
      await lab.sql("SELECT pg_drop_replication_slot('billing')");
      expect(refused).toMatchObject({
        code: "logical-slots",
        message: said("billing (test_decoding, not active)"),
      });
    });

    test("finds enabled subscriptions: it names them", async () => {
      await lab.sql(`
        CREATE SUBSCRIPTION prices CONNECTION 'host=127.0.0.1 port=1 dbname=none' PUBLICATION p
          WITH (connect = false, slot_name = 'prices');
        ALTER SUBSCRIPTION prices ENABLE`);
      const refused = await lab.step("fence-source", run);
      await lab.sql("ALTER SUBSCRIPTION prices DISABLE");
      await lab.sql("ALTER SUBSCRIPTION prices SET (slot_name = NONE)");
      await lab.sql("DROP SUBSCRIPTION prices");
      expect(refused).toMatchObject({ code: "subscriptions-enabled", message: said(": prices.") });
    });

    test("finds sessions of superusers: it names them", async () => {
      const session = Session.open(lab.source, "postgres", "tracker");
      await session.do("SET application_name TO 'pgAdmin';");
      const refused = await lab.step("fence-source", run);
      await session.close();
      expect(refused).toMatchObject({
        code: "superuser-sessions",
        message: like(/: pid \d+ postgres \(pgAdmin\)\./),
      });
    });

    test("finds that the application is a superuser", async () => {
      await lab.sql("ALTER ROLE tracker SUPERUSER");
      const refused = await lab.step("fence-source", run);
      await lab.sql("ALTER ROLE tracker NOSUPERUSER");
      expect(refused).toMatchObject({ code: "application-is-superuser", message: said(": tracker.") });
    });

    test("would be set by a user that is no superuser", async () => {
      const refused = await lab.asTracker(() => lab.step("fence-source", run));
      expect(refused).toMatchObject({ code: "fence-needs-superuser" });
    });
  });

  describe("closes the database", () => {
    let run: string;
    beforeEach(async () => {
      run = lab.newRun();
      await lab.sql("DELETE FROM import_reject");
    });
    afterEach(async () => {
      expect(await lab.step("reopen-source", run)).toEqual(succeeded);
      expect(await lab.state()).toBe(before);
      expect(await lab.refusal()).toBe("");
    });

    test("to the application and not to superusers, ends idle sessions, and lets a transaction in flight commit", async () => {
      const idle = Session.open(lab.source, "ingest_app", "tracker");
      await idle.do("SELECT 1;");
      const busy = await inTheMiddle("in flight");
      const fencing = lab.step("fence-source", run);
      await lab.during(fencing, "fence", async () => (await lab.marker()) !== "");
      await busy.do("COMMIT;");
      const roles = ["ingest_app", "report_app", "tracker", "tracker_ops"];
      const jobs = (await lab.isCommunity()) ? (expect.arrayContaining([1000]) as number[]) : [];
      expect(await fencing).toMatchObject({
        status: "succeeded",
        ...{ connectionLimit: 80, roles, jobs, endedSessions: 2, fencedAt: like(/^[\d-]+T[\d:.]+Z$/) },
      });

      idle.send("SELECT 1;");
      expect(await idle.close()).toContain("terminating connection due to administrator command");
      expect(await lines()).toBe("in flight");
      for (const role of roles)
        expect(await lab.refusal(role)).toContain('FATAL:  too many connections for database "tracker"');
      expect(await lab.sql("SELECT 1")).toBe("1");
      const scheduled =
        "SELECT count(*) FROM timescaledb_information.jobs WHERE scheduled AND job_id >= 1000";
      expect(await lab.sql(scheduled)).toBe("0");

      const saved = JSON.parse(
        await lab.bash(`cat /var/lib/timescale-cutover/${run}/prior-state.json`),
      ) as unknown;
      expect(saved).toMatchObject({
        ...{ run, database: "tracker", connectionLimit: 80, roles, timeline: "00000001" },
        systemIdentifier: like(/^\d+$/),
        privileges: said("tracker_ro=c/tracker"),
      });
      expect(await lab.relayed(run, "prior-state")).toEqual(saved);
    });

    test("and asks about a transaction that does not finish, which end-in-flight ends", async () => {
      const late = await inTheMiddle("late");
      const fencing = lab.step("fence-source", run);
      await lab.during(fencing, "question", async () => (await lab.relayed(run, "question")) !== undefined);
      expect(await lab.relayed(run, "question")).toEqual({
        step: "fence-source",
        asks: said("end them, or wait"),
        sessions: [
          like(
            /^pid \d+ tracker \(the application\) INSERT INTO import_reject \(line, reason\) VALUES \('\.\.\.', '\.\.\.'\); \d+ s$/,
          ),
        ],
        until: like(/Z$/),
      });
      expect(await lab.step("end-in-flight-source", lab.newRun())).toMatchObject({ code: "not-fenced" });
      expect(late.isOpen).toBe(true);
      expect(await lab.step("end-in-flight-source", run)).toMatchObject({ endedSessions: 1 });
      expect(await fencing).toEqual(succeeded);
      expect(await lab.relayed(run, "question")).toEqual({});
      await late.close();
      expect(await lines()).toBe("");
    });

    test("and names what is still in flight when nobody answers", async () => {
      const late = await inTheMiddle("unanswered");
      expect(await lab.asking(1, () => lab.step("fence-source", run))).toMatchObject({
        code: "in-flight",
        message: like(/pid \d+ tracker \(the application\) INSERT INTO import_reject/),
        remedy: like(/cutover end-in-flight .*--in-flight end/),
      });
      await late.do("COMMIT;");
      await late.close();
      expect(await lines()).toBe("unanswered");
    });

    test("and ends what does not finish, where it was told to", async () => {
      const late = await inTheMiddle("ended");
      const ended = await lab.step("fence-source", run, { InFlight: "end" });
      expect(ended).toMatchObject({ status: "succeeded", endedSessions: 1 });
      await late.close();
      expect(await lines()).toBe("");
    });

    test("and takes over the fence of a run that died, with what that knew of before", async () => {
      const died = lab.newRun();
      const { jobs } = await lab.step("fence-source", died);
      expect(await lab.step("fence-source", run)).toMatchObject({ connectionLimit: 80, jobs });
      expect(await lab.relayed(run, "prior-state")).toMatchObject({
        connectionLimit: 80,
        jobs,
        adoptedFrom: died,
      });
      expect(await lab.step("prove-quiet-source", died)).toMatchObject({ code: "not-fenced" });
    });

    test("and a run opens its own fence alone; whoever reopens the source opens any", async () => {
      await lab.step("fence-source", run);
      expect(await lab.step("reopen-source", lab.newRun(), { Fence: "own" })).toMatchObject({
        code: "other-fence",
        message: said(run),
        remedy: said("cutover reopen"),
      });
      expect(await lab.refusal()).toContain("too many connections");
      expect(await lab.step("reopen-source", lab.newRun())).toMatchObject({ wasFenced: true, fencedBy: run });
    });

    test("and is opened again on a host whose disk is full", async () => {
      await lab.step("fence-source", run);
      const state = "/var/lib/timescale-cutover";
      await lab.bash(
        `mount -t tmpfs -o size=64k,mode=0711 full ${state}; head -c 100k /dev/zero >${state}/filler || :`,
      );
      try {
        expect(await lab.step("reopen-source", run)).toMatchObject({ wasFenced: true, connectionLimit: 80 });
      } finally {
        await lab.bash(`umount ${state}`);
      }
      expect(await lab.refusal()).toBe("");
    });

    test("and lets a superuser's session only read, unless it says otherwise", async () => {
      await lab.step("fence-source", run);
      const session = Session.open(lab.source, "postgres", "tracker");
      session.send("DELETE FROM import_reject;");
      expect(await session.close()).toContain("cannot execute DELETE in a read-only transaction");
    });

    test("and what a superuser writes after the proof is named and saved when the source is retired", async () => {
      await lab.step("fence-source", run);
      expect(await lab.step("prove-quiet-source", run)).toEqual(succeeded);
      await lab.sql(
        "INSERT INTO import_reject (line) VALUES ('by a cron job'); SELECT pg_stat_force_next_flush()",
      );
      const retired = await lab.step("retire-source", run);
      expect(retired).toMatchObject({ code: "written-after-proof", message: said("public.import_reject") });
      const [, saved = ""] = /saved at (s3:\S+);/.exec(String(retired.message)) ?? [];
      expect(await lab.bash(`aws s3 cp --only-show-errors ${saved} -`)).toMatch(
        /-- public.import_reject\n.*\n.*by a cron job/,
      );
      await expect(lab.sql("SELECT 1")).rejects.toThrow("not currently accepting connections");
      expect(await lab.step("reopen-source", lab.newRun(), { Rollback: "yes" })).toMatchObject({
        wasFenced: true,
      });
    });

    test("to all but a rollback, once it was switched away from", async () => {
      expect(await lab.step("retire-source", run)).toMatchObject({ code: "not-fenced" });
      await lab.step("fence-source", run);
      await lab.step("prove-quiet-source", run);
      expect(await lab.step("retire-source", run)).toMatchObject({ phase: "switched" });
      expect(await lab.step("retire-source", run)).toMatchObject({ phase: "switched" });
      // It is shut in any case; that nobody wrote there cannot be told without a look from before.
      await lab.bash(`rm /var/lib/timescale-cutover/${run}/first-look`);
      expect(await lab.step("retire-source", run)).toMatchObject({
        code: "not-looked-at",
        message: said("It is shut"),
      });
      expect(await lab.step("reopen-source", lab.newRun())).toMatchObject({
        code: "switched",
        message: said(run),
      });
      expect(await lab.step("fence-source", lab.newRun())).toMatchObject({ status: "failed" });
      expect(await lab.refusal()).toContain("not currently accepting connections");
      await expect(lab.sql("SELECT 1")).rejects.toThrow("not currently accepting connections");
      expect(await lab.step("reopen-source", lab.newRun(), { Rollback: "yes" })).toMatchObject({
        wasFenced: true,
        connectionLimit: 80,
      });
    });
  });

  test("is lifted by a host that knows nothing of the run, as often as one likes", async () => {
    await lab.step("fence-source", lab.newRun());
    await lab.bash("rm -rf /var/lib/timescale-cutover");
    expect(await lab.step("reopen-source", lab.newRun())).toMatchObject({ wasFenced: true });
    expect(await lab.state()).toBe(before);
    expect(await lab.step("reopen-source", lab.newRun())).toMatchObject(notFenced);
    expect(await lab.state()).toBe(before);
  });

  test("is not noticed by the neighbouring database", async () => {
    expect(neighbour.printed).not.toMatch(/ERROR|FATAL/);
    expect(neighbour.isOpen).toBe(true);
    expect(await lab.refusal("glimpse_owner", "glimpse_shared")).toBe("");
    const counted = "SELECT count(*), max(order_id) - 5000 FROM shop.customer_order WHERE note = 'watched'";
    const [count, numbered] = (await lab.sql(counted, "glimpse_shared")).split("|").map(Number);
    expect(count).toBeGreaterThan(100);
    expect(count).toBe(numbered);
  });
});
