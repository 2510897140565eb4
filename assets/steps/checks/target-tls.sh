#!/bin/bash
# The certificate that the server shows the application: in force, and for the name that the application will use.
set -Eeuo pipefail

readonly WARN_DAYS=30
certificate=$STATE/logs/$STEP.certificate
timeout --foreground 8 openssl s_client -starttls postgres -connect "$TARGET_ADDRESS:$TARGET_PORT" </dev/null >"$certificate" 2>"$ERRORS" || :
openssl x509 -in "$certificate" -noout -enddate >"$certificate.end" 2>/dev/null ||
  refuse "The target speaks no TLS at $TARGET_ADDRESS:$TARGET_PORT: $(first_error)." "Turn ssl on (ssl_cert_file, ssl_key_file) and reload PostgreSQL: pg_hba.conf admits the application over TLS only."
end=$(sed 's/notAfter=//' "$certificate.end")
openssl x509 -in "$certificate" -noout -checkend 0 || refuse "The target's certificate ran out: $end."
openssl x509 -in "$certificate" -noout -checkend $((WARN_DAYS * 86400)) || warn "The target's certificate runs out within $WARN_DAYS days: $end."
option=-checkhost
if [[ $TARGET_APPLICATION_HOST =~ ^[0-9.]+$ ]]; then option=-checkip; fi
covers=$(openssl x509 -in "$certificate" -noout "$option" "$TARGET_APPLICATION_HOST") || : # By version it also ends with 1.
if [[ $covers != *'does match'* ]]; then
  warn "The target's certificate is not for $TARGET_APPLICATION_HOST, where the application will connect ($(openssl x509 -in "$certificate" -noout -subject), $(openssl x509 -in "$certificate" -noout -ext subjectAltName 2>/dev/null | tail -n 1 | xargs)): a client with sslmode=verify-full refuses it." \
    "Put a certificate with that name in place of the boot's (ssl_cert_file), and reload PostgreSQL; or let the application use sslmode=require or verify-ca."
fi
pass "The target's certificate is for $TARGET_APPLICATION_HOST, until $end."
