"""Shows a number as its format does, where the format says more than digits: per cent, a currency, a unit, a prefix."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from openpyxl.styles.numbers import is_date_format, is_timedelta_format

_CONDITION = re.compile(r"\[(?:[<>=]|black|blue|cyan|green|magenta|red|white|yellow|color)", re.IGNORECASE)
_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|\[\$([^\]\-]*)(?:-[^\]]*)?\]|\[[^\]]*\]|_.|\*.|([#0?][#0?,. ]*|General)|(.)', re.DOTALL
)
_SIGNS = re.compile(r"[^\W\d_]|[%‰№$€£¥₽₸₴~≈<>²³±]|[^\W\d_]")


@dataclass(frozen=True)
class NumberFormat:
    """Format of a cell: whether it shows dates or lengths of time, and for numbers the texts around the digits."""

    is_date: bool = False
    is_duration: bool = False
    before: str = ""
    after: str = ""
    digits: int = 0
    """Least number of digits, with zeros in front."""
    scale: float = 1

    @property
    def is_plain(self) -> bool:
        """Whether a number is shown by its digits alone."""
        return not (self.before or self.after or self.digits or self.is_date)

    def shown(self, value: float) -> object:
        """Number as the cell shows it: itself where only digits are shown, else a text."""
        if self.is_plain:
            return value
        number = value * self.scale
        digits = f"{number:.15g}" if "e" not in f"{number:.15g}" else f"{number:f}"
        return f"{self.before}{digits.zfill(self.digits)}{self.after}".strip()


PLAIN = NumberFormat()


@lru_cache(maxsize=4096)
def parse_format(code: str) -> NumberFormat:
    """Format of a code such as ``0.0%`` or ``#,##0" kishi"``; plain where its sections have conditions."""
    if is_date_format(code):
        return NumberFormat(is_date=True, is_duration=is_timedelta_format(code))
    first = code.split(";")[0]
    if re.search(r"\[[<>=]", first) or re.search(r"[#0?]\s*/|0E", first):
        return PLAIN
    before, after, digits = "", "", ""
    for quoted, escaped, currency, number, other in _TOKEN.findall(first):
        literal = quoted or escaped or currency or other
        if number:
            digits += number
        elif literal == "@":
            return PLAIN
        elif digits:
            after += literal
        else:
            before += literal
    scale = 100.0 if "%" in after + before else 1000.0 ** -len(_scaling(digits))
    padding = len(digits) if re.fullmatch("00+", digits) else 0
    before, after = (text if _SIGNS.search(text) else "" for text in (before, after))
    if scale < 1 and not (before or after):
        return PLAIN
    return NumberFormat(before=before, after=after, digits=padding, scale=scale)


def _scaling(digits: str) -> str:
    """Commas at the end of the digits, each of which leaves out three of them."""
    match = re.search(r",+$", digits.rstrip(". "))
    return match.group() if match else ""
