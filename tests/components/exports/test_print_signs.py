"""What people write in signs that the typeface lacks is printed all the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from components.deck.model import Bullets
from components.exports.chart_files import slide_png
from components.exports.print.pack import deck_pdf
from components.exports.print.typesetting import REPLACEMENT, with_supported_characters
from tests.components.exports.decks import LETTERS, VOICES, small_deck

STRANGE = (
    "Rahmat 👍🏽 👨\u200d👩\u200d👧 \u2764\ufe0f",
    "التعاون 漢字 हिन्दी",
    "\ue000 \ufdd0 \uffff \U000f0000 \U000e0041",
    "\ufeff \u202e \u2066 \u00ad \u2060 \u2028 \u0085",
    "Qoraqalpaqstan: á ǵ ń – „≥ 80 %“ → 5\u202f000 post\u2011qovuq Ş ğ İ 𝐀",
)


@pytest.mark.parametrize("text", STRANGE)
def test_strange_signs_are_printed_too(text: str) -> None:
    slide = replace(VOICES, title=text, heading=text, body=Bullets((text,), (text,)))
    deck = replace(small_deck(), title=text, subtitle=text, slides=(slide,))
    assert deck_pdf(deck).startswith(b"%PDF")
    assert slide_png(slide, deck).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (LETTERS, LETTERS),
        ("5\u202f000 post\u2011qovuq", "5 000 post-qovuq"),
        ("ń ğ 𝐀", "n\u0301 g A"),
        ("Zoʻr 👍", f"Zoʻr {REPLACEMENT}"),
        ("क्", REPLACEMENT),
        ("\uff02}\uff1c\uff3c", f"{REPLACEMENT}}}{REPLACEMENT}{REPLACEMENT}"),
        ("a\ufeffb", "ab"),
    ],
)
def test_a_sign_is_replaced_by_its_like_its_parts_or_one_mark(text: str, printed: str) -> None:
    assert with_supported_characters(text) == printed
