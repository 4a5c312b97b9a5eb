"""Renews the interface's catalogues: collects English msgids (needs xgettext), keeps the German, compiles.

Usage: python -m tools.messages [--compile-only]. The .mo files are committed: a bare Debian has no msgfmt.
"""

from __future__ import annotations

import ast
import os
import struct
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "src" / "stadtnah" / "locale"
STAFF = ROOT / "src" / "stadtnah" / "locale_staff"  # words of foreign parts of the desk, kept by hand
LANGUAGES = ("de", "en")


def read_po(path: Path) -> dict[str, str]:
    """Msgid (plural and context joined the way gettext does) to msgstr, the header under ""."""
    entries: dict[str, str] = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        fields: dict[str, str] = {}
        name = ""
        guessed = "#, fuzzy" in block  # gettext's guess from a similar sentence, nobody's translation
        for line in block.splitlines():
            if line.startswith(("#", '"')):
                if line.startswith('"'):
                    fields[name] += ast.literal_eval(line)
                continue
            name, _, text = line.partition(" ")
            fields[name] = ast.literal_eval(text)
        if "msgid" not in fields:
            continue
        key = fields["msgid"] + (f"\0{fields['msgid_plural']}" if "msgid_plural" in fields else "")
        if "msgctxt" in fields:
            key = f"{fields['msgctxt']}\x04{key}"
        plurals = [fields[f"msgstr[{index}]"] for index in range(4) if f"msgstr[{index}]" in fields]
        text = "\0".join(plurals) if plurals else fields.get("msgstr", "")
        entries[key] = "" if guessed else text
    return entries


def compiled(entries: dict[str, str]) -> bytes:
    """The .mo file (GNU gettext manual, „The Format of GNU MO Files“); untranslated entries are left out."""
    pairs = sorted((key.encode(), text.encode()) for key, text in entries.items() if text.strip("\0"))
    start = 7 * 4 + 16 * len(pairs)
    ids = b"\0".join(key for key, _ in pairs) + b"\0"
    table, texts, at, text_at = [], [], start, start + len(ids)
    for key, text in pairs:
        table.append((len(key), at))
        texts.append((len(text), text_at))
        at, text_at = at + len(key) + 1, text_at + len(text) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    index = b"".join(struct.pack("<2I", *entry) for entry in (*table, *texts))
    return head + index + ids + b"".join(text + b"\0" for _, text in pairs)


def main() -> None:
    if "--compile-only" not in sys.argv:
        options = ["--no-location", "--no-wrap", "--no-obsolete", "--ignore", "surfaces/desk/*"]
        languages = [part for code in LANGUAGES for part in ("-l", code)]
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "stadtnah.project.settings.test",
        }
        command = [sys.executable, "-m", "django", "makemessages", *languages, *options]
        subprocess.run(command, cwd=ROOT / "src" / "stadtnah", env=environment, check=True)
    for code in LANGUAGES:
        folder = LOCALE / code / "LC_MESSAGES"
        lines = (folder / "django.po").read_text(encoding="utf-8").splitlines(keepends=True)
        noise = ('"POT-Creation-Date', '"Report-Msgid-Bugs-To')  # differs at each run, says nothing
        (folder / "django.po").write_text(
            "".join(line for line in lines if not line.startswith(noise)), "utf-8"
        )
        entries = read_po(folder / "django.po")
        if code == "en":
            entries = {key: (text.strip("\0") and text) or key for key, text in entries.items()}
        (folder / "django.mo").write_bytes(compiled(entries))
    for source in sorted((STAFF / "de" / "LC_MESSAGES").glob("*.po")):
        source.with_suffix(".mo").write_bytes(compiled(read_po(source)))


if __name__ == "__main__":
    main()
