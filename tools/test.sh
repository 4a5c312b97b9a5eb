#!/bin/sh
# The suite. `all` is what CI runs; `fast` the inner loop; `lint` the checks that run nothing; `coverage` counts what the suite reaches.
set -u
what=${1:-all}
PY=.venv/bin/python
export PYTHONPATH="src:."
# Parallel workers must collect the same tests in the same order, also where a set is walked.
export PYTHONHASHSEED=0
failed=""

# What tests write lies in memory where there is room: a hundred thousand small files are written and taken away again.
# A short name, as sockets lie below it; PostgreSQL's own user has to get through.
roomy() {
    [ -w /dev/shm ] && [ "$(df -Pk /dev/shm | awk 'NR == 2 { print $4 }')" -gt 8000000 ] &&
        [ "$(awk '/^MemAvailable/ { print $2 }' /proc/meminfo)" -gt 12000000 ]
}
if [ -z "${TMPDIR:-}" ] && roomy 2>/dev/null; then
    TMPDIR=$(mktemp -d /dev/shm/t-XXXXXX)
    export TMPDIR
    chmod 755 "$TMPDIR"
    trap 'rm -rf "$TMPDIR"' EXIT
    trap 'exit 130' INT TERM
fi

step() {
    name=$1
    shift
    echo "── $name"
    "$@" || failed="$failed $name"
}

lint() {
    step ruff $PY -m ruff check .
    step format $PY -m ruff format --check -q .
    step mypy $PY -m mypy --no-error-summary
    step imports .venv/bin/lint-imports --no-logo
    step sizes $PY tools/sizes.py
}

case $what in
lint)
    lint
    ;;
fast)
    step suite $PY -m pytest -q -n 2 -m "not slow and not e2e and not peer"
    ;;
all)
    step tools sh tools/apt.sh
    lint
    if [ -x "$(command -v npm)" ]; then step peers sh tools/peers.sh; else echo "── peers: Node fehlt, die Tests gegen den echten Bluesky-Server entfallen."; fi
    if command -v pg_ctl >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/pg_ctl >/dev/null 2>&1; then
        step postgresql $PY tools/postgres.py $PY -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder -m "not e2e and not peer and not slow"
    else
        echo "── postgresql: nicht installiert (ohne root wird es nicht eingerichtet), der Lauf auf PostgreSQL entfällt."
    fi
    # Last, so that the closing line is that of the whole suite on SQLite.
    step suite $PY -m pytest -n 2 --dist loadfile --no-loadscope-reorder -q --durations=15
    ;;
coverage)
    step coverage $PY -m pytest -n 2 --dist loadfile --cov --cov-report=term:skip-covered -q
    ;;
esac
if [ -n "$failed" ]; then
    echo "Nicht bestanden:$failed" >&2
    exit 1
fi
