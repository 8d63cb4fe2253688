"""Slides as LibreOffice shows them: a page each, titles whole, in the shipped typeface, nothing in the foot."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from pptx import Presentation

from components.deck.model import Deck
from components.exports import slides_places as places
from components.exports.slides import deck_pptx
from data.language import Language
from data.policy import ScopeKind
from tests.components.deck.samples import sample_deck
from tests.components.exports.decks import LETTERS, small_deck
from tests.office import embedded_fonts, page_count, page_pictures, page_texts, page_words, pdf_of

pytestmark = pytest.mark.office
DECKS = [
    *((ScopeKind.DISTRICT, language) for language in Language),
    (ScopeKind.REGION, Language.UZ_LATN),
    (ScopeKind.NATION, Language.RU),
]
SHIPPED = {"Inter-Regular", "Inter-SemiBold"}


@pytest.fixture(scope="module", params=DECKS, ids=lambda deck: f"{deck[0]}-{deck[1]}")
def shown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Deck, bytes, Path]:
    """A sample deck, its slides, and the PDF that LibreOffice makes of them."""
    deck = sample_deck(*request.param)
    content = deck_pptx(deck)
    return deck, content, pdf_of(content, name="pack.pptx", folder=tmp_path_factory.mktemp("slides"))


def test_every_slide_is_a_page_with_its_title(shown: tuple[Deck, bytes, Path]) -> None:
    _, content, pdf = shown
    titles = [
        " ".join(slide.shapes.title.text_frame.text.split()) for slide in Presentation(io.BytesIO(content)).slides
    ]
    assert page_count(pdf) == len(titles)
    missing = [title for title, text in zip(titles, page_texts(pdf), strict=True) if title not in text]
    assert missing == []


def test_only_the_shipped_typeface_is_used(shown: tuple[Deck, bytes, Path]) -> None:
    assert {name.split("+")[-1] for name in embedded_fonts(shown[2])} == SHIPPED


def test_no_word_leaves_the_slide_or_reaches_into_its_foot(shown: tuple[Deck, bytes, Path]) -> None:
    deck, _, pdf = shown
    credited = {*" · ".join(deck.credits).split()}
    for number, words in enumerate(page_words(pdf)[1:], 2):
        assert [word for word in words if word.left < 0 or word.right > places.WIDTH + 1] == []
        low = {word.text for word in words if word.bottom > places.FOOT_RULE + 2}
        assert low <= credited | {str(number)}
        assert str(number) in low


def test_every_slide_carries_the_credits_and_the_demo_mark(shown: tuple[Deck, bytes, Path]) -> None:
    deck, _, pdf = shown
    for text in page_texts(pdf):
        assert " · ".join(deck.credits) in text
        assert deck.words["demo"] in text


def test_every_kind_of_body_is_drawn(tmp_path: Path) -> None:
    pdf = pdf_of(deck_pptx(small_deck()), name="pack.pptx", folder=tmp_path)
    assert LETTERS in " ".join(page_texts(pdf))
    for path in page_pictures(pdf, folder=tmp_path, dpi=36)[1:]:
        assert inked(path) > 0.01


def inked(path: Path) -> float:
    """The share of the body of a slide that is not white."""
    with Image.open(path) as picture:
        scale = picture.width / places.WIDTH
        box = places.BODY
        body = picture.convert("L").crop((box.left * scale, box.top * scale, box.right * scale, box.bottom * scale))
        return sum(count for shade, count in enumerate(body.histogram()) if shade < 245) / (body.width * body.height)
