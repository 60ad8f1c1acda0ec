#!/usr/bin/env bash
# Installs what .ci/apt.txt lists, as root on Debian, and only if some of it is
# missing. Anywhere else it does nothing.
set -euo pipefail
cd "$(dirname "$0")"
[ "$(id -u)" = 0 ] && [ -e /etc/debian_version ] && command -v apt-get >/dev/null || exit 0
missing=()
while read -r package; do
	dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
done <apt.txt
[ ${#missing[@]} -eq 0 ] && exit 0
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}"
