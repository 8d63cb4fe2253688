"""Deck as one HTML document that requests nothing after it is loaded, so it works when the network fails."""

from __future__ import annotations

from markupsafe import Markup

from components.deck.model import Deck
from components.shell.formatter import Formatter
from data.language import Translator
from web.page import template
from web.presenting.slides import shown_slide
from web.presenting.sources import logo, script, style
from web.presenting.texts import control_texts, controls, keys, speaker_controls


def document(deck: Deck) -> str:
    """Return the HTML of a presentation in the language of the deck."""
    translate = Translator(deck.language)
    fmt = Formatter(translate)
    count = len(deck.slides)
    shown = [shown_slide(slide, number=number, fmt=fmt) for number, slide in enumerate(deck.slides, start=1)]
    places = [translate("Slide {number} of {count}", number=number, count=count) for number in range(1, count + 1)]
    return template("present.html").render(
        deck=deck,
        slides=list(zip(shown, places, strict=True)),
        words=control_texts(translate),
        keys=keys(translate),
        controls=controls(translate),
        speaker_controls=speaker_controls(translate),
        # Our own files, in which nothing has to be escaped.
        style=Markup(style()),  # noqa: S704
        script=Markup(script()),  # noqa: S704
        logo=logo(),
    )
