#!/bin/bash
# Tries `make TARGET` (default: setup) in a Debian system that holds only python3 and make: first as
# a plain user, who has to be told one command and get exit code 2; then as root, twice, the second
# time with little left to do.
#
# Usage, as root on a Debian-like machine with debootstrap:
#     packaging/try_fresh.sh [-k] [TARGET ...]
# -k keeps the system afterwards; WORK names the folder for it (a temporary one). The system is the
# release this machine runs, as it takes along this machine's apt sources, pip configuration and
# certificates.
set -euo pipefail

keep=false
if [ "${1:-}" = -k ]; then
    keep=true
    shift
fi
[ "$(id -u)" = 0 ] || { echo "debootstrap and chroot need root." >&2; exit 2; }
project=$(cd "$(dirname "$0")/.." && pwd)
work=${WORK:-$(mktemp -d)}
root=$work/root
[ $# -gt 0 ] || set -- setup

if [ ! -e "$root/usr/bin/make" ]; then
    echo "== debootstrap into $root"
    debootstrap --variant=minbase --include=python3,make,ca-certificates \
        "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$root" >"$work/debootstrap.log"
fi

echo "== this machine's apt, pip and certificate settings"
rm -f "$root/etc/apt/sources.list"
cp -a /etc/apt/sources.list* "$root/etc/apt/"
cp -a /etc/apt/trusted.gpg.d/. "$root/etc/apt/trusted.gpg.d/"
cp -a /usr/share/keyrings/. "$root/usr/share/keyrings/"
apt-config dump | grep -E '^Acquire::(Check|http|ftp|Retries)' \
    >"$root/etc/apt/apt.conf.d/90host" || true
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
[ ! -e /etc/pip.conf ] || cp -L /etc/pip.conf "$root/etc/"

echo "== the project, without what git ignores"
rm -rf "$root/project"
mkdir "$root/project"
git -C "$project" ls-files -z --cached --others --exclude-standard |
    (cd "$project" && xargs -0 sh -c 'for f; do [ ! -e "$f" ] || printf "%s\0" "$f"; done' -) |
    tar -C "$project" --null -T - -c | tar -C "$root/project" -x
chown -R 1000:1000 "$root/project"

# In a mount namespace, so that nothing stays mounted: /proc, /dev, and whatever local folders pip
# takes packages from, read-only.
inside() { # USER COMMAND...
    # shellcheck disable=SC2016
    unshare --mount --pid --fork --kill-child bash -c '
        set -eu
        root=$1 user=$2
        shift 2
        mount -t proc proc "$root/proc"
        mount --rbind /dev "$root/dev"
        { python3 -m pip config list 2>/dev/null || true; } | grep -oE "(file://)?/[^ '\''\"]+" |
            sed "s,^file://,," | sort -u | while read -r path; do
            [ -d "$path" ] || continue
            case $path in */simple) path=${path%/simple} ;; esac
            mkdir -p "$root$path"
            mount --bind "$path" "$root$path"
            mount -o remount,bind,ro "$root$path"
        done
        exec chroot --userspec="$user" "$root" env -i \
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/nonexistent \
            $(env | grep -E "^(PIP_|https?_proxy=|no_proxy=|SSL_CERT_FILE=)" | tr "\n" " ") \
            sh -c "cd /project && \"\$@\"" - "$@"
    ' - "$root" "$@"
}

echo "== a plain user without sudo (expected: one command, exit code 2)"
code=0
inside 1000:1000 python3 packaging/bootstrap.py "$1" || code=$?
echo "exit code $code"

for target in "$@"; do
    for turn in first second; do
        echo "== make $target, as root, the $turn time"
        start=$(date +%s.%N)
        code=0
        inside 0:0 make "$target" || code=$?
        echo "exit code $code after $(awk -v a="$start" -v b="$(date +%s.%N)" 'BEGIN { printf "%.1f", b - a }') s"
    done
done

if $keep; then
    echo "== kept: $root"
else
    rm -rf --one-file-system "$root"
    rm -f "$work/debootstrap.log"
    rmdir --ignore-fail-on-non-empty "$work"
fi
