"""The shipped typeface inside the file, so that slides look the same on a machine that does not have it.

PowerPoint keeps embedded fonts as Embedded OpenType: a header with names and marks of the font, then the font itself.
The header is that of version 2.1 without compression (https://www.w3.org/submissions/EOT/), its values are read from
the tables ``OS/2`` and ``head`` of the font (https://learn.microsoft.com/typography/opentype/spec/).
"""

from __future__ import annotations

import struct
from functools import cache

from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Slides

from components.deck.fonts import FAMILY, Weight, font_file

# The families that the files name to programs which know only four styles of each.
FAMILIES = {Weight.REGULAR: FAMILY, Weight.SEMIBOLD: f"{FAMILY} SemiBold"}
VERSION, MAGIC, ANY_CHARSET = 0x00020001, 0x504C, 1
CONTENT_TYPE = "application/x-fontdata"
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
PRESENTATION = "http://schemas.openxmlformats.org/presentationml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def embed_fonts(slides: Slides) -> None:
    """Put every weight of the typeface into the file, each as a family of its own, as the theme names them."""
    entries = []
    for number, weight in enumerate(Weight, 1):
        name = PackURI(f"/ppt/fonts/font{number}.fntdata")
        part = Part(name, CONTENT_TYPE, slides.part.package, embedded_font(weight))
        key = slides.part.relate_to(part, RELATIONSHIP)
        entries.append(f'<p:font typeface="{FAMILIES[weight]}"/><p:regular r:id="{key}"/>')
    listed = "".join(f"<p:embeddedFont>{entry}</p:embeddedFont>" for entry in entries)
    markup = f'<p:embeddedFontLst xmlns:p="{PRESENTATION}" xmlns:r="{RELATIONSHIPS}">{listed}</p:embeddedFontLst>'
    slides.part._element.find("{*}notesSz").addnext(parse_xml(markup))


@cache
def embedded_font(weight: Weight) -> bytes:
    """A weight of the typeface as Embedded OpenType, without compression."""
    font = font_file(weight).read_bytes()
    marks, check_sum = _table(font, b"OS/2"), struct.unpack_from(">I", _table(font, b"head"), 8)[0]
    (weight_class,), (rights,) = struct.unpack_from(">H", marks, 4), struct.unpack_from(">H", marks, 8)
    ranges, pages = struct.unpack_from(">4I", marks, 42), struct.unpack_from(">2I", marks, 78)
    after_sizes = struct.pack("<2I", VERSION, 0) + marks[32:42]
    after_sizes += struct.pack("<2BI2H", ANY_CHARSET, 0, weight_class, rights, MAGIC)
    after_sizes += struct.pack("<7I16x", *ranges, *pages, check_sum)
    family, style, version = FAMILIES[weight], "Regular", ""
    after_sizes += b"".join(_name(text) for text in (family, style, version, family)) + struct.pack("<2H", 0, 0)
    size = 8 + len(after_sizes) + len(font)
    return struct.pack("<2I", size, len(font)) + after_sizes + font


def _table(font: bytes, tag: bytes) -> bytes:
    """A table of a TrueType font by its tag."""
    (count,) = struct.unpack_from(">H", font, 4)
    for number in range(count):
        found, _, start, length = struct.unpack_from(">4s3I", font, 12 + 16 * number)
        if found == tag:
            return font[start : start + length]
    raise LookupError(tag)


def _name(text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return struct.pack("<2H", 0, len(encoded)) + encoded
