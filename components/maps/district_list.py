"""List of the districts of a map with the same figures, the worst first."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from components.charts.palette import GRID, MISSING, MUTED_TEXT, class_colours, class_of
from components.indicators.verdict_texts import beside_others, verdict_of
from components.maps.classes import SIGNS
from components.shell.address import link_to
from components.shell.chrome import DISTRICT_ADDRESS
from components.shell.formatter import Formatter, is_missing
from components.tables.links import LINK_STYLE, Link, link_html
from data.indicators import Better, Indicator
from data.policy import ScopeKind

if TYPE_CHECKING:
    import pandas as pd

# So many rows stand beside a map without being taller than it.
LISTED = 14
_STYLE = f"""{LINK_STYLE}<style>
.hamkor-districts table {{ width: 100%; border-collapse: collapse; font-size: .875rem; margin: 0; }}
.hamkor-districts :is(th, td) {{ padding: .25rem .6rem .25rem 0; border: 0; border-bottom: 1px solid {GRID};
  text-align: left; vertical-align: baseline; font-weight: 400; overflow-wrap: break-word; }}
.hamkor-districts thead th, .hamkor-districts p {{ color: {MUTED_TEXT}; }}
.hamkor-districts p {{ font-size: .875rem; margin: .4rem 0 0; }}
.hamkor-districts .number {{ text-align: right; white-space: nowrap; }}
.hamkor-districts tbody .number {{ font-variant-numeric: tabular-nums; }}
.hamkor-districts tbody th {{ position: relative; padding-left: 1.25rem; }}
.hamkor-districts i {{ position: absolute; left: 0; top: .55rem; border: 6px solid; forced-color-adjust: none;
  outline: 1px solid {MUTED_TEXT}; outline-offset: -1px; }}
.hamkor-districts small {{ color: {MUTED_TEXT}; font-size: inherit; }}
"""


def district_list(
    frame: pd.DataFrame, indicator: Indicator, *, months: int, fmt: Formatter, limit: int | None = LISTED
) -> str:
    """Return districts as an HTML table, the worst first and those without enough data last, with links to their pages.

    ``frame`` is that of :func:`components.maps.classes.indicator_map` with the name columns; ``limit`` is how many
    rows are shown at most, None: all. An indicator that is neither good nor bad begins with its highest value.
    """
    translate = fmt.translate
    worst = worst_first(frame, indicator)
    shown = worst if limit is None else worst.head(limit)
    headings = (
        f'<th scope="col">{escape(translate("District"))}</th>',
        f'<th scope="col" class="number">{escape(translate("Value"))}</th>',
        f'<th scope="col">{escape(beside_others(ScopeKind.DISTRICT, translate))}</th>',
        f'<th scope="col" class="number">{escape(translate("Based on"))}</th>',
    )
    rows = "".join(_row(row, indicator, months, fmt) for row in shown.to_dict("records"))
    table = (
        f'<table aria-label="{escape(_title(indicator, fmt))}"><thead><tr>{"".join(headings)}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
    notes = [translate("Based on ({what})", what=translate(indicator.n_text))]
    if len(shown) < len(worst):
        count = {"first": fmt.number(1), "last": fmt.number(len(shown)), "count": fmt.number(len(worst))}
        notes.insert(0, translate("{first} to {last} of {count}", **count))
    return (
        f'{_STYLE}{_fills(indicator)}</style><div class="hamkor-districts">{table}'
        f"<p>{escape(' · '.join(notes))}</p></div>"
    )


def worst_first(frame: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Rows from the worst value to the best, missing ones last; ties by the larger n, which is surer."""
    is_low_worst = indicator.better is Better.UP
    return frame.sort_values(["value", "n"], ascending=[is_low_worst, False], na_position="last", kind="stable")


def _title(indicator: Indicator, fmt: Formatter) -> str:
    name = fmt.translate(indicator.name)
    if indicator.better is Better.NONE:
        return fmt.translate("{indicator} by district, highest first", indicator=name)
    return fmt.translate("{indicator} by district, worst first", indicator=name)


def _fills(indicator: Indicator) -> str:
    """Colours of the classes as on the map, as borders, which are printed with or without backgrounds."""
    return "".join(
        f".hamkor-districts .class-{place} {{ border-color: {colour}; }}"
        for place, colour in enumerate((*class_colours(indicator.better), MISSING))
    )


def _row(row: Mapping[Any, Any], indicator: Indicator, months: int, fmt: Formatter) -> str:
    missing = is_missing(row["value"])
    edges = indicator.edges(months)
    place = len(edges) + 1 if missing else class_of(float(row["value"]), edges)
    value = fmt.missing if missing else fmt.indicator_value(indicator, row["value"])
    swatch = f'<i class="class-{place}" aria-hidden="true"></i>'
    link = link_html(Link(fmt.area(row), link_to(DISTRICT_ADDRESS, area=row["soato"])))
    n = fmt.number(0 if is_missing(row["n"]) else row["n"])
    return (
        f'<tr><th scope="row">{swatch}{link}</th><td class="number">{escape(value)}</td>'
        f'<td>{_verdict(row["verdict_code"], fmt)}</td><td class="number">{n}</td></tr>'
    )


def _verdict(code: object, fmt: Formatter) -> str:
    """Verdict in words; those that stand out have their sign of the map."""
    verdict = verdict_of(code)
    words = escape(fmt.translate(verdict.label))
    return f"{SIGNS[verdict]} {words}" if verdict in SIGNS else f"<small>{words}</small>"
