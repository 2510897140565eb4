import { unknownAmong } from "./leftovers";

test("what bears the id of a lab that nobody knows is left over, whatever it is", () => {
  const left = [
    "network namespace cutover-0a1b2c-source",
    "cgroup /sys/fs/cgroup/unified/cutover-0a1b2c",
    "mount /var/tmp/timescale-cutover/0a1b2c/target/root",
    "mount /run/cutover-0a1b2c",
  ];
  const others = [
    "network namespace cutover-d3e4f5-source",
    "mount /var/tmp/timescale-cutover/d3e4f5/source/root",
    "mount /var/tmp/timescale-cutover/test-run-abc",
    "network namespace of-somebody-else",
  ];
  expect(unknownAmong([...left, ...others], new Set(["d3e4f5"]))).toEqual(left);
});
