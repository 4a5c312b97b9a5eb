#!/bin/sh
# What others wrote and tests/peers run against or are judged by: from npm, by its lock, into .test/NAME. Needs Node 20 or newer.
set -u
cd "$(dirname "$0")/.." || exit 1
if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
    echo "Node und npm fehlen: Die Tests gegen den echten Bluesky-Server und die fremden Prüfprogramme entfallen."
    exit 0
fi
if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
    echo "Node $(node --version) ist zu alt (nötig: 20): Die Tests gegen den echten Bluesky-Server und die fremden Prüfprogramme entfallen."
    exit 0
fi

# name, what it is, further options of npm
install() {
    from="tests/peers/$1"
    to=".test/$1"
    mkdir -p "$to"
    cp "$from"/*.mjs "$to/"
    if [ -d "$to/node_modules" ] && [ -f "$to/.ready" ] && cmp -s "$from/package-lock.json" "$to/.ready"; then
        return 0
    fi
    rm -f "$to/.ready"
    cp "$from/package.json" "$from/package-lock.json" "$from/.npmrc" "$to/"
    echo "$2 (etwa zwei Minuten, 250 MB)."
    # shellcheck disable=SC2086
    if ! (cd "$to" && npm ci ${3:-} >npm.log 2>&1); then
        tail -n 20 "$to/npm.log" >&2
        return 1
    fi
    cp "$from/package-lock.json" "$to/.ready"
}

# Where Node's headers lie beside it, a package that is compiled need not fetch them.
if [ -f /usr/include/node/node.h ]; then npm_config_nodedir=/usr && export npm_config_nodedir; fi
failed=0
install pds "Der Bluesky-Server wird eingerichtet" || failed=1
# Nothing of the checkers is compiled, and no browser is fetched.
[ "${1:-}" = pds ] || install checkers "Lighthouse und die Prüfer für HTML und strukturierte Daten werden eingerichtet" --ignore-scripts || failed=1
exit $failed
