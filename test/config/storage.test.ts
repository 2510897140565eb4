import { requiredDataVolumeGiB, requiredRootVolumeGiB } from "../../lib/config/storage";
import { prodWith, problemsOf, problemWith } from "./prod-with";

const PLAN = { databaseGiB: 11, dumpOnDataVolume: true, archiveQueueGiB: 4 };

test("The plan's 11 GiB with the dump beside it need 46 GiB, which 50 hold", () => {
  expect(requiredDataVolumeGiB(PLAN)).toBe(46);
});

test("Without the dump beside it the data volume needs less by the dump's room", () => {
  expect(requiredDataVolumeGiB({ ...PLAN, dumpOnDataVolume: false })).toBe(34);
});

test("WAL that may wait for the repository counts", () => {
  expect(requiredDataVolumeGiB({ ...PLAN, archiveQueueGiB: 13 })).toBe(56);
});

test("The root volume holds the dump where the data volume does not", () => {
  expect(requiredRootVolumeGiB({ ...PLAN })).toBe(16);
  expect(requiredRootVolumeGiB({ ...PLAN, dumpOnDataVolume: false })).toBe(27);
});

test("A data volume smaller than the restore needs is refused, with the size that would do", () => {
  expect(problemWith({ "target.dataVolumeGiB": 45 })).toEqual({
    key: "prod.target.dataVolumeGiB",
    value: "45",
    why: expect.stringContaining("46 GiB for a database of 11 GiB, its dump beside it"),
    remedy: "Give the data volume at least 46 GiB.",
  });
});

test("A data volume of exactly the need is accepted", () => {
  expect(problemsOf(prodWith({ "target.dataVolumeGiB": 46 }))).toEqual([]);
});

test("A database that has outgrown a volume left to its default is refused, and the default is shown", () => {
  const problem = problemWith({ "database.sizeGiB": 20, "target.dataVolumeGiB": undefined });
  expect(problem).toMatchObject({
    key: "prod.target.dataVolumeGiB",
    value: "50",
    remedy: expect.stringContaining("76"),
  });
});

test("A root volume too small for the system is refused", () => {
  expect(problemWith({ "target.rootVolumeGiB": 8 })).toEqual({
    key: "prod.target.rootVolumeGiB",
    value: "8",
    why: expect.stringContaining("the system and its logs need: 16 GiB"),
    remedy: "Give the root volume at least 16 GiB.",
  });
});

test("A dump kept on the root volume must fit there beside the system", () => {
  expect(problemWith({ "target.dumpDirectory": "/var/lib/cutover-dump" })).toMatchObject({
    key: "prod.target.rootVolumeGiB",
    value: "25",
    remedy: "Give the root volume at least 27 GiB, or put target.dumpDirectory under /var/lib/postgresql.",
  });
});

test("A directory whose name only begins like the data volume's is not on it", () => {
  expect(problemWith({ "target.dumpDirectory": "/var/lib/postgresql-dump" }).key).toBe(
    "prod.target.rootVolumeGiB",
  );
});
