import { describeLab } from "../describe-lab";
import { isCommunity } from "../rehearsal/rehearsed";
import { CasesLab, expectNothingDifferent } from "./cases-lab";

describeLab("A sound database moves", () => {
  let cases: CasesLab;

  beforeAll(async () => {
    cases = await CasesLab.start();
  });

  afterAll(async () => {
    await cases?.stop();
  });

  test("whatever its server's configuration, settings, triggers, roles, extensions and casts are", async () => {
    const rehearsed = await cases.rehearse("at-once", "--leave-open");
    expectNothingDifferent(rehearsed);
    expect(await cases.checked("source-tablespaces")).toContain("new chunks of public.reading in fast");
    expect(rehearsed.stdout).toContain("default_text_search_config = pg_catalog.english (the server:");
    // As an application's session, which works as tracker by the database's own setting.
    expect(await cases.onTarget("SELECT current_user")).toBe("tracker");
    // With quotes, for the database has all identifiers quoted.
    expect(await cases.onTarget("SHOW default_text_search_config")).toBe('"pg_catalog"."english"');
    expect(await cases.onTarget("SHOW intervalstyle")).toBe("sql_standard");
    expect(await cases.onTarget("SELECT id FROM public.found")).toBe("1");
    const asPostgres = (statement: string) =>
      cases.onTarget(
        `SET ROLE NONE; SET session_replication_role = origin; SET quote_all_identifiers = off; ${statement}`,
      );
    expect(await asPostgres("INSERT INTO public.reading VALUES ('2027-01-01', 1, 1) RETURNING v")).toBe("1");
    expect(
      await asPostgres(
        "SELECT count(*) FROM public.spatial_ref_sys WHERE srid = 2154 AND proj4text LIKE '%towgs84=9,9%'",
      ),
    ).toBe("1");
    expect(
      await asPostgres(
        "SELECT typowner::regrole FROM pg_type WHERE typname = 'speed_multirange' OR typname = 'speed' GROUP BY 1",
      ),
    ).toBe("tracker");
    expect(await asPostgres("INSERT INTO public.thing VALUES (2, 99) RETURNING id")).toBe("2");
    expect(await asPostgres("SELECT a FROM public.mine")).toBe("{a,NULL}");
    expect(await asPostgres("SELECT count(*) FROM public.ddl_log")).toBe(
      await cases.onSource("tracker", "SET ROLE NONE; SELECT count(*) FROM public.ddl_log"),
    );
    expect(
      await asPostgres("SELECT rolname FROM pg_roles WHERE rolname !~ '^(pg_|postgres)' ORDER BY 1"),
    ).toBe("all_applications\nasked_for\ninstaller\ntenant_admin\ntracker");
    expect(await asPostgres("SELECT count(*) FROM pg_parameter_acl")).toBe("1");
  });

  test("in SQL_ASCII, whose bytes are in no known encoding", async () => {
    expectNothingDifferent(await cases.rehearse("sql-ascii"));
    expect(await cases.onTarget("SELECT encode(body::bytea, 'hex') FROM public.note WHERE id = 2")).toBe(
      await cases.onSource("tracker", "SELECT encode(body::bytea, 'hex') FROM public.note WHERE id = 2"),
    );
  });

  test("without a schema public, and with TimescaleDB in one whose name wants quotes", async () => {
    expectNothingDifferent(await cases.rehearse("schemas"));
  });

  test("but not with rows that break a key: check names it, and a rehearsal the statement", async () => {
    const rehearsed = await cases.rehearse("unsound");
    expect(rehearsed.code).toBe(1);
    expect(rehearsed.stderr).toMatch(
      /pg_restore failed.*: .*violates foreign key constraint "of_device"\. The statement: ALTER TABLE ONLY public\.fix ADD CONSTRAINT of_device/,
    );
    expect(await cases.checked("source-disabled-keys")).toContain("of_device of public.fix.");
    expect(await cases.checked("source-search-path")).toContain(
      "public.newest_rate() (of the constraint charged_r_check of public.charged) names rate.",
    );
  });

  test("with its jobs as somebody changed them, each due when it was, and bills nobody in a rehearsal", async () => {
    // Debian's Apache edition has no jobs; TIMESCALE_CUTOVER_ROOTFS may name a root that has.
    if (!(await isCommunity(cases.lab))) return;
    const rehearsed = await cases.rehearse("jobs");
    expectNothingDifferent(rehearsed);
    expect(rehearsed.report.heldJobs).toEqual([expect.stringMatching(/^job \d+ \(/), expect.anything()]);
    expect(rehearsed.stdout).toContain(
      `Not run on the copy (--run-jobs runs them): ${rehearsed.report.heldJobs?.[0]}`,
    );
    expect(
      await cases.onTarget("SELECT scheduled, config FROM timescaledb_information.jobs WHERE job_id = 3"),
    ).toBe('f|{"drop_after": "3 days"}');
    expect(await cases.onTarget("SELECT count(*) FROM public.bill")).toBe("0");
  });
});
