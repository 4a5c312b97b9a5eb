"""One-line texts and safe markup for mails."""

from __future__ import annotations

import unicodedata
from urllib.parse import urljoin, urlsplit

import nh3

from stadtnah.publishing.content import Content, Picture

UNSUBSCRIBE = "{{unsubscribe_url}}"  # the only personal part of a rendered mail
_TAGS = {"p", "ul", "ol", "li", "a", "strong", "em", "h3", "h4", "br"}


def line(text: str, limit: int = 0) -> str:
    """`text` in one line without control characters, so that it can stand in a header; cut at `limit` characters."""
    plain = "".join(" " if unicodedata.category(sign) in {"Cc", "Zl", "Zp", "Cs"} else sign for sign in text)
    plain = " ".join(plain.split())
    if limit and len(plain) > limit:
        plain = plain[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"
    return plain


def inert(text: str) -> str:
    """A message cannot smuggle in a placeholder: its braces fall apart."""
    return text.replace("{{", "{ {")


def base_url(content: Content) -> str:
    """The town's website, without a slash at the end."""
    parts = urlsplit(content.link)
    return f"{parts.scheme}://{parts.netloc}"


def picture_url(content: Content, picture: Picture) -> str:
    """Where the town's own website serves the picture once the message is out: by its digest, the same for everybody."""
    return base_url(content) + picture.mail_path


def markup(html: str, content: Content) -> str:
    """The markup of a block with absolute addresses and nothing that a mail cannot show."""

    def absolute(_tag: str, name: str, value: str) -> str | None:
        return urljoin(content.link, value) if name == "href" else None

    return nh3.clean(
        inert(html),
        tags=_TAGS,
        attributes={"a": {"href"}},
        attribute_filter=absolute,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
