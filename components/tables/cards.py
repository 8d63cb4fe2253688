"""Cards side by side, each with a few texts: one piece of HTML for all of them.

As Streamlit elements each card would cost the browser a fiftieth of a second at every step of a weight slider.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from components.charts.palette import BadgeColour
from components.tables.links import Link, link_html


@dataclass(frozen=True)
class Card:
    """A card. All texts come translated and are escaped here.

    With a ``badge`` the heading is a badge of that colour and ``text`` is emphasised, else the heading is. ``icon`` is
    the name of a Material symbol, ``address`` what the text leads to.
    """

    heading: str
    text: str
    note: str = ""
    icon: str = ""
    badge: BadgeColour | None = None
    address: str = ""


def cards(boxes: Sequence[Card]) -> str:
    """Return the cards as an HTML list: side by side where there is room, under each other on a phone."""
    return f'<ul class="hamkor-cards">{"".join(_box(box) for box in boxes)}</ul>'


def _box(box: Card) -> str:
    heading = escape(box.heading)
    text = link_html(Link(box.text, box.address)) if box.address else escape(box.text)
    icon = f'<i aria-hidden="true" translate="no">{escape(box.icon)}</i>' if box.icon else ""
    if box.badge is None:
        content = f"<p><strong>{icon}{heading}</strong></p><p>{text}</p>"
    else:
        content = f'<p><em class="is-{box.badge}">{icon}{heading}</em></p><p><strong>{text}</strong></p>'
    note = f'<p class="note">{escape(box.note)}</p>' if box.note else ""
    return f"<li>{content}{note}</li>"
