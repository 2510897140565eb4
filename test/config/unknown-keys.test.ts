import { prodWith, problemsOf, problemWith } from "./prod-with";

test.each([
  ["target.dataVolumeGB", "dataVolumeGiB"],
  ["target.dataVolumeSizeGiB", "dataVolumeGiB"],
  ["repository.hostname", "hostName"],
  ["repository.pgbackrest.compresType", "compressType"],
  ["versions.timescale", "timescaledb"],
  ["maintenanceWindows", "maintenanceWindow"],
  ["source.roleARN", "roleArn"],
])("The unknown key %s is refused and the nearest known key, %s, suggested", (key, meant) => {
  expect(problemWith({ [key]: 60 })).toEqual({
    key: `prod.${key}`,
    value: "60",
    why: "is an unknown key",
    remedy: `Did you mean "${meant}"? Rename it, or remove it.`,
  });
});

test("An unknown key that is near none is answered with the known keys", () => {
  const { remedy } = problemWith({ "restore.zebra": 1 });
  expect(remedy).toBe("Remove it. The keys known here: jobs.");
});

test("A key of the other kind of source is answered with the kind that has it", () => {
  expect(problemWith({ "source.passwordSecret": "prod/source" })).toMatchObject({
    key: "prod.source.passwordSecret",
    remedy: 'Remove it: it belongs to kind: "network".',
  });
});

test("An unknown key does not hide a broken rule of the same group", () => {
  const keys = problemsOf(prodWith({ "target.colour": "red", "target.dataVolumeGiB": 20 })).map(
    ({ key }) => key,
  );
  expect(keys).toEqual(["prod.target.colour", "prod.target.dataVolumeGiB"]);
});
