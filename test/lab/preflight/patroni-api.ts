import type { SourceLab } from "./source-lab";

const file = "/run/patroni.json";
const state = "/run/patroni-state.json";

/**
 * Patroni's REST API: a process of its name that answers GET /patroni as version 4.0 does. No Patroni runs in the lab, and
 * the check asks nothing else of one. It listens elsewhere than Patroni does by default, so it has to be found.
 */
export async function startPatroniApi(lab: SourceLab): Promise<void> {
  const address = lab.rehearsal.lab.hosts.source.address;
  await lab.bash(`
    cat >/usr/local/bin/patroni <<'END'
#!/usr/bin/python3
import http.server, os, sys

class Api(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path != "/patroni" or not os.path.exists("${state}"):
            return
        body = open("${state}", "rb").read()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

http.server.HTTPServer(("${address}", 8010), Api).serve_forever()
END
    chmod 0755 /usr/local/bin/patroni
    touch ${file}
    systemd-run --quiet --collect --unit=patroni /usr/local/bin/patroni ${file}
    for try in $(seq 100); do if ss -Hltn | grep -q ':8010 '; then exit; fi; sleep 0.1; done
    exit 1
  `);
}

/** What the API answers; nothing lets it close every connection without a word. */
export async function patroniAnswers(
  lab: SourceLab,
  role: string | undefined,
  paused = false,
): Promise<void> {
  if (role === undefined) {
    await lab.bash(`rm ${state}`);
    return;
  }
  const answer = {
    state: "running",
    postmaster_start_time: "2026-11-01 01:00:00.000000+00:00",
    role,
    server_version: 160010,
    xlog: { location: 67108960 },
    timeline: 3,
    replication: [
      { usename: "replicator", application_name: "standby", state: "streaming", sync_state: "async" },
    ],
    dcs_last_seen: 1795219200,
    ...(paused && { pause: true }),
    database_system_identifier: "7310000000000000000",
    patroni: { version: "4.0.4", scope: "tracker", name: "source" },
  };
  // Python's json.dumps, which writes it there, puts a space after each colon.
  const text = JSON.stringify(answer).replace(/":/g, '": ');
  await lab.bash(`printf '%s' '${text}' >${state}`);
}

export async function stopPatroniApi(lab: SourceLab): Promise<void> {
  await lab.bash("systemctl stop patroni");
}
