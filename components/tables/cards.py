"""Cards side by side, each with a few texts: one piece of HTML for all of them.

As Streamlit elements each card would cost the browser a fiftieth of a second at every step of a weight slider.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from components.charts.palette import MUTED_TEXT, BadgeColour

# Text on its ground as in the theme file, which draws the badges of Streamlit's.
_BADGES = {"blue": ("#1b4f8f", "#e6eef7"), "orange": ("#9a4408", "#fdefe0"), "gray": ("#46566a", "#eef1f5")}
_COLOURS = "\n".join(f".hamkor-cards .is-{name} {{ color: {text}; background: {ground}; }}"
                     for name, (text, ground) in _BADGES.items())  # fmt: skip
_STYLE = f"""<style>
ul.hamkor-cards {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); gap: 1rem;
  list-style: none; margin: 0; padding: 0; }}
.hamkor-cards li {{ margin: 0; padding: 1rem; border: 1px solid #dbe2ea; border-radius: .4rem; }}
.hamkor-cards p {{ margin: 0 0 .5rem; }}
.hamkor-cards p:last-child {{ margin: 0; }}
.hamkor-cards .note {{ font-size: .875rem; color: {MUTED_TEXT}; }}
.hamkor-cards em {{ display: inline-flex; align-items: center; gap: .25rem; font-style: normal; padding: 0 .375rem;
  border-radius: .25rem; print-color-adjust: exact; }}
.hamkor-cards i {{ font: 1.25rem "Material Symbols Rounded"; }}
{_COLOURS}
</style>"""


@dataclass(frozen=True)
class Card:
    """A card. All texts come translated and are escaped here.

    With a ``badge`` the heading is a badge of that colour and ``text`` is emphasised, else the heading is. ``icon`` is
    the name of a Material symbol.
    """

    heading: str
    text: str
    note: str = ""
    icon: str = ""
    badge: BadgeColour | None = None


def cards(boxes: Sequence[Card]) -> str:
    """Return the cards as an HTML list: side by side where there is room, under each other on a phone."""
    return f'{_STYLE}<ul class="hamkor-cards">{"".join(_box(box) for box in boxes)}</ul>'


def _box(box: Card) -> str:
    heading, text = escape(box.heading), escape(box.text)
    icon = f'<i aria-hidden="true" translate="no">{escape(box.icon)}</i>' if box.icon else ""
    if box.badge is None:
        content = f"<p><strong>{icon}{heading}</strong></p><p>{text}</p>"
    else:
        content = f'<p><em class="is-{box.badge}">{icon}{heading}</em></p><p><strong>{text}</strong></p>'
    note = f'<p class="note">{escape(box.note)}</p>' if box.note else ""
    return f"<li>{content}{note}</li>"
