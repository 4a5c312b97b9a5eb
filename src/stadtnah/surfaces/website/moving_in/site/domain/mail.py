"""Mail addresses that were hidden from robots, shown again: they are the municipality's own."""

from __future__ import annotations

import re
from typing import Final

_RANGES: Final = ((0x2B, 0x3A), (0x40, 0x5A), (0x61, 0x7A))  # TYPO3's own alphabet
_TYPO3: Final = re.compile(
    r"""(["'])javascript:\s*linkTo_UnCryptMailto\((?:'|%27|&#0?39;|&quot;|\\')([^'"()]{3,300})(?:'|%27|&#0?39;|&quot;|\\')[^"']{0,20}\);?\1""",
    re.IGNORECASE,
)
_TOKEN: Final = re.compile(
    r"<a\s([^<>]{0,600}?data-mailto-token=\"[^\"]{3,300}\"[^<>]{0,600})>", re.IGNORECASE
)
_CLOUDFLARE: Final = re.compile(
    r"""<(a|span)\s[^<>]{0,300}?data-cfemail=["']([0-9a-f]{6,400})["'][^<>]{0,200}>.{0,80}?</\1>""",
    re.IGNORECASE | re.DOTALL,
)
_AT: Final = re.compile(
    r"(?<![\w.+-])([\w.+-]{1,64})\s{0,2}(?:[\[({]\s?(?:at|ät|@)\s?[\])}]|<span[^<>]{0,80}>\s?[\[(]?(?:at|ät|@)[\])]?\s?</span>)\s{0,2}"
    r"([\w-]{1,63}(?:\s{0,2}(?:\.|[\[({]\s?(?:dot|punkt|\.)\s?[\])}])\s{0,2}[\w-]{1,63}){1,5})",
    re.IGNORECASE,
)
_DOT: Final = re.compile(r"\s*[\[({]\s?(?:dot|punkt|\.)\s?[\])}]\s*|\s*\.\s*", re.IGNORECASE)
_NO_SPAM: Final = re.compile(
    r"<(span|em|i|b)\s[^<>]{0,200}?(?:display\s*:\s*none|hidden)[^<>]{0,80}>[^<>]{0,60}</\1>", re.IGNORECASE
)


def shown(html: str) -> str:
    """The html with hidden mail addresses written out."""
    lower = html.lower()
    if "uncryptmailto" in lower:
        html = _TYPO3.sub(lambda match: f'"{_decrypted(match[2]) or "#"}"', html)
    if "data-mailto-token" in lower:
        html = _TOKEN.sub(lambda match: _from_token(match[0], match[1]), html)
    if "data-cfemail" in lower:
        html = _CLOUDFLARE.sub(lambda match: _unmasked(match[2]), html)
    if "display" in lower:
        html = _NO_SPAM.sub("", html)
    if re.search(r"[\[({>]\s?(?:at|ät|@)\s?[\])}<]", lower):
        html = _AT.sub(lambda match: f"{match[1]}@{_DOT.sub('.', match[2])}", html)
    return html


def _decrypted(text: str) -> str:
    """The mailto address; "" when no shift gives one."""
    text = text.replace("&#43;", "+").replace("&amp;", "&")
    for shift in (*range(-30, 0), *range(1, 31)):
        found = "".join(_shifted(char, shift) for char in text)
        if found.startswith("mailto:") and "@" in found:
            return found
    return ""


def _shifted(char: str, shift: int) -> str:
    code = ord(char)
    for low, high in _RANGES:
        if low <= code <= high:
            return chr(low + (code - low + shift) % (high - low + 1))
    return char


def _from_token(whole: str, inside: str) -> str:
    token = re.search(r'data-mailto-token="([^"]+)"', inside, re.IGNORECASE)
    found = _decrypted(token[1]) if token else ""
    return f'<a href="{found}">' if found else whole


def _unmasked(digits: str) -> str:
    try:
        data = bytes.fromhex(digits)
    except ValueError:
        return ""
    address = bytes(byte ^ data[0] for byte in data[1:]).decode("utf-8", "replace")
    plain = re.fullmatch(r"[\w.+-]+@[\w.-]+", address)
    return f'<a href="mailto:{address}">{address}</a>' if plain else ""
