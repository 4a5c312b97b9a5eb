"""One of each block beyond the simple ones."""

from __future__ import annotations

from stadtnah.publishing.content import Block, Picture

SOURCE = '<p>Quelle: <a href="https://zahlen.example/">Standesamt</a></p>'


def blocks_with(picture: Picture) -> tuple[Block, ...]:
    """A box, a gallery, questions, a button, figures."""
    return (
        Block("callout", title="Sirenen", html="<p>Am Samstag.</p>", style="warning"),
        Block("gallery", picture=picture),
        Block("gallery", picture=picture),
        Block("accordion", title="Wann?", html="<p>Immer montags.</p>"),
        Block("accordion", title="Wo?", html="<p>Im Rathaus.</p>"),
        Block("action", title="", html='<p>Kommen Sie.</p><p><a href="/termin/">Termin vereinbaren</a></p>'),
        Block(
            "figures",
            title="Geburten",
            rows=(("Jahr", "Geburten"), ("2025", "1.240"), ("2026", "620")),
            html=SOURCE,
            style="bars",
        ),
    )
