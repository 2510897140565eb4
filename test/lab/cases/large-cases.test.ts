import { describeLab } from "../describe-lab";
import { bash, isCommunity } from "../rehearsal/rehearsed";
import { CasesLab, expectNothingDifferent } from "./cases-lab";

describeLab("A sound database of an uncommon kind moves", () => {
  let cases: CasesLab;

  beforeAll(async () => {
    cases = await CasesLab.start();
  });

  afterAll(async () => {
    await cases?.stop();
  });

  test("with a large object that is larger than a value can be", async () => {
    expectNothingDifferent(await cases.rehearse("large-object"));
  });

  test("with the family of PostGIS, whose tables refer to each other and whose scripts set the search_path", async () => {
    const { source } = cases.lab.lab.hosts;
    const there = "ls /usr/share/postgresql/*/extension/postgis_tiger_geocoder.control 2>/dev/null | wc -l";
    // The production root has PostGIS alone.
    if ((await bash(source, there)) === "0") return;
    expectNothingDifferent(await cases.rehearse("postgis-family"));
    const path =
      "SELECT setting FROM pg_db_role_setting, unnest(setconfig) AS setting WHERE setrole = 0 AND setting LIKE 'search_path=%'";
    expect(await cases.onTarget(path)).toBe(await cases.onSource("tracker", path));
  });

  test("but not with chunks on the hypercore access method, which are named before anything is dumped", async () => {
    if (!(await isCommunity(cases.lab))) return;
    const { code, report, stderr } = await cases.rehearse("hypercore");
    expect(code).toBe(1);
    expect(report.steps.find(({ status }) => status === "Failed")?.name).toBe("inspectSource");
    expect(stderr).toMatch(/hypercore.*public\.price/);
  });
});
