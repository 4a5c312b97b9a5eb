"""Modules stay under 400 lines, functions under 60 (the goal is 40): past that they are cut.

The demo's drawings and texts are data in the shape of functions: only their modules are measured.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

MODULE, FUNCTION = 400, 60


def problems(folder: Path) -> list[str]:
    found = []
    for path in sorted(folder.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        lines = source.count("\n")
        if lines > MODULE:
            found.append(f"{path}: {lines} lines")
        found += [
            f"{path}:{node.lineno} {node.name}: {node.end_lineno - node.lineno + 1} lines"
            for node in ast.walk(ast.parse(source))
            if folder.name == "src"
            and isinstance(node, ast.FunctionDef)
            and node.end_lineno
            and node.end_lineno - node.lineno >= FUNCTION
        ]
    return found


if __name__ == "__main__":
    bad = [line for folder in ("src", "demo") for line in problems(Path(folder))]
    sys.stdout.write("".join(f"{line}\n" for line in bad))
    sys.exit(bool(bad))
