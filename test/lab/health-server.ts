/**
 * The script that serves HTTPS for some names on a host, which trusts it as its system's authorities are trusted. What a
 * name answers is the status in /run/NAME; until something is written there it answers 204.
 */
export function serveHealth(names: readonly string[]): string {
  const [first = ""] = names;
  const all = names.join(" ");
  return `
    cd /root
    echo '127.0.0.1 ${all}' >>/etc/hosts
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=health \\
      -addext subjectAltName=${names.map((name) => `DNS:${name}`).join()} -keyout health.key -out health.crt 2>/dev/null
    cp health.crt /usr/local/share/ca-certificates/health.crt
    update-ca-certificates >/dev/null 2>&1
    for name in ${all}; do echo 204 >"/run/$name"; done
    cat >health.py <<'END'
${server}
END
    systemd-run --quiet --collect --unit=health python3 /root/health.py
    until curl --silent --output /dev/null https://${first}/; do sleep 0.1; done`;
}

const server = `import http.server, ssl

class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(int(open("/run/" + self.headers["Host"]).read()))
        self.send_header("Content-Length", "0")
        self.end_headers()

server = http.server.ThreadingHTTPServer(("127.0.0.1", 443), Health)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain("/root/health.crt", "/root/health.key")
server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()`;
