"""Scorecard: districts by the main indicators, each with its value and how it stands beside all others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from math import inf, isnan
from typing import TYPE_CHECKING, Any

from components.shell.address import Param, link_to
from components.shell.areas import AreaDirectory
from components.shell.chrome import DISTRICT_ADDRESS
from components.shell.formatter import Formatter
from data.codes import Labelled
from data.indicators import INDICATORS, MONTHLY_CODES, PILLARS, Better
from data.indicators.verdicts import TargetVerdict, Verdict
from data.language import N_, Translator

if TYPE_CHECKING:
    import pandas as pd

# Those of the pillars that are quick to ask for, pillar by pillar.
SCORECARD_CODES = tuple(code for codes in PILLARS.values() for code in codes if code in MONTHLY_CODES)
WORST = "worst"
_POINTS = {Verdict.MUCH_WORSE: 2, Verdict.WORSE: 1, Verdict.BETTER: -1, Verdict.MUCH_BETTER: -2}


class Mark(Labelled):
    """Marks of a cell, by their classes in the style: each says in words what its sign shows."""

    BETTER = "b", N_("better than all other districts")
    WORSE = "w", N_("worse than all other districts")
    MET = "m", N_("target met")


_SIGNS = {Mark.BETTER: "▲", Mark.WORSE: "▼", Mark.MET: "✓"}
_MARKS = {
    Verdict.MUCH_BETTER: Mark.BETTER,
    Verdict.BETTER: Mark.BETTER,
    Verdict.WORSE: Mark.WORSE,
    Verdict.MUCH_WORSE: Mark.WORSE,
}
# The words of a mark stand in the style, once: a sign in each cell is read out as what it means.
_STYLE = """<style>
#root .hamkor-scorecard .b::after {{ content: " ▲" / " ({better})"; }}
#root .hamkor-scorecard .w::after {{ content: " ▼" / " ({worse})"; }}
#root .hamkor-scorecard .m::before {{ content: "✓ " / "({met}) "; }}
@media not print {{ @container (max-width: 760px) {{
{labels}
}} }}
</style>"""


@dataclass(frozen=True)
class ScoredDistrict:
    """A district with the values and the verdicts of :data:`SCORECARD_CODES` that it has, by indicator."""

    soato: str
    values: dict[str, float]
    verdicts: dict[str, Verdict]

    @property
    def points(self) -> int:
        """How many indicators are worse than elsewhere less those that are better, a strong difference counting
        twice."""
        return sum(_POINTS.get(verdict, 0) for verdict in self.verdicts.values())


def scored_districts(
    codes: Sequence[str], values: pd.DataFrame, verdicts: pd.DataFrame, *, sort: str = WORST
) -> list[ScoredDistrict]:
    """Return districts with their values and verdicts, worst first.

    ``codes``: their SOATO codes; ``values``: area_code, indicator_code, value; ``verdicts``: area_code, indicator_code,
    verdict_code. ``sort`` is the code of an indicator, or :data:`WORST`: by :attr:`ScoredDistrict.points`.
    """
    shown = {code: ScoredDistrict(code, {}, {}) for code in codes}
    for area, code, value in _rows_of(values, "area_code", "indicator_code", "value"):
        if area in shown and code in SCORECARD_CODES and not isnan(value):
            shown[area].values[code] = value
    named = {verdict.value: verdict for verdict in Verdict}
    for area, code, verdict in _rows_of(verdicts, "area_code", "indicator_code", "verdict_code"):
        if area in shown and code in SCORECARD_CODES:
            shown[area].verdicts[code] = named.get(verdict, Verdict.NOT_COMPARED)
    if sort == WORST:
        return sorted(shown.values(), key=lambda district: -district.points)
    sign = -1 if INDICATORS[sort].better is Better.DOWN else 1
    return sorted(shown.values(), key=lambda district: sign * district.values.get(sort, sign * inf))


def _rows_of(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(frame[column].tolist() for column in columns), strict=True)


def scorecard_html(
    rows: Sequence[ScoredDistrict],
    targets: Mapping[tuple[str, str], TargetVerdict],
    *,
    directory: AreaDirectory,
    title: str,
    sort: str,
    fmt: Formatter,
) -> str:
    """Return districts as a table under the pillars; a name and a mark lead to the district.

    ``targets``: the verdicts beside the target by district and indicator; ``title`` is the table's accessible name.
    """
    body = "".join(_row(row, targets, directory, sort, fmt) for row in rows)
    table = f'<table aria-label="{escape(title)}"><thead>{_head(sort, fmt)}</thead><tbody>{body}</tbody></table>'
    return f'{_style(fmt.translate)}<div class="hamkor-records hamkor-scorecard">{table}</div>'


def legend_text(fmt: Formatter) -> str:
    """Return what the signs mean."""
    return "   ".join(f"{_SIGNS[mark]} {fmt.translate(mark.label)}" for mark in Mark)


def sort_options(fmt: Formatter) -> dict[str, str]:
    """Return what the scorecard can be sorted by."""
    named = {code: fmt.translate(INDICATORS[code].name) for code in SCORECARD_CODES}
    return {WORST: fmt.translate("By number of worse indicators")} | named


def _style(translate: Translator) -> str:
    words = {mark.name.lower(): _quoted(translate(mark.label)) for mark in Mark}
    names = [_quoted(translate(INDICATORS[code].name)) for code in SCORECARD_CODES]
    labels = "\n".join(
        f'  #root .hamkor-scorecard td:nth-of-type({place})::before {{ content: "{name}: "; }}'
        for place, name in enumerate(names, start=1)
    )
    return _STYLE.format(labels=labels, **words)


def _quoted(text: str) -> str:
    """Return a text that may stand between quotation marks in a style."""
    return text.replace("\\", "").replace('"', "").replace("<", "")


def _head(sort: str, fmt: Formatter) -> str:
    translate = fmt.translate
    pillars = {code: pillar for pillar, codes in PILLARS.items() for code in codes}
    groups = [
        f'<th scope="colgroup" colspan="{len(list(codes))}">{escape(translate(pillar.label))}</th>'
        for pillar, codes in groupby(SCORECARD_CODES, key=pillars.__getitem__)
    ]
    names = [
        f'<th scope="col"{_sorted(code, sort)}>{escape(translate(INDICATORS[code].name))}</th>'
        for code in SCORECARD_CODES
    ]
    district = f'<th scope="col" rowspan="2">{escape(translate("District"))}</th>'
    return f"<tr>{district}{''.join(groups)}</tr><tr>{''.join(names)}</tr>"


def _sorted(code: str, sort: str) -> str:
    return ' class="is-sorted" aria-sort="ascending"' if code == sort else ""


def _row(
    row: ScoredDistrict,
    targets: Mapping[tuple[str, str], TargetVerdict],
    directory: AreaDirectory,
    sort: str,
    fmt: Formatter,
) -> str:
    name = f'<a href="{escape(_address(row.soato))}" target="_self">{escape(directory.name(row.soato))}</a>'
    cells = [_cell(row, code, targets.get((row.soato, code)), sort, fmt) for code in SCORECARD_CODES]
    return f'<tr><th scope="row">{name}</th>{"".join(cells)}</tr>'


def _cell(row: ScoredDistrict, code: str, target: TargetVerdict | None, sort: str, fmt: Formatter) -> str:
    value = row.values.get(code)
    if value is None:
        return '<td class="is-missing">–</td>'
    marks = (
        _MARKS.get(row.verdicts.get(code, Verdict.NOT_COMPARED)),
        Mark.MET if target is TargetVerdict.MET else None,
    )
    names = " ".join(mark.value for mark in marks if mark)
    text = escape(fmt.indicator_value(INDICATORS[code], value))
    if names:
        text = f'<a class="{names}" href="{escape(_address(row.soato, code))}" target="_self">{text}</a>'
    sorted_by = ' class="is-sorted"' if code == sort else ""
    return f"<td{sorted_by}>{text}</td>"


def _address(soato: str, indicator: str = "") -> str:
    """Return the address of a district, at an indicator where one is given."""
    return link_to(DISTRICT_ADDRESS, **{Param.AREA.value: soato, Param.INDICATOR.value: indicator})
