"""`make chaos`: the fault matrix on SQLite and, where it is installed, on PostgreSQL. Ends with one JSON line."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from tools import postgres

NUMBERS = ("planned", "delivered", "lost", "twice", "unknown")


def matrix(kind: str) -> dict[str, Any]:
    """Runs the matrix in a process of its own (Django knows one database per process) and passes its table on."""
    command = [sys.executable, "-m", "chaos.matrix", kind]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        last = ""
        for line in process.stdout:
            last = line
            if not line.startswith("{"):
                print(line, end="", flush=True)
    try:
        return dict(json.loads(last))
    except ValueError:
        return {"good": False, **dict.fromkeys(NUMBERS, 0)}


def databases() -> list[str]:
    try:
        postgres.program("pg_ctl")
    except FileNotFoundError:
        print("PostgreSQL ist nicht installiert: nur SQLite.")
        return ["sqlite"]
    return ["sqlite", "postgresql"]


def main() -> int:
    results = {kind: matrix(kind) for kind in sys.argv[1:] or databases()}
    sums = {name: sum(one[name] for one in results.values()) for name in NUMBERS}
    good = all(one["good"] for one in results.values())
    print(json.dumps({"chaos": "ok" if good else "failed", **sums, "databases": results}))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
