#!/bin/bash
# Whether the secret's password is the role's, before anything is fenced. The source's verifier leaves it as a salted digest
# alone, with the salt and the iterations that the server tells every client.
set -Eeuo pipefail

# From standard input, a line each: the password and the role in base64, then salt, iterations and digest as the source
# said, and the run's salt. Prints yes or no.
# shellcheck disable=SC2016 # perl's own variables
readonly PROVE_PASSWORD='
use Digest::MD5 qw(md5_hex);
use Digest::SHA qw(hmac_sha256 sha256 sha256_hex);
use MIME::Base64;
my ($password, $role, $salt, $iterations, $digest, $run_salt) = map { chomp; $_ } <STDIN>;
($password, $role) = map { decode_base64($_) } $password, $role;
my $stored;
if ($iterations) {
  my $salted = my $round = hmac_sha256(decode_base64($salt) . pack("N", 1), $password);
  for (2 .. $iterations) { $round = hmac_sha256($round, $password); $salted ^= $round; }
  $stored = encode_base64(sha256(hmac_sha256("Client Key", $salted)), "");
} else {
  $stored = "md5" . md5_hex($password . $role);
}
print sha256_hex($run_salt . $stored) eq $digest ? "yes" : "no";'

# Refuses a password that the source would refuse; says where that cannot be told.
refuse_other_password() {
  local proof
  proof=$(jq --raw-output '.applicationPassword // empty' "$STATE/inspect-source.json")
  if [ -z "$proof" ]; then
    say "Whether the secret's password is $APPLICATION_ROLE's could not be told: the source's user may not read pg_authid, or the role has no password."
    return
  fi
  # SCRAM normalizes other characters than those of ASCII.
  if ! jq --exit-status '.password | tostring | test("^[ -~]*$")' "$SECRET_FOLDER/current.json" >/dev/null; then
    say "The secret's password is not of ASCII characters alone: only a login can prove it."
    return
  fi
  [ "$(password_proof "$proof" | perl -e "$PROVE_PASSWORD")" = yes ] || fail secret-other-password "The secret $APPLICATION_SECRET holds a password that is not $APPLICATION_ROLE's on the source: the application could log in to neither database. Nothing was changed." \
    "Store the password that the role has, or give the role the secret's (ALTER ROLE ... PASSWORD); then start a new run."
}

password_proof() {
  jq --raw-output '.password | tostring | @base64' "$SECRET_FOLDER/current.json"
  printf '%s' "$APPLICATION_ROLE" | base64 --wrap=0
  printf '\n'
  jq --raw-output '.salt // "", .iterations // "", .digest' <<<"$1"
  jq --raw-output .salt "$STATE/inspect-source.json"
}
