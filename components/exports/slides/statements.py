"""Slides of sentences with their sources, split over several slides where they are many."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from components.deck.model import Bullets
from components.deck.texts import even_parts
from components.exports.slides.texts import add_run, height_of

# Outline levels of the layout: sentences, whose they are, and remarks below.
SENTENCE, SOURCE, REMARK = 0, 1, 2
# Sizes of sentences with the size of their sources; the first are those of the layout.
SIZES = ((24.0, 16.0), (20.0, 14.0), (18.0, 12.0))
WIDTH, HEIGHT, SPACE = 840.0, 330.0, 16.0


def statement_parts(body: Bullets) -> Iterator[Bullets]:
    """Sentences of each slide, as even as possible."""
    pairs = list(zip_longest(body.texts, body.sources, fillvalue=""))
    for count in range(1, max(1, len(pairs)) + 1):
        made = [
            Bullets(tuple(text for text, _ in some), tuple(source for _, source in some))
            for some in even_parts(pairs, most=max(1, -(-len(pairs) // count)))
        ]
        if count >= len(pairs) or all(_height(part, *SIZES[-2]) <= HEIGHT for part in made):
            yield from made
            return


def write_statements(place: Any, body: Bullets, *, remarks: tuple[str, ...]) -> None:  # noqa: ANN401 - untyped there
    """Write sentences, their sources and below them the remarks into a placeholder."""
    sizes = next((pair for pair in SIZES if _height(body, *pair) <= HEIGHT), SIZES[-1])
    own, of_source = (None, None) if sizes == SIZES[0] else sizes
    written = [
        (text, level, size)
        for sentence, source in zip_longest(body.texts, body.sources, fillvalue="")
        for text, level, size in ((sentence, SENTENCE, own), (source, SOURCE, of_source))
    ]
    written += [(text, REMARK, None) for text in remarks]
    frame = place.text_frame
    for number, (text, level, size) in enumerate(each for each in written if each[0]):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.level = level
        add_run(paragraph, text, size=size)


def _height(body: Bullets, size: float, size_of_source: float) -> float:
    sources = [source for source in body.sources if source]
    sentences = height_of(body.texts, size=size, width=WIDTH) + SPACE * len(body.texts)
    return sentences + height_of(sources, size=size_of_source, width=WIDTH)
