"""Names of sheets: short, without the signs that spreadsheets refuse, and each only once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from components.exports.cells import clean

LONGEST_NAME = 31
# Rather than lose more than this a word is cut.
SHORTEST_CUT = 8
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
    words, rest = text[: LONGEST_NAME - 1], text[LONGEST_NAME - 1 :]
    if not rest.startswith(" ") and " " in words[SHORTEST_CUT:]:
        words = words.rsplit(" ", 1)[0]
    return words.rstrip(" ,;:–-") + "…"
