"""Sentences under each other with whose they are, as large as they fit; over several slides where they are many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from pptx.slide import Slide as NativeSlide

from components.deck.model import Bullets
from components.deck.words import parts
from components.exports.slides_fit import Passage, shrunk
from components.exports.slides_layouts import CONTENT_INDEX
from components.exports.slides_markup import Hue, Style
from components.exports.slides_places import Box
from components.exports.slides_text import write_passages

STATEMENT = Style(24, space=16)
SOURCE = Style(16, Hue.MUTED, space=3)
SMALLEST = 18.0
INDENT = 18.0


def statements(body: Bullets, box: Box) -> Iterator[list[Passage]]:
    """The paragraphs of each slide that the sentences need."""
    pairs = list(zip_longest(body.texts, body.sources, fillvalue=""))
    for slides in range(1, len(pairs) + 1):
        made = [shrunk(_passages(some), box, smallest=SMALLEST) for some in parts(pairs, most=-(-len(pairs) // slides))]
        fitting = [passages for passages in made if passages is not None]
        if len(fitting) == len(made):
            yield from fitting
            return
    yield from ([_passages([pair]) for pair in pairs] or [[]])


def _passages(pairs: Sequence[tuple[str, str]]) -> list[Passage]:
    return [
        passage
        for text, source in pairs
        for passage in (Passage(text, STATEMENT, indent=INDENT), Passage(source, SOURCE, level=1, indent=INDENT))
        if passage.text
    ]


def write_statements(slide: NativeSlide, *, passages: list[Passage]) -> None:
    """Write the paragraphs into the slide's placeholder for its content."""
    write_passages(slide.placeholders[CONTENT_INDEX].text_frame, passages)
