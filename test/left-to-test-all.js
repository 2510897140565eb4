/**
 * The tests in the lab that `npm test` leaves to `npm run test:all`, with what it shows of the same all the same. They are
 * long because they break a host, wait for a time-out or boot many times; all that they test is begun by others in `npm test`.
 */
module.exports = {
  "boot/absent-volume": "boot/first-boot finds its volume",
  "boot/interrupted": "boot/twice boots again over what a boot has made",
  "boot/later-start": "boot/twice",
  "boot/metrics": "host/watching tests each reading; hosts publish them in boot/first-boot",
  "boot/mount-point": "boot/first-boot mounts its volume",
  "boot/packages-distribution": "boot/packages-vendor installs from stand-ins of the vendors' repositories",
  "boot/packages-older-distribution": "boot/packages-vendor",
  "boot/packages-preinstalled": "every lab's image has them installed",
  "boot/refused-volume": "boot/first-boot formats a blank volume",
  "boot/taken-over-volume": "boot/twice takes its own cluster over",
  "boot/wrong-facts": "boot/first-boot asserts the right ones",
};
