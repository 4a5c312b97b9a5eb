#!/bin/sh
# Makes .venv also where Debian's python3-venv (ensurepip) is missing: pip comes from assets/vendor then.
set -eu
python=${1:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Stadtnah braucht Python 3.11 oder neuer (gefunden: $("$python" --version 2>&1))." >&2
    exit 1
}
if "$python" -c 'import ensurepip' 2>/dev/null; then
    "$python" -m venv .venv
else
    "$python" -m venv --without-pip .venv
    wheel=$(ls assets/vendor/pip/pip-*.whl)
    .venv/bin/python "$wheel/pip" install --quiet --no-index --disable-pip-version-check "$wheel"
fi
