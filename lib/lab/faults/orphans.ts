import type { Host } from "../host";
import type { RehearsalLab } from "../rehearsal/rehearsal-lab";
import type { Side } from "../rehearsal/truth";
import { psql } from "../seed/psql";

/** Of a run's own: transient units, sessions, secrets in memory, dumps. What the hosts keep for good has other names. */
const LEFT = `
  systemctl list-units --plain --no-legend 'timescale-cutover-r[0-9]*' | sed 's/^/unit /'
  for place in /run/timescale-cutover "$1"; do
    [ ! -d "$place" ] || find "$place" -mindepth 1 -maxdepth 1 -printf 'file %p\\n'
  done`;
const SESSIONS = `SELECT 'session ' || application_name || ' ' || state FROM pg_stat_activity
  WHERE application_name LIKE 'timescale-cutover/%';\n`;
const GATE = `SELECT datconnlimit, coalesce((SELECT substring(entry FROM '"phase": ?"([a-z]+)"')
    FROM pg_db_role_setting, unnest(setconfig) AS entry
    WHERE setdatabase = pg_database.oid AND setrole = 0 AND entry LIKE 'timescale_cutover.fence=%'), 'none')
  FROM pg_database WHERE datname = :'database';\n`;
const JOBS = `SELECT count(*) > 0 AS has_timescaledb FROM pg_extension WHERE extname = 'timescaledb' \\gset
\\if :has_timescaledb
SELECT string_agg(id || ' ' || scheduled, ', ' ORDER BY id) FROM _timescaledb_config.bgw_job WHERE id >= 1000;
\\endif\n`;

/** Which jobs of the source are scheduled: what a fence changes and a reopening gives back. */
export async function scheduledJobs({ environment, lab }: RehearsalLab): Promise<string> {
  const database = environment.database.name;
  return (await psql(lab.hosts.source, { name: "the source's jobs", sql: JOBS, database })).trim();
}

/** What a run has left behind that a later one could trip over, a line each. `jobs`: those of the source at first. */
export async function orphansOf(lab: RehearsalLab, truth: Side, jobs: string): Promise<string[]> {
  const { source, target } = lab.environment;
  const dumps = {
    source: source.kind === "managed" ? source.dumpDirectory : target.dumpDirectory,
    target: target.dumpDirectory,
  };
  const left = await Promise.all(
    (["source", "target"] as const).map(async (side) => [
      ...(await leftOn(lab.lab.hosts[side], dumps[side])),
      ...(await gateOf(lab, side, truth)),
    ]),
  );
  const found = left.flat();
  const now = truth === "source" ? await scheduledJobs(lab) : jobs;
  return now === jobs ? found : [...found, `source: jobs ${now}, which were ${jobs}`];
}

async function leftOn(host: Host, dumps: string): Promise<string[]> {
  const { code, stdout, stderr } = await host.run(["bash", "-euo", "pipefail", "-s", "--", dumps], {
    input: LEFT,
  });
  if (code !== 0) throw new Error(`What is left on the ${host.name} host cannot be listed: ${stderr}`);
  const sessions = await psql(host, { name: "the sessions", sql: SESSIONS });
  return (stdout + sessions)
    .split("\n")
    .filter(Boolean)
    .map((line) => `${host.name}: ${line}`);
}

/** Whether a side is as open, or as closed, as the truth wants it. */
async function gateOf({ environment, lab }: RehearsalLab, side: Side, truth: Side): Promise<string[]> {
  const variables = { database: environment.database.name };
  const answer = await psql(lab.hosts[side], { name: `the ${side}'s gate`, sql: GATE, variables });
  const [limit = "", marker = ""] = answer.trim().split("|");
  if (limit === "") return side === "target" && truth === "source" ? [] : [`${side}: no database`];
  const isOpen = limit !== "0";
  const wrong = isOpen !== (side === truth) ? [`${side}: connection limit ${limit}`] : [];
  // An open target may keep its marker until its jobs have run.
  const allowed =
    side === "source" ? (truth === "source" ? ["none"] : ["switched", "fenced"]) : ["none", "open", "fenced"];
  return allowed.includes(marker) ? wrong : [...wrong, `${side}: fence marker of phase ${marker}`];
}
