#!/bin/sh
# The real Bluesky server that tests/peers talk to: from npm, by its lock, into .test/pds. Needs Node 20 or newer.
set -u
cd "$(dirname "$0")/.." || exit 1
from=tests/peers/pds
to=.test/pds
if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
    echo "Node und npm fehlen: Die Tests gegen den echten Bluesky-Server entfallen."
    exit 0
fi
if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
    echo "Node $(node --version) ist zu alt (nötig: 20): Die Tests gegen den echten Bluesky-Server entfallen."
    exit 0
fi
mkdir -p "$to"
cp "$from/start.mjs" "$to/"
if [ -d "$to/node_modules" ] && [ -f "$to/.ready" ] && cmp -s "$from/package-lock.json" "$to/.ready"; then
    exit 0
fi
rm -f "$to/.ready"
cp "$from/package.json" "$from/package-lock.json" "$from/.npmrc" "$to/"
# Where Node's headers lie beside it, a package that is compiled need not fetch them.
if [ -f /usr/include/node/node.h ]; then npm_config_nodedir=/usr && export npm_config_nodedir; fi
echo "Der Bluesky-Server wird eingerichtet (etwa zwei Minuten, 250 MB)."
if ! (cd "$to" && npm ci >npm.log 2>&1); then
    tail -n 20 "$to/npm.log" >&2
    exit 1
fi
cp "$from/package-lock.json" "$to/.ready"
