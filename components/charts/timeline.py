"""Timeline of memoranda from start to expiry, with a line for today. Titles are wrapped above the bars."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from components.charts.palette import ATTENTION, COMPARISON, STATUS_STYLES, TEXT
from components.charts.style import LABEL_SIZE, finish
from components.memoranda.status import status_label
from components.shell.formatter import Formatter, is_missing
from data.codes import MemorandumStatus
from data.dates.period import shift_month
from data.language import Translator

TITLE_WIDTH = 44
LINE_HEIGHT = 15
BAR_HEIGHT = 9
ROW_GAP = 16
MONTHS_AROUND = 3


def timeline_chart(frame: pd.DataFrame, *, today: date, translate: Translator) -> alt.LayerChart:
    """One bar per memorandum, soonest expiry first, open-ended ones last.

    ``frame``: one row per memorandum: number, title, start_date, expiry_date (NaT: open-ended), terminated_date,
    status_code.
    """
    rows = _rows(frame, today, Formatter(translate))
    lines = max((text.count("\n") + 1 for text in rows["words"]), default=1)
    first, last = _ends(rows, today)
    x = alt.X(
        "start:T",
        scale=alt.Scale(domain=[_stamp(first), _stamp(last)], nice=False),
        axis=alt.Axis(title=None, format="%m.%Y", orient="top", labelOverlap=True, tickCount=5),
    )
    base = alt.Chart().encode(y=alt.Y("position:O", axis=None, sort=None), tooltip=_tooltip(translate))
    step = lines * LINE_HEIGHT + BAR_HEIGHT + ROW_GAP
    top, bottom = ROW_GAP / 2 - step / 2, step / 2 - BAR_HEIGHT - ROW_GAP / 4
    layers: list[alt.Chart] = [
        base.mark_bar(height=BAR_HEIGHT, yOffset=bottom, stroke=COMPARISON, strokeWidth=0.6, cornerRadius=2).encode(
            x=x, x2="end:T", color=alt.Color("colour:N", scale=None)
        ),
        base.mark_text(align="left", baseline="top", dy=top, lineBreak="\n", lineHeight=LINE_HEIGHT).encode(
            x=alt.value(0), text="words:N", color=alt.value(TEXT)
        ),
        *_today_rule(today, translate),
    ]
    return finish(layers, data=rows, height=alt.Step(step), translate=translate)


def timeline_alt(frame: pd.DataFrame, *, translate: Translator) -> str:
    """Text alternative: how many memoranda have each status."""
    counts = frame["status_code"].value_counts()
    listed = "; ".join(f"{status_label(str(code), translate=translate)}: {count}" for code, count in counts.items())
    return translate("Memoranda from start to expiry. {statuses}.", statuses=listed or translate("No memorandum"))


def _rows(frame: pd.DataFrame, today: date, fmt: Formatter) -> pd.DataFrame:
    ordered = frame.sort_values(["expiry_date", "start_date"], na_position="last")
    far = shift_month(max([today, *_known(frame["expiry_date"])]), MONTHS_AROUND)
    records = [_record(row, far, fmt) for row in ordered.to_dict("records")]
    columns = ["words", "start", "end", "colour", "number", "title", "status", "from_text", "until_text"]
    return pd.DataFrame(records, columns=columns).assign(position=range(len(records)))


def _record(row: Mapping[Any, Any], far: date, fmt: Formatter) -> dict[str, object]:
    translate = fmt.translate
    ended = next((row[key] for key in ("terminated_date", "expiry_date") if not is_missing(row[key])), None)
    until = translate("open-ended") if ended is None else fmt.date(ended)
    status = status_label(row["status_code"], translate=translate)
    heading = translate("No. {number}. {title}", number=row["number"], title=row["title"])
    dates = translate("{status}, {start} – {end}", status=status, start=fmt.date(row["start_date"]), end=until)
    return {
        "words": "\n".join([*textwrap.wrap(heading, TITLE_WIDTH), *textwrap.wrap(dates, TITLE_WIDTH)]),
        "start": pd.Timestamp(row["start_date"]),
        "end": pd.Timestamp(far if ended is None else ended),
        "colour": STATUS_STYLES[MemorandumStatus(row["status_code"])].colour,
        "number": row["number"],
        "title": row["title"],
        "status": status,
        "from_text": fmt.date(row["start_date"]),
        "until_text": until,
    }


def _known(days: pd.Series) -> list[date]:
    return [pd.Timestamp(day).date() for day in days.dropna()]


def _ends(rows: pd.DataFrame, today: date) -> tuple[date, date]:
    first = min([today, *_known(rows["start"])])
    last = max([shift_month(today, MONTHS_AROUND), *_known(rows["end"])])
    return shift_month(first, 0), last


def _stamp(day: date) -> alt.DateTime:
    return alt.DateTime(year=day.year, month=day.month, date=day.day)


def _tooltip(translate: Translator) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("number:N", title=translate("Number")),
        alt.Tooltip("title:N", title=translate("Title")),
        alt.Tooltip("status:N", title=translate("Status")),
        alt.Tooltip("from_text:N", title=translate("In force from")),
        alt.Tooltip("until_text:N", title=translate("Expires")),
    ]


def _today_rule(today: date, translate: Translator) -> list[alt.Chart]:
    base = alt.Chart(pd.DataFrame({"today": [pd.Timestamp(today)], "label": [translate("Today")]})).encode(x="today:T")
    return [
        base.mark_rule(color=ATTENTION, strokeDash=[4, 3], strokeWidth=1.4, aria=False),
        base.mark_text(color=ATTENTION, baseline="top", align="left", dx=4, fontSize=LABEL_SIZE).encode(
            y=alt.value("height"), text="label:N"
        ),
    ]
