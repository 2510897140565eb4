/** Room for what grows in the restored database: indexes, autovacuum's leftovers, a fresh chunk. */
const GROWTH = 0.5;
/** Room for sorts and rewrites: the largest index being built, a table being rewritten. */
const TEMPORARY = 0.5;
/** A dump is never counted on to be smaller than its database: chunks compressed already shrink no further. */
const DUMP = 1;
/** Most WAL between two checkpoints while a restore runs. */
const CHECKPOINT_WAL_GIB = 4;
/** A file system is full for practical purposes at nine tenths: its own blocks and root's reserve take the rest. */
const USABLE = 0.9;
/** Operating system, packages, logs, and room to upgrade them. */
const SYSTEM_GIB = 16;

export interface StorageFigures {
  /** Size of the source's database: `database.sizeGiB`. */
  databaseGiB: number;
  /** Whether the dump lies on the data volume while it is restored: `target.dumpDirectory` under `dataMount`. */
  dumpOnDataVolume: boolean;
  /** WAL that waits while the repository cannot be reached: `repository.pgbackrest.archivePushQueueMaxGiB`. */
  archiveQueueGiB: number;
}

/**
 * The least data volume, in whole GiB, that holds the restore:
 *
 *     (database × (1 + 0.5 growth + 0.5 temporary + 1 for the dump beside it) + 4 + archive queue) / 0.9
 *
 * The plan: (11 × 3 + 4 + 4) / 0.9 = 46, which its 50 GB hold.
 */
export function requiredDataVolumeGiB(figures: StorageFigures): number {
  const dump = figures.dumpOnDataVolume ? DUMP : 0;
  const data = figures.databaseGiB * (1 + GROWTH + TEMPORARY + dump);
  const wal = CHECKPOINT_WAL_GIB + figures.archiveQueueGiB;
  return Math.ceil((data + wal) / USABLE);
}

/** The least root volume, in whole GiB: the system, and the dump where that is not on the data volume. */
export function requiredRootVolumeGiB(figures: Omit<StorageFigures, "archiveQueueGiB">): number {
  const dump = figures.dumpOnDataVolume ? 0 : DUMP * figures.databaseGiB;
  return Math.ceil(SYSTEM_GIB + dump);
}
