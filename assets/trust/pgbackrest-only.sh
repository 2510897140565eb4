#!/bin/bash
# The forced command of a key in authorized_keys: lets through what pgBackRest asks for one stanza, and nothing else.
# Usage: pgbackrest-only SIDE STANZA PATH
#   SIDE  what this host has for the other one: repo, its repository (PATH is the repo-path), or pg, its cluster (PATH is
#         the pg-path).
# It judges the command line, and so keeps pgBackRest, people and mistakes to their stanza. A client that was changed to
# ask for other files within pgBackRest's own protocol is bounded only by what this user may do on this host.
set -Eeuo pipefail
# sshd takes LC_* from the other side, and a locale decides what [a-z] means.
export LC_ALL=C

# What is asked is another host's text: quoted and cut it goes to the log, and never to a shell.
refuse() {
  local why=${1:0:400}
  echo "pgbackrest-only: refused: $why" >&2
  logger --tag pgbackrest-only --priority auth.warning -- "refused for stanza $STANZA: $why; asked: $(printf '%q' "${ASKED:0:300}")"
  exit 126
}

# How much room there is, where a backup would go: the folder itself may be made only with the first stanza.
tell_room() {
  local place=$PLACE writable=no
  while [ ! -d "$place" ]; do place=$(dirname "$place"); done
  [ ! -w "$place" ] || writable=yes
  echo "$writable $(df --output=avail -B1 "$place" | tail -n 1 | tr -d ' ') $place"
}

# The segments of WAL that the stanza has, by their paths below its archive.
tell_segments() {
  find "$PLACE/archive/$STANZA" -type f -regextype posix-extended \
    -regex '.*/[0-9A-F]{24}(\.partial)?-[0-9a-f]{40}(\.[a-z0-9]+)?' -printf '%P\n' | sort
}

# Another host's pgBackRest is started in the role of a remote, never in another.
judge_command() {
  case $1 in
    backup:remote | check:remote | stanza-create:remote) return ;;
    archive-push:remote | archive-get:remote | info:remote | restore:remote | expire:remote | verify:remote)
      [ "$SIDE" != repo ] || return 0 ;;
    stanza-upgrade*)
      refuse "stanza-upgrade gives the stanza to another cluster, and the one that has it, such as the old host's where it is shared, can archive no more. Who means it lifts this forced command for that time." ;;
    stanza-delete* | repo-rm* | repo-put*)
      refuse "$1 destroys what is in the repository: it is for the repository host's owner, on that host." ;;
    repo-ls* | repo-get*)
      refuse "$1 reads every stanza of the repository. 'segments' lists the WAL of this one." ;;
  esac
  refuse "$1 is no command of pgBackRest that this key is for."
}

# The options that pgBackRest 2.55 gives to a remote. None of them names a configuration, a program or another place.
judge_option() {
  local value=${1#*=} place='/[A-Za-z0-9._@+/-]+'
  case $1 in
    --stanza="$STANZA" | --remote-type="$SIDE" | --log-level-console=off | --log-level-stderr=error) return ;;
    --stanza=*) refuse "the stanza $value: this key is for $STANZA." ;;
    --remote-type=*) refuse "the remote type $value: this key is for $SIDE." ;;
  esac
  if [[ $1 =~ ^--${SIDE}[0-9]{1,3}-path= ]]; then
    [ "$value" = "$PLACE" ] || refuse "the path $value: this key is for $PLACE."
    return
  fi
  # What the configuration says "n" to comes as --no-.
  [[ $1 =~ ^--(no-)?(archive-async|log-subprocess|neutral-umask|sck-block|sck-keep-alive)$ ||
    $1 =~ ^--(exec-id=[0-9]+-[0-9a-f]+|process=[0-9]+|log-level-file=[a-z]+)$ ||
    $1 =~ ^--lock="$STANZA"-(archive|backup)(-[0-9]{1,3})?\.lock$ ||
    $1 =~ ^--(buffer-size=[0-9]+[KMGTPBi]*|(db|io|protocol)-timeout=[0-9.]+[a-z]*)$ ||
    $1 =~ ^--tcp-keep-alive-(count|idle|interval)=[0-9]+[a-z]*$ ||
    $1 =~ ^--pg[0-9]{1,3}-(port=[0-9]+|socket-path=$place|(user|database)=[A-Za-z0-9_-]+)$ ||
    $SIDE$1 =~ ^repo--(repo=[0-9]{1,3}|pg[0-9]{1,3}-path=$place)$ ]] ||
    refuse "$1 is no option of a pgBackRest that this key is for."
}

# What a remote is not told it takes from this host's own configuration, which may have other repositories.
judge_options() {
  local option twice given=" $* "
  for option in "$@"; do judge_option "$option"; done
  twice=$(printf '%s\n' "${@%%=*}" | sort | uniq -d | sed '/^--lock$/d' | xargs)
  [ -z "$twice" ] || refuse "it has the option $twice twice."
  [[ $given = *" --stanza=$STANZA "* ]] || refuse "it does not name the stanza $STANZA."
  [[ $given = *" --remote-type=$SIDE "* ]] || refuse "it is no remote of type $SIDE."
  if [ "$SIDE" = pg ]; then
    [[ $given =~ \ --pg[0-9]+-path= ]] || refuse "it does not name the cluster $PLACE."
  else
    [[ $given =~ \ --repo=([0-9]+)\  && $given = *" --repo${BASH_REMATCH[1]}-path="* ]] || refuse "it does not name the repository $PLACE."
  fi
}

readonly SIDE=$1 STANZA=$2 PLACE=$3 ASKED=${SSH_ORIGINAL_COMMAND-}
case $ASKED in
  '') refuse 'no shell: this key is for pgBackRest.' ;;
  'pgbackrest version') set -- version ;;
  room | segments)
    [ "$SIDE" = repo ] || refuse "$ASKED is for a repository."
    "tell_$ASKED"
    exit ;;
  *[!A-Za-z0-9\ _./:=@%+,-]*) refuse 'it holds a character that pgBackRest writes in no option here.' ;;
  *)
    read -r -a words <<<"$ASKED"
    [ "${words[0]-}" = pgbackrest ] || refuse "the program is not 'pgbackrest'."
    [ "${#words[@]}" -ge 3 ] || refuse 'it is no remote of pgBackRest.'
    set -- "${words[@]:1}"
    judge_command "${*: -1}"
    judge_options "${@:1:$#-1}"
    ;;
esac
exec env --ignore-environment PATH="$PATH" HOME="${HOME-/}" LC_ALL=C pgbackrest "$@"
