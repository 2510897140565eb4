#!/bin/bash
# Rows and digest of every relation, into the file relations of the folder FINGERPRINT. The step says how its database is
# reached (side_psql), how a transaction that reads begins (begin), and the SALT: of digests that anybody can compute the owner
# of a table could make two contents that have the same.
# A digest is the sum, modulo 2^64, of the first 64 bits of each line's MD5 (about 100 MB/s a core): it needs no order, and a
# row that is there twice does not cancel out.
set -Eeuo pipefail

# Deals the relations out to FINGERPRINT_JOBS sessions, the largest first.
take_row_digests() {
  local job pids=()
  { begin; copied "$SQL/fingerprint/row-digests.sql"; } | side_psql --file=- | sort --key=1,1nr >"$FINGERPRINT/listed"
  for ((job = 0; job < FINGERPRINT_JOBS; job++)); do
    digest_every "$FINGERPRINT_JOBS" "$job" >"$FINGERPRINT/relations.$job" 2>"$STATE/logs/$STEP.digests.$job" &
    pids+=($!)
  done
  for job in "${!pids[@]}"; do
    wait "${pids[$job]}" || refuse_unread_rows "$STATE/logs/$STEP.digests.$job"
    cat "$FINGERPRINT/relations.$job" >>"$FINGERPRINT/relations"
    rm "$FINGERPRINT/relations.$job"
  done
  rm "$FINGERPRINT/listed"
}

# digest_every N NTH: of every Nth relation that is listed, beginning with that one.
digest_every() {
  local mark
  # Nobody's row is this line.
  mark=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  { begin; statements "$1" "$2" "$mark" <"$FINGERPRINT/listed"; } | side_psql --file=- | digest "$mark"
}

# statements N NTH MARK: each relation's rows come after a line with the mark and the relation's place in the list.
statements() {
  local size name statement place=0
  while IFS=$'\t' read -r size name statement; do
    if [ $((place % $1)) = "$2" ]; then printf '\\echo %s %d\n%b;\n' "$3" "$place" "$statement"; fi
    place=$((place + 1))
  done
  printf '\\echo %s end\n' "$3"
  : "${size:-} ${name:-}" # The size has done its work, and digest reads the name.
}

# digest MARK: of the rows that it reads, a line for each relation: name, rows, digest.
digest() {
  SALT=$SALT perl -MDigest::MD5=md5 -e '
    use integer;
    my ($mark, $listed) = @ARGV;
    open my $list, "<", $listed or die "$listed: $!\n";
    my @name = map { (split /\t/)[1] } <$list>;
    my ($place, $rows, $sum);
    while (<STDIN>) {
      if (substr($_, 0, 32) eq $mark) {
        printf "%s\t%d\t%u\n", $name[$place], $rows, $sum if defined $place;
        exit if /end$/;
        ($place, $rows, $sum) = ((split)[1], 0, 0);
        next;
      }
      $rows++;
      $sum += unpack "q", md5($ENV{SALT}, $_);
    }
    die defined $place ? "broke off: $name[$place]\n" : "broke off\n";
  ' "$1" "$FINGERPRINT/listed"
}

# refuse_unread_rows LOG: with the relation, and the words of the server.
refuse_unread_rows() {
  cp "$1" "$ERRORS"
  if declare -F refuse_if_yielded >/dev/null; then refuse_if_yielded; fi
  fail rows-unreadable "The rows of $(sed -n 's/^broke off: //p' "$ERRORS" | grep . || printf 'a relation') on the $SIDE could not be read: $(first_error)." \
    "Read the message: a damaged table has to be mended on the source before it can move."
}
