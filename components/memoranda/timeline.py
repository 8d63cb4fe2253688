"""Memoranda in time as an HTML list: each with its name as a link above its bar, and a line for today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

from components.charts.palette import ACCENT, ATTENTION, COMPARISON, MUTED_TEXT, STATUS_STYLES
from components.memoranda.status import status_label
from components.shell.formatter import Formatter, is_missing
from data.codes import MemorandumStatus
from data.dates.period import shift_month

if TYPE_CHECKING:
    import pandas as pd

MONTHS_AROUND = 3
_STYLE = f"""<style>
.hamkor-timeline ol {{ list-style: none; margin: 0; padding: 0; font-size: .875rem; }}
.hamkor-timeline li {{ margin: 0; padding: .4rem 0 .5rem; overflow-wrap: anywhere; }}
.hamkor-timeline a {{ color: {ACCENT}; text-decoration: none; }}
.hamkor-timeline a:is(:hover, :focus-visible) {{ text-decoration: underline; }}
.hamkor-timeline small {{ display: block; font-size: .8125rem; color: {MUTED_TEXT}; }}
.hamkor-timeline div.track {{ position: relative; height: .625rem; margin-top: .25rem; background: #eef1f5; }}
.hamkor-timeline i {{ position: absolute; top: 0; bottom: 0; min-width: 3px; border: 1px solid {COMPARISON};
  border-radius: 2px; box-sizing: border-box; print-color-adjust: exact; }}
.hamkor-timeline u {{ position: absolute; top: -.2rem; bottom: -.2rem; border-left: 2px dashed {ATTENTION}; }}
.hamkor-timeline p {{ display: flex; justify-content: space-between; gap: 1rem; margin: 0; font-size: .8125rem;
  color: {MUTED_TEXT}; }}
.hamkor-timeline p b {{ font-weight: 400; border-left: 2px dashed {ATTENTION}; padding-left: .3rem; }}
</style>"""


def timeline_html(frame: pd.DataFrame, *, today: date, fmt: Formatter, title: str) -> str:
    """Return a list with one bar a memorandum, soonest expiry first, open-ended ones last; all texts are escaped.

    ``frame``: one row a memorandum with number, title, start_date, expiry_date (NaT: open-ended), terminated_date,
    status_code and the address of its page.
    """
    rows = frame.sort_values(["expiry_date", "start_date"], na_position="last").to_dict("records")
    ends = [end for row in rows if (end := _end(row)) is not None]
    first = shift_month(min([today, *(_day(row["start_date"]) for row in rows)]), 0)
    last = shift_month(max([today, *ends]), MONTHS_AROUND)
    days = (last - first).days

    def place(day: date) -> float:
        return round(100 * (day - first).days / days, 2)

    now = f'<u style="left: {place(today)}%"></u>'
    items = []
    for row in rows:
        left, right = place(_day(row["start_date"])), place(_end(row) or last)
        colour = STATUS_STYLES[MemorandumStatus(row["status_code"])].colour
        bar = f'<i style="left: {left}%; width: {max(right - left, 0):.2f}%; background: {colour}"></i>'
        items.append(
            f'<li><a href="{escape(row["address"])}" target="_self">{escape(_heading(row, fmt))}</a>'
            f'<small>{escape(_dates(row, fmt))}</small><div class="track" aria-hidden="true">{bar}{now}</div></li>'
        )
    ends_text = f"<span>{fmt.date(first)}</span><b>{escape(fmt.translate('Today'))}</b><span>{fmt.date(last)}</span>"
    return (
        f'{_STYLE}<div class="hamkor-timeline"><p aria-hidden="true">{ends_text}</p>'
        f'<ol aria-label="{escape(title)}">{"".join(items)}</ol></div>'
    )


def _heading(row: Mapping[Any, Any], fmt: Formatter) -> str:
    return fmt.translate("No. {number}. {title}", number=row["number"], title=row["title"])


def _dates(row: Mapping[Any, Any], fmt: Formatter) -> str:
    end = _end(row)
    status = status_label(row["status_code"], translate=fmt.translate)
    until = fmt.translate("open-ended") if end is None else fmt.date(end)
    return fmt.translate("{status}, {start} – {end}", status=status, start=fmt.date(row["start_date"]), end=until)


def _end(row: Mapping[Any, Any]) -> date | None:
    """Return when a memorandum ended or will end; None: open-ended."""
    known = next((row[key] for key in ("terminated_date", "expiry_date") if not is_missing(row[key])), None)
    return None if known is None else _day(known)


def _day(value: date) -> date:
    return date(value.year, value.month, value.day)
