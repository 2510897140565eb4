#!/bin/bash
# Makes a layer over a Debian root that holds what the lab's hosts need and the root lacks, installed with the root's
# own apt. The root itself is only read.
# Usage: prepare-root.sh ROOT LAYER MAJOR   (LAYER appears whole or not at all)
# Exit: 0, or 3 with one line "lacks: NAME (PACKAGE), … : REASON" on stderr. Run it as build-base-image.sh is run.
set -Eeuo pipefail

root=$1 layer=$2 major=$3
if [ -e "$layer" ]; then
  exit 0 # another lab has made it while this one waited for the lock
fi
unfinished=$layer.unfinished
merged=$unfinished/root

# What a host needs: a command or a file in the root | the package that brings it.
needs=(
  "/usr/lib/systemd/systemd /lib/systemd/systemd|systemd"
  "/sbin/init|systemd-sysv"
  "/usr/bin/dbus-daemon /usr/bin/dbus-broker|dbus"
  "ip|iproute2"
  "ps|procps"
  "mkfs.ext4|e2fsprogs"
  "mount|mount"
  "cloud-init|cloud-init"
  "sudo|sudo"
  "/usr/sbin/sshd|openssh-server"
  "ssh|openssh-client"
  "/etc/ssl/certs/ca-certificates.crt|ca-certificates"
  "curl|curl"
  "jq|jq"
  "zstd|zstd"
  "openssl|openssl"
  "locale-gen|locales"
  "aws|awscli"
  "pgbackrest|pgbackrest"
  "pg_createcluster|postgresql-common"
  "/usr/lib/postgresql/$major/bin/psql|postgresql-client-$major"
  "/usr/share/postgresql/$major/extension/postgis.control|postgresql-$major-postgis-3"
)

inside() { chroot "$merged" /usr/bin/env -i PATH="$PATH" LC_ALL=C DEBIAN_FRONTEND=noninteractive "$@"; }

# Prints the needs that are not met.
list_missing() {
  local need candidate
  for need in "${needs[@]}"; do
    for candidate in ${need%|*}; do
      # shellcheck disable=SC2016 # $1 is the inner shell's
      if inside sh -c 'case $1 in /*) [ -e "$1" ];; *) command -v "$1";; esac' sh "$candidate" >/dev/null; then
        continue 2
      fi
    done
    echo "$need"
  done
}

# "aws (awscli), jq (jq)" of needs that are not met.
describe() {
  local need names=()
  for need in "$@"; do
    names+=("${need%%[ |]*} (${need#*|})")
  done
  printf '%s, ' "${names[@]}" | sed 's/, $//'
}

refuse() {
  echo "lacks: $1: $2" >&2
  exit 3
}

# Prints the installed packages that match the patterns.
list_installed() {
  # shellcheck disable=SC2016 # dpkg-query's own format
  inside dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p'
}

install_packages() {
  local packages=() need
  for need in "$@"; do
    packages+=("${need#*|}")
  done
  printf '#!/bin/sh\nexit 101\n' >"$merged/usr/sbin/policy-rc.d" # No service starts in a chroot.
  chmod 0755 "$merged/usr/sbin/policy-rc.d"
  mkdir -p "$merged/etc/postgresql-common"
  echo "create_main_cluster = false" >"$merged/etc/postgresql-common/createcluster.conf"
  # The server and the extension are what is under test: they stay as they came, or the installation fails.
  list_installed "postgresql-$major*" 'timescaledb*' | inside xargs --no-run-if-empty apt-mark hold >/dev/null

  inside apt-get --quiet=2 --option=APT::Update::Error-Mode=any update || return
  inside apt-get --quiet=2 --yes --no-install-recommends --no-remove install "${packages[@]}"
}

make_locales() {
  local locales
  locales=$(inside locale -a)
  if grep -qx en_GB.utf8 <<<"$locales" && grep -qx en_US.utf8 <<<"$locales"; then
    return
  fi
  printf '%s\n' 'en_GB.UTF-8 UTF-8' 'en_US.UTF-8 UTF-8' >>"$merged/etc/locale.gen"
  inside locale-gen >/dev/null
}

# Before 2.13 (and in version 1) the AWS CLI does not know AWS_ENDPOINT_URL: it is told by an option.
teach_endpoint() {
  local version
  version=$(inside aws --version 2>&1 | sed -n 's|^aws-cli/\([0-9.]*\).*|\1|p')
  if [ "$(printf '%s\n' 2.13.0 "$version" | sort -V | head -n 1)" = 2.13.0 ]; then
    return
  fi
  local real
  # shellcheck disable=SC2016 # $0 is the inner shell's
  real=$(inside sh -c 'command -v aws')
  if [ "$real" = /usr/local/bin/aws ]; then
    mv "$merged$real" "$merged/usr/local/bin/aws-without-endpoint"
    real=/usr/local/bin/aws-without-endpoint
  fi
  cat >"$merged/usr/local/bin/aws" <<WRAPPER
#!/bin/sh
# The lab's: this AWS CLI ($version) does not read AWS_ENDPOINT_URL.
endpoint=\$AWS_ENDPOINT_URL value=
for word in "\$@"; do
  if [ "\$value" = expected ]; then
    value= && continue
  fi
  case \$word in
    --region | --output | --query | --profile | --color | --ca-bundle | --cli-*-timeout) value=expected ;;
    -*) ;;
    ssm) endpoint=\$AWS_ENDPOINT_URL_SSM && break ;;
    *) break ;;
  esac
done
exec $real \${endpoint:+--endpoint-url "\$endpoint"} "\$@"
WRAPPER
  chmod 0755 "$merged/usr/local/bin/aws"
}

discard() {
  # What is still mounted must not be removed with the rest: a umount that fails ends the script here.
  if mountpoint --quiet "$merged"; then umount --recursive "$merged"; fi
  rm -rf --one-file-system "$unfinished"
}

discard
trap discard EXIT
mkdir -p "$unfinished/upper" "$unfinished/work" "$merged"
mount -t overlay overlay -o "lowerdir=$root,upperdir=$unfinished/upper,workdir=$unfinished/work" "$merged"
mount -t proc proc "$merged/proc"
mount --rbind /dev "$merged/dev"
mount -t tmpfs tmpfs "$merged/run"
mkdir -p "$merged/run/lock"

mapfile -t missing < <(list_missing)
if [ "${#missing[@]}" -gt 0 ]; then
  echo "installing $(describe "${missing[@]}")"
  rm -f "$merged/etc/resolv.conf" # It may be a link to nowhere.
  cat /etc/resolv.conf >"$merged/etc/resolv.conf"
  if ! install_packages "${missing[@]}" >"$unfinished/apt.log" 2>&1; then
    reason=$(grep -E '^(E|W|Err):' "$unfinished/apt.log" | sort -u | head -n 3 | tr '\n' ' ')
    refuse "$(describe "${missing[@]}")" "its own apt could not install them: ${reason:-$(tail -n 1 "$unfinished/apt.log")}"
  fi
  mapfile -t missing < <(list_missing)
  if [ "${#missing[@]}" -gt 0 ]; then
    refuse "$(describe "${missing[@]}")" "installing the packages did not bring them"
  fi
  inside apt-get clean
fi
rm -f "$merged/usr/sbin/policy-rc.d"
make_locales
teach_endpoint

umount --recursive "$merged"
mv "$unfinished/upper" "$layer"
