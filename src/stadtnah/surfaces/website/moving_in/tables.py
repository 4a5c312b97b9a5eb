"""Tables: which of them hold data and which only hold a layout, and data as plain rows."""

from __future__ import annotations

from stadtnah.surfaces.website.moving_in.tree import Node

_MAX_ROWS = 500
_MAX_COLUMNS = 30
_LONG_CELL = 240  # characters; longer ones are text that was put beside a picture


def rows_of(table: Node) -> list[Node]:
    """The rows of this table, not of tables inside it."""
    found: list[Node] = []
    for child in table.children:
        if isinstance(child, Node):
            if child.tag == "tr":
                found.append(child)
            elif child.tag in {"thead", "tbody", "tfoot"}:
                found += rows_of(child)
    return found


def cells_of(row: Node) -> list[Node]:
    """The cells of a row."""
    return [child for child in row.children if isinstance(child, Node) and child.tag in {"td", "th"}]


def holds_data(table: Node) -> bool:
    """Whether a table is one to its readers: several rows and columns of short texts, or with a head."""
    if table.attributes.get("role") in {"presentation", "none"} or table.all("table"):
        return False
    rows = [cells for row in rows_of(table) if (cells := cells_of(row))]
    if len(rows) < 2 or max(len(cells) for cells in rows) < 2:  # noqa: PLR2004 - a table has two of both
        return False
    cells = [cell for row in rows for cell in row]
    if any(cell.all("img", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote") for cell in cells):
        return False
    return any(cell.tag == "th" for cell in cells) or all(len(cell.words()) <= _LONG_CELL for cell in cells)


def plain_rows(table: Node) -> tuple[tuple[str, ...], ...]:
    """The texts, every row as long as the longest. A cell over several rows stands in each of them."""
    grid: list[list[str]] = []
    above: dict[int, tuple[int, str]] = {}  # column: rows still to fill, text
    for row in rows_of(table)[:_MAX_ROWS]:
        line: list[str] = []
        below: dict[int, tuple[int, str]] = {}
        for cell in cells_of(row):
            _fill(line, above, below)
            text, down = cell.words(), _span(cell, "rowspan")
            for number in range(_span(cell, "colspan")):
                shown = "" if number else text
                if down > 1:
                    below[len(line)] = (down - 1, shown)
                line.append(shown)
        _fill(line, above, below)
        above = below
        if any(line):
            grid.append(line[:_MAX_COLUMNS])
    width = max((len(line) for line in grid), default=0)
    return tuple(tuple(line + [""] * (width - len(line))) for line in grid)


def has_head(table: Node) -> bool:
    """Whether the first row is marked as the head, by its tags or by being all bold."""
    rows = rows_of(table)
    cells = cells_of(rows[0]) if rows else []
    return bool(cells) and all(
        cell.tag == "th"
        or not cell.words()
        or any(cell.words() == bold.words() for bold in cell.all("strong"))
        for cell in cells
    )


def caption_of(table: Node) -> str:
    """The table's own caption."""
    return next((node.words() for node in table.all("caption")), "")


def _fill(line: list[str], above: dict[int, tuple[int, str]], below: dict[int, tuple[int, str]]) -> None:
    while len(line) in above:
        left, text = above[len(line)]
        if left > 1:
            below[len(line)] = (left - 1, text)
        line.append(text)


def _span(cell: Node, name: str) -> int:
    digits = cell.attributes.get(name, "")
    return min(20, max(1, int(digits))) if digits.isascii() and digits.isdigit() and len(digits) < 5 else 1  # noqa: PLR2004 - no number has more
