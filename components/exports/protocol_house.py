"""The look of the protocol: an empty document with the house styles, the shipped typeface inside, and its footer.

The typeface goes along, so that the letters of all four languages stand on any machine. A font inside a document is
XORed in its first 32 bytes with a key that is told beside it (ECMA-376, part 4, 15.2.13): no secret, only a mark that
it belongs to the document.
"""

from __future__ import annotations

from datetime import UTC
from io import BytesIO
from string import Template
from typing import Any
from uuid import UUID, uuid5

from docx import Document
from docx.document import Document as Protocol
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm

from components.charts import palette
from components.deck.fonts import FAMILY, Weight, font_file
from components.deck.model import Deck
from components.exports.slides_text import TEXT_LANGUAGES
from data.settings import ROOT

ASSETS = ROOT / "components" / "assets" / "protocol"
STRONG_FAMILY = f"{FAMILY} SemiBold"
EMBEDDED = {FAMILY: Weight.REGULAR, STRONG_FAMILY: Weight.SEMIBOLD}
PALE = "#f4f6f9"
# More is refused in the properties of a document.
LONGEST_PROPERTY = 255
PAGE_WIDTH, PAGE_HEIGHT = 210, 297
LEFT, RIGHT, TOP, BOTTOM = 25, 15, 18, 18
_KEYS = UUID("5b0d3c55-0c53-4a0d-9d63-0f6e2f1c7a90")
_OBFUSCATED, _MASKED_BYTES = "application/vnd.openxmlformats-officedocument.obfuscatedFont", 32
_UNUSED = (
    RELATIONSHIP_TYPE.THEME,
    RELATIONSHIP_TYPE.CUSTOM_XML,
    RELATIONSHIP_TYPE.WEB_SETTINGS,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def house_document(deck: Deck, *, title: str) -> Protocol:
    """An empty A4 document in the language of the deck, with its credits at the foot of each page."""
    document = Document()
    _drop_unused(document)
    language = TEXT_LANGUAGES[deck.language]
    for kind, name in _ASSET_PARTS.items():
        document.part.part_related_by(kind)._element = parse_xml(_filled(name, language=language))  # type: ignore[attr-defined]
    _embed_fonts(document)
    about = document.core_properties
    about.title, about.subject, about.language = title[:LONGEST_PROPERTY], deck.subtitle[:LONGEST_PROPERTY], language
    about.author = about.last_modified_by = "Hamkor"
    about.comments = about.keywords = ""
    about.created = about.modified = deck.frozen_at.astimezone(UTC).replace(tzinfo=None)
    _set_page(document.sections[0])
    _write_footer(document.sections[0], deck)
    return document


_ASSET_PARTS = {
    RELATIONSHIP_TYPE.STYLES: "styles.xml",
    RELATIONSHIP_TYPE.NUMBERING: "numbering.xml",
    RELATIONSHIP_TYPE.SETTINGS: "settings.xml",
}


def document_bytes(document: Protocol) -> bytes:
    """The file."""
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def text_width(section: Section) -> float:
    """The width between the margins in points."""
    edges = (section.page_width, section.left_margin, section.right_margin)
    whole, left, right = (edge.pt if edge is not None else 0.0 for edge in edges)
    return whole - left - right


def _set_page(section: Section) -> None:
    section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.header_distance = section.footer_distance = Mm(9)


def _write_footer(section: Section, deck: Deck) -> None:
    """Demo mark and credits, and the number of the page of how many."""
    first = section.footer.paragraphs[0]
    first.text = " · ".join(deck.credits)
    numbers = section.footer.add_paragraph(style="footer")
    numbers.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _add_field(numbers._p, "PAGE")
    numbers.add_run(" / ")
    _add_field(numbers._p, "NUMPAGES")


def _add_field(paragraph: Any, code: str) -> None:  # noqa: ANN401 - an element of the document
    field = OxmlElement("w:fldSimple", attrs={qn("w:instr"): code})
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph.append(field)


def _drop_unused(document: Protocol) -> None:
    """Leave out what the template brings along and nothing here uses, a picture of it among them."""
    for rels in (document.part.rels, document.part.package.rels):
        for key, relation in list(rels.items()):
            if relation.reltype in {*_UNUSED, RELATIONSHIP_TYPE.THUMBNAIL}:
                rels.pop(key)


def _filled(name: str, *, language: str) -> bytes:
    text = Template((ASSETS / name).read_text(encoding="utf-8"))
    return text.substitute(
        language=language,
        body_font=FAMILY,
        heading_font=STRONG_FAMILY,
        **{
            colour: code.removeprefix("#").upper()
            for colour, code in {
                "text": palette.TEXT,
                "deep": palette.SEQUENTIAL[-1],
                "muted": palette.MUTED_TEXT,
                "attention": palette.ATTENTION,
                "line": palette.COMPARISON,
                "pale": PALE,
            }.items()
        },
    ).encode()


def _embed_fonts(document: Protocol) -> None:
    table = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    listed = []
    for number, (family, weight) in enumerate(EMBEDDED.items(), 1):
        key = uuid5(_KEYS, family)
        content = masked(font_file(weight).read_bytes(), key=key)
        place = PackURI(f"/word/fonts/font{number}.odttf")
        font = Part(place, _OBFUSCATED, content, document.part.package)
        link = table.relate_to(font, RELATIONSHIP_TYPE.FONT)
        listed.append(
            f'<w:font w:name="{family}"><w:altName w:val="Arial"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>'
            f'<w:embedRegular r:id="{link}" w:fontKey="{{{str(key).upper()}}}"/></w:font>'
        )
    fonts = f'<w:fonts xmlns:w="{_WORD}" xmlns:r="{_LINKS}">{"".join(listed)}</w:fonts>'
    table._blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{fonts}'.encode()


def masked(content: bytes, *, key: UUID) -> bytes:
    """A font as a document holds it; masked again with the same key it is the font."""
    mask = key.bytes[::-1] * 2
    head = bytes(byte ^ sign for byte, sign in zip(content[:_MASKED_BYTES], mask, strict=True))
    return head + content[_MASKED_BYTES:]
