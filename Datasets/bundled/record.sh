#!/bin/bash
# Records the bundled labeled captures: record.sh OUTPUT_DIRECTORY [a|b|all]
#
# Builds a small laboratory of network namespaces, runs real servers, benign clients and bounded attacks
# in it, records every packet of its local network once, and writes recording-X.pcap, recording-X.truth.jsonl
# and recording-X.rules.yaml. Nothing leaves the laboratory: its namespaces have no link to this machine's
# network. The only use of the network is apt, and only for packages that are missing.
#
# Needs root and Debian 12 or later. KEEP_LOGS=DIRECTORY keeps the logs of servers and activities.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
packages=(nginx openssh-server openssh-client dnsmasq-base vsftpd nmap hping3 tcpdump curl wget
          bind9-dnsutils iproute2 iputils-ping ethtool openssl python3)

usage() { echo "usage: $0 OUTPUT_DIRECTORY [a|b|all]" >&2; exit 64; }

# The server packages bring services that would start on this machine; the laboratory runs its own instances.
install_missing() {
    local missing=() package unit policy=/usr/sbin/policy-rc.d made_policy=no
    for package in "${packages[@]}"; do
        dpkg-query --show --showformat '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    echo "installing: ${missing[*]}" >&2
    if [ ! -e $policy ]; then
        printf '#!/bin/sh\nexit 101\n' > $policy
        chmod 755 $policy
        made_policy=yes
        trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
    if [ -d /run/systemd/system ]; then
        for package in "${missing[@]}"; do
            case $package in
                nginx|vsftpd) systemctl disable --now "$package" ;;
                openssh-server) systemctl disable --now ssh ;;
            esac
        done
    fi
    if [ $made_policy = yes ]; then rm -f $policy; trap - EXIT; fi
}

[ $# -ge 1 ] && [ $# -le 2 ] || usage
case ${2:-all} in
    a|b) recordings=("$2") ;;
    all) recordings=(a b) ;;
    *) usage ;;
esac
[ "$(id -u)" = 0 ] || { echo "$0: network namespaces need root; run it with sudo" >&2; exit 77; }
mkdir -p "$1"
output=$(cd "$1" && pwd)
install_missing

work=$(mktemp -d /tmp/flowmeter-laboratory.XXXXXX)
chmod 755 "$work"
laboratory=
finish() {
    if [ -n "$laboratory" ]; then kill -TERM "$laboratory" 2>/dev/null && wait "$laboratory" || true; fi
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# All of it lives in namespaces of its own (network, mounts, processes). When the first process ends, for whatever
# reason, the kernel ends all the others and removes interfaces and mounts: there is nothing to tear down by hand.
for recording in "${recordings[@]}"; do
    mkdir "$work/$recording"
    chmod 755 "$work/$recording"
    echo "recording $recording: about three and a half minutes" >&2
    (cd "$here" && PYTHONDONTWRITEBYTECODE=1 exec timeout --signal=TERM --kill-after=10 420 \
        unshare --net --mount --pid --fork --kill-child --mount-proc --propagation private \
        /usr/bin/python3 -m laboratory "$recording" "$output" "$work/$recording") &
    laboratory=$!
    status=0
    wait "$laboratory" || status=$?
    laboratory=
    if [ -n "${KEEP_LOGS:-}" ]; then mkdir -p "$KEEP_LOGS" && cp -r "$work/$recording" "$KEEP_LOGS/"; fi
    if [ "$status" != 0 ]; then echo "$0: recording $recording failed" >&2; exit "$status"; fi
    /usr/bin/python3 "$here/check.py" "$output/recording-$recording"
done
