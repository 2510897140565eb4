import { letTargetIn } from "../../../lib/lab/rehearsal/let-into-repository";
import { describeLab } from "../describe-lab";
import { isCommunity, runEveryJob } from "../rehearsal/rehearsed";
import { ArchivingLab } from "./archiving-lab";

describeLab("A target whose instance and volume are lost", () => {
  let lab: ArchivingLab;
  let before = "";
  let systemIdentifier = "";

  const rows = () => lab.sql("SELECT count(*), sum(id) FROM public.written", "tracker");
  const identifier = () => lab.sql("SELECT system_identifier FROM pg_control_system()");

  beforeAll(async () => {
    lab = await ArchivingLab.start();
    await lab.archiveSample();
    await lab.sql("INSERT INTO public.written SELECT generate_series(1, 100)", "tracker");
    expect(await lab.step("start-archiving")).toMatchObject({ status: "succeeded" });
    before = await rows();
    systemIdentifier = await identifier();
  });

  afterAll(async () => {
    await lab?.stop();
  });

  test("is not recovered while it runs", async () => {
    expect(await lab.step("recover-host", { Repo: "3" })).toMatchObject({
      status: "failed",
      code: "nothing-lost",
    });
    expect(await rows()).toBe(before);
  });

  test("is replaced by a fresh host, which has another cluster and is let into the repository anew", async () => {
    await lab.rehearsal.lab.replaceTarget();
    expect(await identifier()).not.toBe(systemIdentifier);
    expect(await lab.step("recover-host", { Repo: "3" })).toMatchObject({
      status: "failed",
      code: "no-backup",
    });
    await letTargetIn(lab.rehearsal);
  });

  test("is not recovered over a cluster with a database of somebody's, nor over one that does not run and is not named", async () => {
    await lab.bash("runuser -u postgres -- createdb theirs");
    const refused = await lab.step("recover-host", { Repo: "3" });
    expect(refused).toMatchObject({ status: "failed", code: "cluster-not-empty" });
    expect(refused.message).toContain("it has theirs");
    await lab.bash("runuser -u postgres -- dropdb theirs; systemctl stop 'postgresql@*-main.service'");
    expect(await lab.step("recover-host", { Repo: "3" })).toMatchObject({ code: "cluster-not-running" });
    await lab.bash("systemctl start postgresql");
  });

  test("is recovered with its rows and its jobs, on a new timeline of its own stanza", async () => {
    const result = await lab.step("recover-host", { Repo: "3" });
    expect(result).toMatchObject({ status: "succeeded", repository: 3, timeline: 2 });
    expect(await rows()).toBe(before);
    expect(await identifier()).toBe(systemIdentifier);
    const jobs = await runEveryJob(lab.rehearsal, "tracker");
    expect(jobs.length).toBeGreaterThanOrEqual((await isCommunity(lab.rehearsal)) ? 6 : 0);
    expect(await lab.bash(`ls -d ${String(result["setAside"])}`)).toBe(result["setAside"]);
  });

  test("archives on: a segment of the new timeline is in each repository, and so is a backup", async () => {
    const archived = await lab.step("start-archiving");
    expect(archived).toMatchObject({ status: "succeeded", stanza: "tracker-ts" });
    const segment = String(archived["segment"]);
    expect(segment).toMatch(/^00000002/);
    expect(await lab.copiesOf(segment)).toEqual({ repo3: 1, repo2: 1 });
    expect(await lab.step("full-backup")).toMatchObject({ status: "succeeded" });
    expect(await lab.step("restore-drill-host", { Repo: "3" })).toMatchObject({ status: "succeeded" });
  });

  test("is recovered by the operator to a moment, from S3, over a damaged cluster that --replace names", async () => {
    await lab.sql("INSERT INTO public.written SELECT generate_series(101, 150)", "tracker");
    const [moment, then] = [await lab.now(), await rows()];
    await lab.sql("INSERT INTO public.written SELECT generate_series(151, 200)", "tracker");
    expect(await lab.step("start-archiving")).toMatchObject({ status: "succeeded" });
    const data = await lab.sql("SHOW data_directory");
    await lab.bash(`systemctl stop 'postgresql@*-main.service'; rm ${data}/global/pg_control`);

    const named = ["--confirm", "tracker", "--replace", "tracker"];
    const recovered = await lab.operate("recover", "--repo", "2", "--time", moment, ...named);
    expect(recovered).toMatchObject({
      exitCode: 0,
      json: { outcome: "succeeded", recovered: { repository: 2, timeline: 3 } },
    });
    expect(await rows()).toBe(then);
    const { recoveryPoint } = (recovered.json as { recovered: { recoveryPoint: string } }).recovered;
    expect(recoveryPoint < moment).toBe(true);
    expect(await identifier()).toBe(systemIdentifier);
  });
});
