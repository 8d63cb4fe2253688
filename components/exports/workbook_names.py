"""Names of sheets: short, without the signs that spreadsheets refuse, and each only once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from components.exports.cells import clean

LONGEST_NAME = 31
_REFUSED = re.compile(r"[\[\]:*?/\\']")


def sheet_names(headings: Sequence[str], *, taken: str) -> list[str]:
    """A name for each heading: its number and as much of it as fits; ``taken`` is a name that is used already."""
    used = {taken.casefold()}
    names = []
    for number, heading in enumerate(headings, 1):
        name = _short(f"{number}. {_REFUSED.sub(' ', clean(heading))}")
        # The number makes it unlike the others; a name that is taken can only be one of the product's own words.
        names.append(name if name.casefold() not in used else f"{number}.")
        used.add(names[-1].casefold())
    return names


def _short(text: str) -> str:
    """At most the longest name, cut at a word where there is one."""
    text = " ".join(text.split())
    if len(text) <= LONGEST_NAME:
        return text
    cut = text[: LONGEST_NAME - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[8:] else cut[:-1]).rstrip(" ,;:–-") + "…"
