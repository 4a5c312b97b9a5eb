"""Personal data of those who sign in the blog; guests have no office that obliges them to."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Q

from stadtnah.kernel.privacy.api import OfPublic, register
from stadtnah.surfaces.website.blog.models import BlogEntryPage, BlogSeriesPage


class Signatures(OfPublic):
    """Name and function under a text."""

    key: ClassVar[str] = "signatures"
    title: ClassVar[str] = "Wer im Blog schreibt"
    legal_basis: ClassVar[str] = (
        "Art. 6 Abs. 1 Buchst. e DSGVO für Amtspersonen und Beschäftigte, die für die Kommune schreiben; für Gäste ihre "
        "Einwilligung, Art. 6 Abs. 1 Buchst. a DSGVO"
    )
    retention: ClassVar[str] = (
        "So lange, wie der Beitrag auf der Website steht. Widerruft ein Gast die Einwilligung, ändert die Redaktion den Namen am "
        "Beitrag, und die Kommune gibt ihn neu frei oder zieht ihn zurück. Freigegebene Fassungen bleiben als Nachweis der "
        "amtlichen Veröffentlichung."
    )
    notice: ClassVar[str] = (
        "Unter Beiträgen des Blogs nennen wir mit Namen und Funktion, wer sie geschrieben hat."
    )
    fields: ClassVar[tuple[str, ...]] = (
        "blog.BlogEntryPage.author_name",
        "blog.BlogEntryPage.author_role",
        "blog.BlogSeriesPage.author_name",
        "blog.BlogSeriesPage.author_role",
    )

    def in_use(self) -> bool:
        """Once somebody signs."""
        signed = ~Q(author_name="") | Q(author__isnull=False)
        return any(kind.objects.filter(signed).exists() for kind in (BlogEntryPage, BlogSeriesPage))

    def export(self, email: str) -> list[dict[str, Any]]:
        """What a person of the register signs; a guest is kept without an address."""
        rows = BlogEntryPage.objects.filter(author__mail__iexact=email)
        return [{"title": row.title, "name": row.signed[0], "function": row.signed[1]} for row in rows]


register(Signatures())
