import { checksOf } from "../../../lib/checks/catalogue";
import { checkSteps } from "../../../lib/checks/check";
import { relayBucketName } from "../../../lib/config/derived";
import { describeLab } from "../describe-lab";
import { bash } from "../on-host";
import { type Checked, HealthyLab } from "./healthy-lab";
import { insertPosition, quiesce, recordsBetween, type Traces, traces } from "./traces";

const sides = ["source", "target"] as const;

describeLab("cutover check", () => {
  let lab: HealthyLab;
  const host = (name: "source" | "target") => lab.rehearsal.lab.hosts[name];
  const catalogue = () =>
    checkSteps.flatMap((step) => checksOf(lab.rehearsal.environment, step).map(({ id }) => id));
  const told = ({ checks }: Checked) => checks.map(({ id }) => id);
  const unmade = ({ checks }: Checked) =>
    checks.filter(({ finding }) => finding.startsWith("The check could not be made:"));

  beforeAll(async () => {
    lab = await HealthyLab.start();
  });
  afterAll(() => lab?.stop());

  describe("with all as the plan has it, and the application writing,", () => {
    let healthy: Checked;
    beforeAll(async () => {
      healthy = await lab.check();
    });

    it("makes every check of the catalogue", () => {
      expect(told(healthy)).toEqual(catalogue());
      expect(unmade(healthy)).toEqual([]);
    });

    it("finds nothing that would spoil the window", () => {
      expect(healthy.checks.filter(({ verdict }) => verdict === "fail")).toEqual([]);
      expect(healthy.exitCode).toBe(0);
    });

    it("says what to do wherever it warns, and nothing where all is well", () => {
      for (const { verdict, remedy } of healthy.checks) expect(remedy === "").toBe(verdict === "pass");
    });
  });

  describe("where nobody else writes,", () => {
    let checked: Checked;
    let [before, after]: Traces[] = [{}, {}];
    const wal: Record<string, readonly string[]> = {};

    beforeAll(async () => {
      await lab.application.stop();
      for (const side of sides) await quiesce(host(side));
      // The first look sets the last hint bits.
      await traces(lab.rehearsal);
      before = await traces(lab.rehearsal);
      const starts = {
        source: await insertPosition(host("source")),
        target: await insertPosition(host("target")),
      };
      checked = await lab.check();
      for (const side of sides) {
        wal[side] = await recordsBetween(host(side), starts[side], await insertPosition(host(side)));
      }
      after = await traces(lab.rehearsal);
    });

    it("makes every check all the same, within a minute", () => {
      expect(told(checked)).toEqual(catalogue());
      expect(unmade(checked)).toEqual([]);
      expect(checked.seconds).toBeLessThan(60);
    });

    it.each(sides)("writes no WAL on the %s", (side) => {
      expect(wal[side]).toEqual([]);
    });

    it("changes no row, no catalog, no setting, no file of the hosts or of the repository, and no secret", () => {
      const { "objects in S3": objectsBefore, ...othersBefore } = before ?? {};
      const { "objects in S3": objectsAfter, ...othersAfter } = after ?? {};
      expect(objectsBefore).not.toEqual(undefined);
      expect(objectsAfter).not.toEqual(undefined);
      for (const lines of Object.values(othersBefore)) expect(lines).not.toEqual([]);
      expect(othersAfter).toEqual(othersBefore);
    });

    it("puts nothing into S3 but what inspect-source found, for the target to compare with", () => {
      const [were = [], are = []] = [before?.["objects in S3"], after?.["objects in S3"]];
      expect(were.filter((object) => !are.includes(object))).toEqual([]);
      const relay = relayBucketName(lab.rehearsal.environment);
      expect(are.filter((object) => !were.includes(object)).map((object) => object.split(" ")[0])).toEqual([
        expect.stringMatching(
          new RegExp(`^${relay}/runs/r[0-9]{8}-[0-9]{6}-[a-z0-9]{4}/source/results/inspect-source\\.json$`),
        ),
      ]);
    });
  });

  describe("with a repository host that does not answer,", () => {
    let checked: Checked;
    beforeAll(async () => {
      for (const side of sides) await silenceRepository(side);
      checked = await lab.check();
    });

    it("is over within 3 minutes, and tells of every check", () => {
      expect(told(checked)).toEqual(catalogue());
      expect(checked.seconds).toBeLessThan(180);
    });

    it("fails, and says that it is the repository host that does not answer", () => {
      expect(checked.exitCode).toBe(1);
      const ssh = checked.checks.find(({ id }) => id === "repository-ssh");
      expect(ssh).toMatchObject({ where: "repository", verdict: "fail" });
      expect(ssh?.finding).toMatch(/does not answer within/);
      const elsewhere = checked.checks.filter(({ where, verdict }) => where === "aws" && verdict === "fail");
      expect(elsewhere).toEqual([]);
    });
  });

  /** Sends what is for the repository host to an address that nobody has: a connect hangs, and is not refused. */
  async function silenceRepository(side: "source" | "target"): Promise<void> {
    const { address } = lab.rehearsal.environment.repository;
    await bash(host(side), `ip neigh replace ${address} lladdr 02:00:00:00:00:99 dev eth0 nud permanent`);
  }
});
