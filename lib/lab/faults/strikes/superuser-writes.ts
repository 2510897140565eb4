import { psql } from "../../seed/psql";
import type { Strike } from "./strike";

/** As pg_cron would in a superuser's name. */
const sql = `SET default_transaction_read_only = off;
CREATE TABLE IF NOT EXISTS public.written_by_a_superuser (at timestamptz DEFAULT clock_timestamp());
INSERT INTO public.written_by_a_superuser DEFAULT VALUES;\n`;

export const superuserWrites: Strike = async ({ environment, hosts, runEnded, struck }) => {
  const database = environment.database.name;
  await psql(hosts.source, { name: "a superuser's row", sql, database });
  struck();
  await runEnded;
};
