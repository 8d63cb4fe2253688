"""What the pictures of a deck share: their size and the size of their type, grey for colour, the SVG around them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from components.deck.fonts import FAMILY

# So many heights of type go into a picture's height and width: legible from the back of a room at slide size.
_LINES, _EMS = 25, 48
_TAG, _READ_OUT = re.compile("<[a-z][^<>]*>"), re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_OWN = re.compile(r'(\bid="|url\(#|href="#)')


@dataclass(frozen=True)
class Size:
    """Width and height of a picture in pixels; type and lines grow with it, so a larger picture is the same one.

    ``type_height`` is given where a picture stands between lines of text instead of filling a slide.
    """

    width: float
    height: float
    type_height: float = 0.0

    @property
    def em(self) -> float:
        """The height of the type."""
        return self.type_height or min(self.width / _EMS, self.height / _LINES)


def luminance(colour: str) -> float:
    """How light a colour ``#rrggbb`` is, from 0 to 1, as grey print and the eye weigh its parts (Rec. 709)."""
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def painted(colour: str, *, is_grey: bool) -> str:
    """The colour, or the grey that is as light."""
    return "#" + f"{round(luminance(colour) * 255):02x}" * 3 if is_grey else colour


def text_tag(words: str, attributes: str) -> str:
    """A text of an SVG picture, safe whatever it holds."""
    return f"<text {attributes}>{escape(words)}</text>"


def picture(content: str, *, size: Size, alternative: str) -> str:
    """A whole SVG picture that says in words what is to be seen; several of them may stand in one document."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size.width:g}" height="{size.height:g}" '
        f'viewBox="0 0 {size.width:g} {size.height:g}" font-family="{FAMILY}, sans-serif" '
        f'role="img" aria-label={quoteattr(alternative)}>'
    )
    return with_own_names(f"{head}{content}</svg>")


def labelled(svg: str, *, alternative: str) -> str:
    """An SVG picture that another program drew, as :func:`picture` makes them: one picture to be read out, not many."""
    silent = _TAG.sub(lambda tag: _READ_OUT.sub("", tag[0]), svg)
    return with_own_names(silent.replace("<svg ", f'<svg role="img" aria-label={quoteattr(alternative)} ', 1))


def with_own_names(svg: str) -> str:
    """The picture with names inside it that no other picture of the same document has."""
    digest = hashlib.sha256(svg.encode()).hexdigest()[:8]
    return _OWN.sub(rf"\g<1>p{digest}-", svg)
