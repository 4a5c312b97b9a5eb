"""Documents on the way in: what they are by their bytes, and nothing that runs."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest

from stadtnah.kernel import media
from stadtnah.kernel.media import MediaError, ingest_document
from tests.factories.documents import odf, ooxml, pdf

SCRIPT = b"1 0 << /S /JavaScript /JS (x) >>"
OBJECT_STREAM = b"7 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream endobj\n"


@pytest.fixture(autouse=True)
def data_folder(settings: Any, tmp_path: Path) -> None:
    settings.STADTNAH_DATA = tmp_path


def hidden(inside: bytes, *, packed: bytes | None = None) -> bytes:
    body = zlib.compress(inside) if packed is None else packed
    return pdf().replace(b"%%EOF", OBJECT_STREAM % (len(body), body) + b"%%EOF")


def test_a_tagged_pdf_has_no_faults() -> None:
    taken = ingest_document(pdf(), filename="plan.pdf")
    assert (taken.suffix, taken.mime, taken.faults) == ("pdf", "application/pdf", ())
    assert media.get(taken.sha256) == pdf()


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (pdf(tagged=False), "untagged"),
        (pdf(title=""), "no-title"),
        (pdf(language=""), "no-language"),
        (pdf(author="Frau Beispiel"), "author"),
        (pdf(more=b"/Names << /EmbeddedFiles 9 0 R >>"), "attachment"),
    ],
)
def test_what_citizens_would_miss_is_noted(data: bytes, fault: str) -> None:
    assert ingest_document(data, filename="plan.pdf").faults == (fault,)


def test_structure_in_packed_objects_counts() -> None:
    data = hidden(b"1 0 << /StructTreeRoot 2 0 R /Lang (de) /Title (Plan) >>").replace(
        b"/StructTreeRoot", b"/Nothing", 1
    )
    assert ingest_document(data, filename="plan.pdf").faults == ()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (pdf(more=b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "ausgeführt"),
        (pdf(more=b"/OpenAction << /S /J#61vaScript /JS (x) >>"), "ausgeführt"),
        (pdf(more=b"/OpenAction << /S /Launch /F (cmd.exe) >>"), "ausgeführt"),
        (hidden(b"1 0 << /S /JavaScript /JS (x) >>"), "ausgeführt"),
        (hidden(b"1 0 << /S /Java#53cript /JS (x) >>"), "ausgeführt"),
        (pdf(more=b"/OpenAction << /S /Rendition /JS (x) >>"), "ausgeführt"),
        (pdf(more=b"/AcroForm << /XFA 8 0 R >>"), "ausgeführt"),
        (hidden(SCRIPT).replace(b"/Filter", b" " * 1_900 + b"/Filter"), "ausgeführt"),
        (hidden(SCRIPT).replace(b"/Filter", b" " * 2_100 + b"/Filter"), "nicht prüfen"),
        (hidden(SCRIPT).replace(b"/Filter", b"/X (obj) /Filter"), "nicht prüfen"),
        (hidden(SCRIPT).replace(b"/Filter", b"/X (>>stream\n) /Filter"), "nicht prüfen"),
        (hidden(SCRIPT).replace(b"stream\n", b"stream\r", 1), "ausgeführt"),
        (hidden(SCRIPT).replace(b"/ObjStm", b"/Obj#53tm"), "ausgeführt"),
        (hidden(SCRIPT.hex().encode()), "nicht prüfen"),
        (hidden(b"", packed=SCRIPT), "nicht prüfen"),
        (hidden(b"", packed=b"no zlib at all"), "nicht prüfen"),
        (hidden(b"x" * 61_000_000), "nicht prüfen"),
        (hidden(b"", packed=b"\x80\x0b\x60\x50").replace(b"/FlateDecode", b"/LZWDecode"), "nicht prüfen"),
        (pdf(more=b"/Encrypt 9 0 R"), "verschlüsselt"),
        (odf(("Basic/Standard/Module1.xml", b"x")), "Makros"),
        (ooxml(("word/vbaProject.bin", b"x")), "Makros"),
        (odf(mime="application/x-unknown"), "Art von Datei"),
        (b"PK\x03\x04 broken", "beschädigt"),
        (b"MZ\x90\x00 a program", "Art von Datei"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "Art von Datei"),
        (b"\xd0\xcf\x11\xe0 an old office file", "Art von Datei"),
        (b"", "leer"),
    ],
)
def test_what_could_run_or_cannot_be_read_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(MediaError, match=said) as caught:
        ingest_document(data, filename="../böse.pdf")
    assert str(caught.value).startswith("„böse.pdf“: ")


@pytest.mark.parametrize(
    "data", [b"<html><script>x</script>", b"#!/bin/sh\nrm", b"a\x00b", b"MZ\x90", b"\xef\xbb\xbf <svg onload=x>", b"{\\rtf1"]
)  # fmt: skip
def test_a_text_is_only_what_is_one(data: bytes) -> None:
    with pytest.raises(MediaError, match="Textdatei"):
        ingest_document(data, filename="liste.txt")


def test_texts_become_utf_8() -> None:
    taken = ingest_document("Straße;Tag\nMühlweg;Mo".encode("cp1252"), filename="abfall.csv")
    assert (taken.suffix, media.get(taken.sha256).decode()) == ("csv", "Straße;Tag\nMühlweg;Mo")


def test_objects_of_every_kind_and_an_odd_way_to_write_them_are_read() -> None:
    for inside in (
        b"5 0 6 3 7 6 12 4711 << /Lang (de) >>",
        b"5 0 (x)",
        b"5 0 4711",
        b"5 0 false",
        b"5 0 -1.5",
        b"",
    ):
        assert ingest_document(hidden(inside), filename="plan.pdf").suffix == "pdf"


def test_a_pdf_full_of_beginnings_is_read_once() -> None:
    """Each read anew with what stands before it would never end within pytest's limit."""
    for many in (b"stream\n" * 3_000_000, b"stream\n#41" * 2_000_000, b"obj" * 8_000_000):
        assert ingest_document(pdf() + many, filename="plan.pdf").suffix == "pdf"
    with pytest.raises(MediaError, match="nicht prüfen"):
        ingest_document(pdf() + b"/ObjStm" * 3_000_000, filename="plan.pdf")


def test_office_files_are_known_by_their_parts() -> None:
    assert ingest_document(odf(), filename="x.zip").suffix == "odt"
    assert ingest_document(ooxml(), filename="x").suffix == "docx"
    noted = odf(("meta.xml", b"<meta:initial-creator>Frau Beispiel</meta:initial-creator>"))
    assert ingest_document(noted, filename="x.odt").faults == ("author",)


def test_too_large_is_refused_before_it_is_looked_at() -> None:
    with pytest.raises(MediaError, match="zu groß"):
        ingest_document(b"%PDF-" + b"0" * 25_000_000, filename="x.pdf")


def test_a_packed_bomb_is_not_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", b"0" * 50_000_000)
    assert ingest_document(out.getvalue(), filename="x.odt").suffix == "odt"
