"""A month of plan and events as a calendar: the entries of each day as links, or their numbers where they are many."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

from babel.dates import get_day_names

from components.charts.palette import ACCENT, GRID, MUTED_TEXT
from components.events.entries import entry_address, entry_name
from components.events.grid import SIGNS, counts_text, marks_html
from components.shell.formatter import Formatter
from data.codes import EntryState

if TYPE_CHECKING:
    import pandas as pd

SHOWN_A_DAY = 4
_STYLE = f"""<style>
.hamkor-month {{ container-type: inline-size; }}
.hamkor-month table {{ width: 100%; table-layout: fixed; border-collapse: collapse; margin: 0; font-size: .8125rem; }}
.hamkor-month :is(th, td) {{ border: 1px solid {GRID}; padding: .25rem .375rem; text-align: left; vertical-align: top;
  font-weight: 400; }}
.hamkor-month th {{ color: {MUTED_TEXT}; background: #f4f6f9; }}
.hamkor-month td {{ height: 5.5rem; }}
.hamkor-month td.is-today {{ background: #eef4fb; box-shadow: inset 0 2px {ACCENT}; }}
.hamkor-month a {{ color: {ACCENT}; text-decoration: none; }}
.hamkor-month a:is(:hover, :focus-visible) {{ text-decoration: underline; }}
.hamkor-month .day {{ font-weight: 600; display: inline-block; min-width: 1.5rem; }}
.hamkor-month .weekday {{ display: none; color: {MUTED_TEXT}; }}
.hamkor-month ul {{ list-style: none; margin: .125rem 0 0; padding: 0; }}
.hamkor-month li {{ margin: 0; padding: .125rem 0; font-size: .75rem; line-height: 1.3; overflow-wrap: anywhere;
  hyphens: auto; }}
.hamkor-month li .hamkor-mark {{ margin: 0 .25rem 0 0; line-height: 1.1rem; }}
@container (max-width: 800px) {{
  .hamkor-month :is(table, tbody, tr) {{ display: block; }}
  .hamkor-month thead, .hamkor-month td.is-empty {{ display: none; }}
  .hamkor-month td {{ display: block; height: auto; border-width: 0 0 1px; padding: .5rem 0; font-size: .875rem; }}
  .hamkor-month .weekday {{ display: inline; }}
  .hamkor-month li {{ font-size: .9rem; padding: .25rem 0; }}
}}
</style>"""


def month_html(
    frame: pd.DataFrame,
    counts: pd.DataFrame,
    *,
    month: date,
    today: date,
    day_address: Callable[[int], str],
    fmt: Formatter,
    title: str,
) -> str:
    """Return a month as HTML: its events of :func:`queries.events.entries.entries`, soonest first.

    ``counts`` are the numbers by day of :func:`queries.events.year.day_counts`; a day whose entries are not all in
    ``frame`` shows them. ``day_address`` gives the address of the list of a day.
    """
    names = get_day_names("abbreviated", context="stand-alone", locale=fmt.translate.locale)
    wide = get_day_names("wide", context="stand-alone", locale=fmt.translate.locale)
    of_day: dict[int, list[Mapping[Any, Any]]] = defaultdict(list)
    for entry in frame.to_dict("records"):
        of_day[entry["entry_date"].day].append(entry)
    by_day: dict[int, dict[EntryState, int]] = defaultdict(dict)
    for row in counts.to_dict("records"):
        by_day[row["event_date"].day][EntryState(row["state_code"])] = int(row["entries"])
    head = "".join(f'<th scope="col" title="{escape(wide[day])}">{escape(names[day])}</th>' for day in range(7))
    weeks = []
    for week in calendar.Calendar().monthdatescalendar(month.year, month.month):
        cells = []
        for day in week:
            if day.month != month.month:
                cells.append('<td class="is-empty"></td>')
                continue
            inside = _day(of_day[day.day], by_day[day.day], day_address(day.day), fmt)
            classes = [*(["is-today"] if day == today else []), *([] if inside else ["is-empty"])]
            kind = f' class="{" ".join(classes)}"' if classes else ""
            weekday = f'<span class="weekday">{escape(wide[day.weekday()])}</span>'
            cells.append(f'<td{kind}><span class="day">{day.day}</span>{weekday}{inside}</td>')
        weeks.append(f"<tr>{''.join(cells)}</tr>")
    return (
        f'{_STYLE}<div class="hamkor-month"><table aria-label="{escape(title)}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(weeks)}</tbody></table></div>"
    )


def _day(entries: Sequence[Mapping[Any, Any]], counts: Mapping[EntryState, int], address: str, fmt: Formatter) -> str:
    number = sum(counts.values())
    if not number:
        return ""
    if len(entries) < number:
        words = escape(counts_text(counts, fmt))
        return f' <a href="{escape(address)}" target="_self" title="{words}">{marks_html(counts, fmt)}</a>'
    items = [_entry(entry, fmt) for entry in entries[: SHOWN_A_DAY if number > SHOWN_A_DAY + 1 else number]]
    if len(items) < number:
        more = fmt.translate("{number} more", number=fmt.number(number - len(items)))
        items.append(f'<a href="{escape(address)}" target="_self">{escape(more)}</a>')
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _entry(entry: Mapping[Any, Any], fmt: Formatter) -> str:
    state = EntryState(entry["state_code"])
    words = fmt.translate(state.label)
    name = entry_name(entry, fmt)
    sign = marks_html({state: 1}, fmt).replace(
        f"{SIGNS[state]}1", f'<span title="{escape(words)}">{SIGNS[state]}</span>'
    )
    address = entry_address(entry["kind_code"], entry["record_id"])
    return f'{sign}<a href="{escape(address)}" target="_self" title="{escape(f"{name} ({words})")}">{escape(name)}</a>'
