/**
 * The tests in the lab that `npm test` leaves to `npm run test:all`, so that it takes about twenty minutes of two processors.
 * They break hosts one way after another, wait for time-outs, or boot many times; beside each stands the test of `npm test`
 * that takes the same way where nothing is broken.
 */
export const left = {
  "archiving/archive-status": "archiving/archiving",
  "archiving/backup-schedule": "archiving/archiving",
  "archiving/recover": "archiving/restore-drill",
  "archiving/s3-repository": "archiving/archiving",
  "boot/absent-volume": "boot/first-boot",
  "boot/interrupted": "boot/twice",
  "boot/later-start": "boot/twice",
  "boot/metrics": "boot/first-boot",
  "boot/mount-point": "boot/first-boot",
  "boot/packages-distribution": "boot/packages-vendor",
  "boot/packages-older-distribution": "boot/packages-vendor",
  "boot/packages-preinstalled": "boot/first-boot",
  "boot/refused-volume": "boot/first-boot",
  "boot/replaced-host": "boot/twice",
  "boot/taken-over-volume": "boot/twice",
  "boot/wrong-facts": "boot/first-boot",
  "cases/large-cases": "cases/cases",
  "cutover/switched-application": "cutover/switch",
  "faults-strikes": "faults",
  "preflight/kernel": "preflight/target",
  "preflight/reads-only": "preflight/repository",
  "preflight/source-archiving": "preflight/repository",
  "preflight/source-server": "preflight/source-timescaledb",
  "rehearsal/hostile": "rehearsal/sample",
  "rehearsal/refusals": "rehearsal/sample",
  "trust/trust": "archiving/archiving",
};
