"""Writes MANIFEST.json beside the third-party files: name, version, licence, where from, SHA-256 of each file."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PARTS = {
    "assets/vendor": [
        {
            "name": "@kern-ux/native",
            "version": "2.7.2",
            "licence": "EUPL-1.2",
            "changes": "cut to tokens and used components (tools/vendor_subset.py)",
            "files": ["kern/kern.css", "kern/LICENSE.md"],
        },
        {
            "name": "@fontsource/fira-sans",
            "version": "5.3.0",
            "licence": "OFL-1.1",
            "changes": "Latin subset as published, without hinting and unused features; for print Latin, Cyrillic and Greek in one file (tools/vendor.sh)",
            "files": [
                *(f"fonts/fira-sans-{face}.woff2" for face in ("400-normal", "400-italic", "600-normal")),
                *(f"fonts/fira-sans-print-{weight}.ttf" for weight in ("400", "600")),
                "fonts/OFL.txt",
            ],
        },
        {
            "name": "pip",
            "version": "25.3",
            "licence": "MIT",
            "changes": "none; for machines whose Python comes without pip",
            "files": ["pip/pip-25.3-py3-none-any.whl"],
        },
    ],
    "tests/vendor": [
        {
            "name": "axe-core",
            "version": "4.14.1",
            "licence": "MPL-2.0",
            "changes": "none",
            "files": ["axe.min.js", "axe-LICENSE"],
        }
    ],
}


def main() -> None:
    for folder, parts in PARTS.items():
        entries = [
            {**part, "files": {name: digest(ROOT / folder / name) for name in part["files"]}}
            for part in parts
        ]
        text = json.dumps(entries, indent=2, ensure_ascii=False)
        (ROOT / folder / "MANIFEST.json").write_text(text + "\n", encoding="utf-8")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
