"""The proof as a PDF for the file. The JSON is what can be checked; the PDF says so.

As a program (`proof_print` starts it) it reads what `made` takes as JSON and writes the PDF.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from stadtnah.kernel import clock
from stadtnah.kernel.text import grouped

_STATES = {
    "sent": "zugestellt",
    "failed": "nicht zugestellt",
    "unknown": "ungeklärt",
    "stopped": "angehalten",
    "planned": "wartet",
    "sending": "wird gesendet",
}
_MOST_ROWS = 400


def made(proof: dict[str, Any], title: str, labels: dict[str, str]) -> bytes:
    """A4, German, with every release and every delivery (newsletters summed up past 400 rows).

    `labels` names the accounts for people.
    """
    sheet = getSampleStyleSheet()
    deliveries = [{**r, "account": labels.get(r["account"], r["account"])} for r in proof["deliveries"]]
    small = ParagraphStyle("small", parent=sheet["BodyText"], fontSize=8, leading=10)
    title_style = ParagraphStyle("left", parent=sheet["Title"], alignment=TA_LEFT)
    out = BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=A4, title=f"Nachweis: {title}", author=proof["town"], lang="de-DE",
        subject="Freigaben und Zustellungen", creator="Stadtnah", keywords="Nachweis",
        leftMargin=18 * mm, rightMargin=18 * mm, topMargin=18 * mm, bottomMargin=18 * mm,
    )  # fmt: skip
    story = [
        Paragraph(escape(f"Nachweis: {title}"), title_style),
        Paragraph(escape(f"{proof['town']} · ausgestellt am {_when(proof['made_at'])}"), sheet["BodyText"]),
        Spacer(1, 5 * mm),
        Paragraph("Freigaben", sheet["Heading2"]),
        _table(
            [["Fassung", "freigegeben von", "am", "Prüfsumme (SHA-256)"]]
            + [[str(a["number"]), _who(a), _when(a["at"]), a["digest"]] for a in proof["approvals"]],
            small,
            [16, 45, 42, 71],
        ),
        *(Paragraph(escape(line), small) for line in _halts(proof)),
        Paragraph("Zustellungen", sheet["Heading2"]),
        *_deliveries(deliveries, small),
        Spacer(1, 5 * mm),
        Paragraph(
            "Prüfen lässt sich dieser Nachweis mit der JSON-Ausgabe und dem Befehl „stadtnah check proof DATEI“. "
            f"Öffentlicher Schlüssel der Kommune: {escape(proof['public_key'])}",
            small,
        ),
    ]
    document.build(story)
    return out.getvalue()


def _halts(proof: dict[str, Any]) -> list[str]:
    """Who halted a dispatch and who let it go on."""
    return [
        f"Fassung {approval['number']}: angehalten von {halt['by']} am {_when(halt['at'])}"
        + (
            f", fortgesetzt von {halt['lifted_by']} am {_when(halt['lifted_at'])}"
            if halt["lifted_at"]
            else ""
        )
        for approval in proof["approvals"]
        for halt in approval["halts"]
    ]


def _deliveries(rows: list[dict[str, Any]], small: ParagraphStyle) -> list[Any]:
    head = ["Kanal", "Ergebnis", "Zeit", "Adresse oder Grund"]
    many = {account for account, number in Counter(r["account"] for r in rows).items() if number > _MOST_ROWS}
    shown = [
        [
            r["account"],
            _STATES[r["state"]],
            _when(r["finished_at"]),
            r["url"] or r["reason"] or r["remote_id"],
        ]
        for r in rows
        if r["account"] not in many
    ]
    for account in sorted(many):
        mine = [r for r in rows if r["account"] == account]
        for state, number in Counter(r["state"] for r in mine).items():
            last = max(
                (r["finished_at"] for r in mine if r["state"] == state and r["finished_at"]), default=None
            )
            until = f"bis {_when(last)}" if last else ""
            shown.append([account, _STATES[state], until, f"{grouped(number)} Zustellungen"])
    return [_table([head, *shown], small, [34, 30, 42, 68])]


def _table(rows: list[list[str]], style: ParagraphStyle, widths: list[int]) -> Table:
    cells = [[Paragraph(_cell(cell), style) for cell in row] for row in rows]
    table = Table(cells, colWidths=[w * mm for w in widths], repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#e8eeeb")),
                ("LINEBELOW", (0, 0), (-1, -1), 0.25, colors.HexColor("#9aa5a0")),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
        )
    )
    return table


def _cell(text: str) -> str:
    """Long digests and addresses wrap where the column ends; nothing is put between their signs, so they can be copied."""
    shown = str(escape(text))
    return (
        f'<a href="{escape(text, {chr(34): "&quot;"})}" color="#14506e">{shown}</a>'
        if text.startswith("https://")
        else shown
    )


def _who(approval: dict[str, Any]) -> str:
    return str(approval["approver"]) + (" (in Vertretung)" if approval["role"] == "deputy" else "")


def _when(value: str | None) -> str:
    return clock.german_datetime(datetime.fromisoformat(value)) if value else ""


if __name__ == "__main__":
    sys.stdout.buffer.write(made(**json.load(sys.stdin.buffer)))
