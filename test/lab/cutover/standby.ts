import { until } from "../on-host";
import type { FenceLab } from "./fence-lab";

const port = 5433;

/** A second server that streams from the source, as a replica of Patroni's does, on the same host. */
export class Standby {
  private constructor(
    private readonly lab: FenceLab,
    private readonly data: string,
  ) {}

  /** Copies the primary, and follows it. */
  static async of(lab: FenceLab): Promise<Standby> {
    const { major } = lab.rehearsal.lab.postgresql;
    const standby = new Standby(lab, `/var/lib/postgresql/${major}/standby`);
    await lab.bash(
      `cd /; runuser -u postgres -- pg_basebackup --pgdata=${standby.data} --write-recovery-conf --checkpoint=fast`,
    );
    await standby.start(port);
    await until("standby", () => standby.hasReplayed());
    return standby;
  }

  /** The primary is lost by a crash, the standby is promoted and answers in its place. */
  async takeOver(): Promise<void> {
    await until("replay", () => this.hasReplayed());
    await this.stop(this.main, "immediate");
    await this.control(this.data, "promote");
    await this.stop(this.data, "fast");
    await this.start(5432);
  }

  /** The lost primary comes back in its own place, and the standby is gone. */
  async giveBack(): Promise<void> {
    await this.stop(this.data, "immediate");
    await this.lab.bash(`rm -r ${this.data}`);
    await this.lab.startServer();
  }

  private get main(): string {
    return `/var/lib/postgresql/${this.lab.rehearsal.lab.postgresql.major}/main`;
  }

  private async hasReplayed(): Promise<boolean> {
    const sent = await this.lab.sql("SELECT pg_current_wal_lsn() = replay_lsn FROM pg_stat_replication");
    return sent === "t";
  }

  /** The settings are the primary's, as Patroni keeps them equal. */
  private start(at: number): Promise<string> {
    const settings = `/etc/postgresql/${this.lab.rehearsal.lab.postgresql.major}/main/postgresql.conf`;
    const options = `-c config_file=${settings} -c data_directory=${this.data} -c external_pid_file= -c port=${at}`;
    return this.control(this.data, `start --wait --log=${this.data}.log --options='${options}'`);
  }

  private stop(data: string, mode: "fast" | "immediate"): Promise<string> {
    return this.control(data, `stop --mode=${mode}`);
  }

  private control(data: string, what: string): Promise<string> {
    const { major } = this.lab.rehearsal.lab.postgresql;
    return this.lab.bash(
      `cd /; runuser -u postgres -- /usr/lib/postgresql/${major}/bin/pg_ctl --pgdata=${data} ${what} >/dev/null`,
    );
  }
}
