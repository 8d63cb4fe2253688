"""Exported files as LibreOffice shows them, started once for all: whole words, nothing in the foot, one face."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from pptx import Presentation

from components.deck.model import Deck, FigureColumn, Slide, Table
from components.exports.slides.presentation import deck_pptx
from components.exports.workbook.workbook import deck_xlsx
from data.language import Language, Translator
from data.policy import ScopeKind
from tests.components.deck.samples import sample_deck
from tests.components.exports.decks import (
    HOSTILE,
    LETTERS,
    deck_of,
    hostile_deck,
    hostile_slides,
    sample_slides,
    small_deck,
)
from tests.components.exports.test_minutes import minutes_of
from tests.office import embedded_fonts, page_count, page_pictures, page_texts, page_words, pdfs_of

pytestmark = pytest.mark.office
# Each kind of area and each language.
SAMPLES = {
    f"{kind}-{language}": (kind, language)
    for kind, language in (
        (ScopeKind.DISTRICT, Language.UZ_LATN),
        (ScopeKind.DISTRICT, Language.EN),
        (ScopeKind.REGION, Language.UZ_CYRL),
        (ScopeKind.NATION, Language.RU),
    )
}
STRANGE = {
    "empty": ScopeKind.DISTRICT,
    "missing": ScopeKind.NATION,
    "grown": ScopeKind.DISTRICT,
    "long": ScopeKind.NATION,
    "unbroken": ScopeKind.DISTRICT,
    "markup": ScopeKind.NATION,
}
SHIPPED = {"Inter-Regular", "Inter-SemiBold"}
# The foot of a slide begins below this line, and its body reaches from the first to the second; all in points.
WIDTH, FOOT = 960, 490
BODY_TOP, BODY_BOTTOM = 136, 480
NUMBER_OF_SIGN = Table((FigureColumn("Text"),), (("_x003D_1+1",),))


@dataclass(frozen=True)
class Shown:
    """A deck, what was made of it, and the PDF of that."""

    deck: Deck
    content: bytes
    pdf: Path


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Shown]:
    """Files of sample decks and of strange ones by their names."""
    made = {f"{name}.pptx": (sample_deck(*about), sample_slides(*about)) for name, about in SAMPLES.items()}
    made |= {f"{name}.pptx": (hostile_deck(name, kind), hostile_slides(name, kind)) for name, kind in STRANGE.items()}
    for language in Language:
        deck = sample_deck(ScopeKind.DISTRICT, language)
        made[f"{language}.docx"] = deck, minutes_of(deck)
    small, signs = small_deck(), deck_of(Slide("signs", "Signs", NUMBER_OF_SIGN, NUMBER_OF_SIGN))
    made |= {"small.pptx": (small, deck_pptx(small))}
    made |= {"small-book.xlsx": (small, deck_xlsx(small)), "signs.xlsx": (signs, deck_xlsx(signs))}
    contents = {name: content for name, (_, content) in made.items()}
    pdfs = pdfs_of(contents, folder=tmp_path_factory.mktemp("office"))
    return {name: Shown(*made[name], pdf) for name, pdf in pdfs.items()}


def slides(shown: Mapping[str, Shown]) -> dict[str, Shown]:
    """The files of slides."""
    return {name: each for name, each in shown.items() if name.endswith(".pptx")}


def test_every_slide_is_a_page_with_its_title_and_its_number(shown: Mapping[str, Shown]) -> None:
    for name in SAMPLES:
        each = shown[f"{name}.pptx"]
        file = Presentation(io.BytesIO(each.content))
        titles = [" ".join(slide.shapes.title.text_frame.text.split()) for slide in file.slides]
        assert page_count(each.pdf) == len(titles)
        pages = page_texts(each.pdf)
        assert [title for title, text in zip(titles, pages, strict=True) if title not in text] == [], name
        numbers = range(2, len(pages) + 1)
        assert [
            number for number, page in zip(numbers, pages[1:], strict=True) if str(number) not in page.split()
        ] == []


def test_no_word_leaves_the_slide_or_reaches_into_its_foot(shown: Mapping[str, Shown]) -> None:
    for name, each in slides(shown).items():
        credited = {*" · ".join(each.deck.credits).split()}
        for number, words in enumerate(page_words(each.pdf)[1:], 2):
            assert [word for word in words if word.left < 0 or word.right > WIDTH + 1] == [], f"{name}, {number}"
            low = {word.text for word in words if word.bottom > FOOT + 2}
            assert low <= credited | {str(number)}, f"{name}, {number}"


def test_every_slide_carries_the_credits_and_the_demo_mark(shown: Mapping[str, Shown]) -> None:
    for name in SAMPLES:
        each = shown[f"{name}.pptx"]
        for text in page_texts(each.pdf):
            assert " · ".join(each.deck.credits) in text
            assert each.deck.texts["demo"] in text


def test_slides_and_minutes_are_set_in_the_face_of_the_template_only(shown: Mapping[str, Shown]) -> None:
    for name in (*(f"{name}.pptx" for name in SAMPLES), *(f"{language}.docx" for language in Language)):
        assert {font.split("+")[-1] for font in embedded_fonts(shown[name].pdf)} == SHIPPED, name


def test_every_kind_of_body_is_drawn(shown: Mapping[str, Shown], tmp_path: Path) -> None:
    pdf = shown["small.pptx"].pdf
    assert LETTERS in " ".join(page_texts(pdf))
    for path in page_pictures(pdf, folder=tmp_path, dpi=36)[1:]:
        assert inked(path) > 0.01


def inked(path: Path) -> float:
    """The share of the body of a slide that is not white."""
    with Image.open(path) as picture:
        scale = picture.width / WIDTH
        body = picture.convert("L").crop((0, round(BODY_TOP * scale), picture.width, round(BODY_BOTTOM * scale)))
        return sum(count for shade, count in enumerate(body.histogram()) if shade < 245) / (body.width * body.height)


def test_minutes_say_what_was_decided_in_every_language(shown: Mapping[str, Shown]) -> None:
    for language in Language:
        text = " ".join(page_texts(shown[f"{language}.docx"].pdf))
        translate = Translator(language)
        # A PDF has one kind of space.
        assert translate("Minutes No. {number}", number="2026/3").replace("\N{NO-BREAK SPACE}", " ") in text
        assert translate("Annex: figures as finalised") in text
        assert [letter for letter in LETTERS.split() if letter not in text] == []


def test_a_spreadsheet_program_opens_the_workbook_and_prints_a_page_for_each_sheet(shown: Mapping[str, Shown]) -> None:
    each = shown["small-book.xlsx"]
    pages = page_texts(each.pdf)
    assert len(pages) == 1 + len(each.deck.slides)
    assert [s.title for s, page in zip(each.deck.slides, pages[1:], strict=True) if s.title not in page] == []
    assert f"'{HOSTILE}" in pages[2]
    assert "03.12.2026 12 4.26 63% 1,234.6" in pages[2]


def test_text_that_names_a_sign_by_its_number_stays_as_it_is(shown: Mapping[str, Shown]) -> None:
    assert "_x003D_1+1" in page_texts(shown["signs.xlsx"].pdf)[1]
