import type { Environment } from "../../config/environment";
import { type ArchiveFinding, hoursSince, iso, mebibytes, repositoryName } from "../archive-findings";
import type { ArchiveStatus, RepositoryStatus } from "../archive-status";
import { count } from "./count";
import { printable } from "./printable";
import { wrapped } from "./wrapped";

const [narrowest, usual, widest] = [80, 100, 140];

/** What is archived and backed up: PostgreSQL's view, a row for each repository, and below what is wrong with it. */
export function archiveLines(
  status: ArchiveStatus,
  findings: readonly ArchiveFinding[],
  { environment, now, columns }: { environment: Environment; now: Date; columns: number | undefined },
): string[] {
  const width = Math.min(Math.max(columns ?? usual, narrowest), widest);
  return [
    ...serverLines(status, environment),
    ...(status.repositories.length === 0 ? [] : ["", ...tableLines(status.repositories, now)]),
    "",
    ...(findings.length === 0
      ? ["All is well."]
      : findings.flatMap((finding) => findingLines(finding, width))),
  ];
}

function serverLines({ stanza, archiving, server, queue, dropped }: ArchiveStatus, environment: Environment) {
  const last = server?.lastArchivedWal ?? null;
  const waiting = server === null || queue === null ? "unknown" : waitingText(server.readySegments, queue);
  return [
    `Archiving of ${environment.name}'s target, stanza ${printable(stanza)}: ${archiving}`,
    `  archived last  ${last === null ? "nothing known" : `${printable(last)} at ${iso(server?.lastArchivedAt ?? null)}`}`,
    `  waiting        ${waiting}`,
    `  dropped        ${dropped.count === 0 ? "none" : `${count(dropped.count, "segment")}, last at ${iso(dropped.lastAt)}`}`,
  ];
}

function waitingText(segments: number, { bytes, max, percent }: NonNullable<ArchiveStatus["queue"]>): string {
  const limit = max === null ? "no limit" : `${percent ?? 0} % of ${mebibytes(max)}`;
  return `${count(segments, "segment")}, ${mebibytes(bytes)} (${limit})`;
}

const header = ["repository", "newest full", "newest backup", "newest segment", "missing", "free"];

function tableLines(repositories: readonly RepositoryStatus[], now: Date): string[] {
  const rows = [header, ...repositories.map((repository) => cells(repository, now))];
  const widths = header.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function cells({ key, answers, ...held }: RepositoryStatus, now: Date): string[] {
  if (!answers) return [repositoryName(key), "no answer"];
  const { newestFull, newestBackup, newestSegment, missing, freeBytes } = held;
  return [
    repositoryName(key),
    newestFull === null ? "none" : iso(newestFull.stoppedAt),
    newestBackup === null ? "none" : `${newestBackup.type}, ${hoursSince(newestBackup.stoppedAt, now)} h ago`,
    printable(newestSegment ?? "none"),
    missing === null ? "unknown" : String(missing.count),
    freeBytes === null ? "unknown" : mebibytes(freeBytes),
  ];
}

function findingLines({ finding, remedy }: ArchiveFinding, width: number): string[] {
  const [first = "", ...more] = wrapped(printable(finding), width - 2);
  return [first, ...[...more, ...wrapped(printable(remedy), width - 2)].map((line) => `  ${line}`)];
}
