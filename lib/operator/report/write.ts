import { access, constants, mkdir, open, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { BadInputError } from "../errors";
import { messageOf } from "../message-of";
import type { Report } from "./schema";

export const reportFile = "report.json";

/** Makes sure, before anything is started, that the report can be written at the end. */
export async function prepareReportDirectory(directory: string): Promise<void> {
  try {
    await makeDirectory(directory);
    await access(directory, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new BadInputError(
      "report-directory",
      `--report ${directory}: ${messageOf(error)}`,
      "Name a directory that can be written to.",
      { cause: error },
    );
  }
}

/** With those above it. Not by node's own `recursive`, which never ends below /proc. */
async function makeDirectory(directory: string): Promise<void> {
  if ((await stat(directory).catch(() => null))?.isDirectory()) return;
  const above = path.dirname(directory);
  if (above !== directory) await makeDirectory(above);
  await mkdir(directory);
}

/** Writes DIR/report.json whole or not at all; a report of an earlier run there is replaced. Returns its path. */
export async function writeReport(directory: string, report: Report): Promise<string> {
  const file = path.join(directory, reportFile);
  const draft = path.join(directory, `.${reportFile}.${process.pid}`);
  try {
    const handle = await open(draft, "w");
    try {
      await handle.writeFile(`${JSON.stringify(report, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
    return file;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
