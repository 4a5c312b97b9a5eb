#!/bin/sh
# What the suite needs beside Python: a browser, PostgreSQL, the web servers we ship a configuration for. Installed when root, otherwise said plainly.
set -u
need=""
command -v chromium >/dev/null 2>&1 || need="$need chromium"
ls /usr/lib/postgresql/*/bin/pg_ctl >/dev/null 2>&1 || command -v pg_ctl >/dev/null 2>&1 || need="$need postgresql"
command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ] || need="$need nginx-light"
command -v caddy >/dev/null 2>&1 || need="$need caddy"
command -v wrk >/dev/null 2>&1 || need="$need wrk"
command -v smtp-sink >/dev/null 2>&1 || [ -x /usr/sbin/smtp-sink ] || need="$need postfix"
# Runs the Nu HTML checker, which comes with npm.
command -v java >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1 || need="$need default-jre-headless"
[ -z "$need" ] && exit 0
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "Es fehlen:$need. Ohne root werden sie nicht eingerichtet; die Tests, die sie brauchen, entfallen und sagen es."
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections 2>/dev/null
apt-get update -qq >/dev/null 2>&1
# A service manager is not wanted: the tests start their own servers.
# shellcheck disable=SC2086
apt-get install -y -qq --no-install-recommends $need >/dev/null 2>&1 || {
    echo "apt-get konnte nicht alles einrichten:$need"
    exit 1
}
