"""The programme as a DOCX (ECMA-376) for the editor of an Amtsblatt: real styles for each part, so that it is set anew in a minute.

Written here, part by part (docs/decisions/0032-events-out.md). As a program it reads a `Programme` as JSON and writes the file.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape

from stadtnah.kernel.text import xml_legal
from stadtnah.services.events.domain.programme import Entry, Programme
from stadtnah.services.events.printing.given import asked, mark, where

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R: Final = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# id, name (Word knows headings by their English names and shows German ones), based on, followed by, look.
_STYLES: Final = (
    ("Title", "Title", "Normal", "Subtitle", '<w:spacing w:after="60"/>', '<w:b/><w:sz w:val="40"/>'),
    ("Subtitle", "Subtitle", "Normal", "Normal", '<w:spacing w:after="240"/>', '<w:sz w:val="24"/>'),
    ("Heading1", "heading 1", "Normal", "Heading2", '<w:keepNext/><w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="9AA5A0"/></w:pBdr><w:spacing w:before="240" w:after="60"/><w:outlineLvl w:val="0"/>', '<w:b/><w:sz w:val="24"/>'),
    ("Heading2", "heading 2", "Normal", "TerminZeit", '<w:keepNext/><w:spacing w:before="120" w:after="0"/><w:outlineLvl w:val="1"/>', '<w:b/><w:sz w:val="21"/>'),
    ("TerminHinweis", "Termin Hinweis", "Normal", "TerminZeit", "<w:keepNext/>", '<w:b/><w:color w:val="8A1320"/>'),
    ("TerminZeit", "Termin Zeit und Ort", "Normal", "TerminAngabe", "", ""),
    ("TerminText", "Termin Text", "Normal", "TerminAngabe", "", ""),
    ("TerminAngabe", "Termin Angabe", "Normal", "TerminAngabe", "", ""),
    ("Footer", "footer", "Normal", "Footer", '<w:jc w:val="right"/>', '<w:sz w:val="16"/>'),
)  # fmt: skip
_PAGE: Final = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1020" w:right="907" w:bottom="1020" w:left="907" w:header="500" w:footer="500" w:gutter="0"/>'
_OWN: Final = ' w:customStyle="1"'
_MOMENT: Final = (2026, 1, 1, 0, 0, 0)  # the same programme gives the same bytes


def made(programme: Programme) -> bytes:
    """The file."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in _parts(programme).items():
            part = zipfile.ZipInfo(name, _MOMENT)
            part.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(part, _HEAD + text)
    return out.getvalue()


def _parts(programme: Programme) -> dict[str, str]:
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            (f"{_OFFICE}/officeDocument", "word/document.xml"),
            ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _core(programme),
        "word/_rels/document.xml.rels": _relationships(
            (f"{_OFFICE}/styles", "styles.xml"),
            (f"{_OFFICE}/settings", "settings.xml"),
            (f"{_OFFICE}/footer", "footer.xml"),
        ),
        "word/styles.xml": _styles(),
        "word/settings.xml": f'<w:settings {_W}><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="de-DE"/></w:settings>',
        "word/footer.xml": f'<w:ftr {_W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{_run("Seite ")}{_field("PAGE")}{_run(" von ")}{_field("NUMPAGES")}</w:p></w:ftr>',
        "word/document.xml": f"<w:document {_W} {_R}><w:body>{''.join(_body(programme))}</w:body></w:document>",
    }  # fmt: skip


def _body(programme: Programme) -> Iterator[str]:
    """Title over the whole width, then two columns: the end of a section is described by its last paragraph."""
    layout = f'<w:footerReference w:type="default" r:id="rId3"/><w:type w:val="continuous"/>{_PAGE}'
    yield _paragraph("Title", _run(f"{programme.title} in {programme.town}"))
    yield _paragraph("Subtitle", _run(programme.period), f"<w:sectPr>{layout}</w:sectPr>")
    for section in programme.sections:
        yield _paragraph("Heading1", _run(section.heading))
        for entry in section.entries:
            yield from _entry(entry)
    if not programme.sections:
        yield _paragraph("TerminText", _run("In dieser Zeit ist keine Veranstaltung eingetragen."))
    yield f'<w:sectPr>{layout}<w:cols w:num="2" w:space="454" w:sep="1"/></w:sectPr>'


def _entry(entry: Entry) -> Iterator[str]:
    yield _paragraph("Heading2", _run(entry.title, "<w:strike/>" if entry.off else ""))
    if entry.mark:
        yield _paragraph("TerminHinweis", _run(mark(entry)))
    yield _paragraph("TerminZeit", _run(where(entry)))
    if entry.text:
        yield _paragraph("TerminText", _run(entry.text))
    for label, text in entry.facts:
        yield _paragraph("TerminAngabe", _run(f"{label}: ", "<w:b/>") + _run(text))


def _paragraph(style: str, runs: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs}</w:p>'


def _run(text: str, look: str = "") -> str:
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{_plain(text)}</w:t></w:r>'


def _plain(text: str) -> str:
    return escape(xml_legal(text).replace("\n", " "))


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _styles() -> str:
    rows = (
        f'<w:style w:type="paragraph"{_OWN if key.startswith("Termin") else ""} w:styleId="{key}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{parent}"/><w:next w:val="{following}"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>'
        for key, name, parent, following, paragraph, letters in _STYLES
    )
    defaults = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/><w:sz w:val="19"/><w:lang w:val="de-DE"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="252" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    )
    return f"<w:styles {_W}>{defaults}{''.join(rows)}</w:styles>"


def _core(programme: Programme) -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{_plain(programme.title)}, {_plain(programme.period)}</dc:title><dc:creator>{_plain(programme.town)}</dc:creator><dc:language>de-DE</dc:language></cp:coreProperties>"
    )


def _content_types() -> str:
    parts = {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/word/styles.xml": f"{_WORD}.styles+xml",
        "/word/settings.xml": f"{_WORD}.settings+xml",
        "/word/footer.xml": f"{_WORD}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    rows = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{relations}"/><Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )


def _relationships(*targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


if __name__ == "__main__":
    sys.stdout.buffer.write(made(asked()))
