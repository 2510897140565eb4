#!/bin/bash
# Why the source took no connection, told apart; the server's words stay in the message.
set -Eeuo pipefail

# refuse_connection: of the last command's error, in ERRORS.
refuse_connection() {
  local where="$SOURCE_USER@$SOURCE_HOST:$SOURCE_PORT/$DATABASE"
  case $(first_error) in
    *'could not translate host name'*) fail source-name-unknown "The source's name $SOURCE_HOST (source.host) does not resolve." "Correct source.host, or the dump host's DNS." ;;
    *'Connection refused'*) fail source-refused "Nothing listens at $SOURCE_HOST:$SOURCE_PORT." "Correct source.host and source.port, and check that PostgreSQL runs and listens there." ;;
    *'timeout expired'* | *'timed out'* | *'No route to host'*) fail source-timeout "$SOURCE_HOST:$SOURCE_PORT did not answer within 15 s." "Open the path from the dump host to it: routes, security groups, firewalls." ;;
    *'no pg_hba.conf entry'* | *'pg_hba.conf rejects'*) fail source-not-admitted "The source admits no such connection: $(first_error)." "Add a pg_hba.conf line for $SOURCE_USER from the dump host's address." ;;
    *'password authentication failed'*) fail source-wrong-password "The source refused the password of $SOURCE_USER." "Store the right one in the secret $SOURCE_PASSWORD_SECRET (source.passwordSecret)." ;;
    *'does not support SSL'*) fail source-without-tls "The source speaks no TLS, and source.tls is $SOURCE_TLS." "Turn ssl on at the source." ;;
    *'certificate verify failed'* | *'does not match host name'* | *'root certificate file'*) fail source-certificate "The source's certificate was not accepted: $(first_error)." "Check source.rootCertificate and source.host against the certificate." ;;
    *"database \"$DATABASE\" does not exist"*) fail source-database-missing "The source has no database named $DATABASE (database.name)." "Correct database.name, or the source's address." ;;
    *'not currently accepting connections'*) fail source-shut "The source's database $DATABASE takes no connections: a cutover has switched away from it, or somebody has set ALLOW_CONNECTIONS false." "See where the truth is (cutover status). Where it is the source: cutover reopen." ;;
    *'No such file or directory'*) fail source-socket-missing "There is no PostgreSQL socket at $SOURCE_HOST for port $SOURCE_PORT." "Correct source.socketDirectory and source.port, and check that PostgreSQL runs." ;;
    *) fail source-unreachable "No connection to the source ($where): $(first_error)." "Try the same with psql on the dump host." ;;
  esac
}
