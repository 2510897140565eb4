import type { Check } from "./check";

const local = 10;

/** The target's host: its volumes, memory, commands and clock, and what earlier runs left on it. */
export const targetHostChecks: readonly Check[] = [
  {
    id: "target-boot",
    meaning:
      "The boot of the target's present start ended well: versions, volume and settings are as deployed.",
    remedy:
      "Read journalctl -u timescale-cutover-boot on the target, mend the cause, and start that unit again.",
    seconds: local,
  },
  {
    id: "target-mount",
    meaning:
      "The data volume that the boot found is mounted at target.dataMount for writing, and will be at the next start.",
    remedy: "Mount the data volume: systemctl restart timescale-cutover-boot on the target.",
    seconds: local,
  },
  {
    id: "target-volume-size",
    meaning: "The data volume is as large as target.dataVolumeGiB says, and its file system fills it.",
    remedy: "Enlarge the volume, then its file system with resize2fs.",
    seconds: local,
    needs: "target-mount",
  },
  {
    id: "target-root-volume",
    meaning: "There is room for logs and the runs' records, and every volume has inodes left.",
    remedy: "Make room there: old logs, packages' archives (apt-get clean), dumps of earlier runs.",
    seconds: local,
  },
  {
    id: "target-tools",
    meaning: "The commands that the steps use are there, PostgreSQL's of the server's version.",
    remedy: "Install them on the target, or deploy a new instance.",
    seconds: local,
  },
  {
    id: "target-clock",
    meaning:
      "The target's clock is AWS's own; with another no request is accepted, and the hosts' logs do not fit together.",
    remedy: "Let chrony or systemd-timesyncd keep the target's time.",
    seconds: local,
  },
  {
    id: "target-lock",
    meaning: "No other run holds the target's lock.",
    remedy: "Wait until that run ends, or end it: cutover cancel.",
    seconds: 20,
  },
];
