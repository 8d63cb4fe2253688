"""A memorandum as a document: its state in words, parties, terms, amendments and what was done under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

from components.charts.palette import ACCENT, GRID, MUTED_TEXT
from components.registers.documents import documents_html
from components.shell.address import record_address
from components.shell.chrome import EVENT_ADDRESS, NGO_ADDRESS
from components.shell.formatter import Formatter, is_missing
from components.tables.columns import ColumnSpec, ColumnType
from components.tables.record_table import record_table
from data.codes import Direction, EntryState, MemorandumStatus, SupportKind
from data.language import Message

if TYPE_CHECKING:
    import pandas as pd

    from queries.memoranda.record import MemorandumPage
    from queries.registers.documents import RecordDocument

_STYLE = f"""<style>
dl.hamkor-terms {{ margin: 0; padding: 0; display: grid; gap: .35rem 1rem;
  grid-template-columns: minmax(9rem, 14rem) 1fr; }}
dl.hamkor-terms > dt {{ color: {MUTED_TEXT}; margin: 0; padding: 0; font-weight: 400; }}
dl.hamkor-terms > dd {{ margin: 0; padding: 0; overflow-wrap: anywhere; }}
.hamkor-terms :is(ul, ol) {{ margin: 0; padding-left: 1.1rem; }}
.hamkor-terms a, .hamkor-parties a {{ color: {ACCENT}; }}
.hamkor-parties {{ margin: 0; padding-left: 1.1rem; }}
.hamkor-parties small, .hamkor-amendment small {{ color: {MUTED_TEXT}; font-size: inherit; }}
.hamkor-amendment {{ padding: .35rem 0; border-top: 1px solid {GRID}; overflow-wrap: anywhere; }}
@container (max-width: 480px) {{ dl.hamkor-terms {{ grid-template-columns: 1fr; gap: 0; }}
  dl.hamkor-terms > dd {{ margin-bottom: .5rem; }} }}
.hamkor-narrow {{ container-type: inline-size; }}
</style>"""


def days_left(page: MemorandumPage, today: date) -> int | None:
    """Return the days to the expiry of a memorandum in force, 0 on its day; None without an end or when it is over."""
    if page.status not in {MemorandumStatus.IN_FORCE, MemorandumStatus.EXPIRING} or page.expiry_date is None:
        return None
    return (page.expiry_date - today).days


def state_text(page: MemorandumPage, today: date, fmt: Formatter) -> str:
    """Return what the status means on a day: until when, since when, how many days are left."""
    translate, values = fmt.translate, page.record.values
    match page.status:
        case MemorandumStatus.IN_FORCE | MemorandumStatus.EXPIRING if page.expiry_date is None:
            return translate("Open-ended.")
        case MemorandumStatus.IN_FORCE | MemorandumStatus.EXPIRING:
            left = fmt.deadline(days_left(page, today) or 0)
            return translate("Until {date} · {left}", date=fmt.date(page.expiry_date), left=left)
        case MemorandumStatus.EXPIRED if page.expiry_date is not None:
            late = fmt.days((today - page.expiry_date).days)
            return translate("Ended on {date} · {days} ago", date=fmt.date(page.expiry_date), days=late)
        case MemorandumStatus.UPCOMING:
            return translate("In force from {date}", date=fmt.date(_day(values["start_date"])))
        case MemorandumStatus.TERMINATED:
            return translate("Terminated on {date}", date=fmt.date(_day(values["terminated_date"])))
        case _:
            return translate("Not signed yet.")


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def next_step(page: MemorandumPage, today: date, fmt: Formatter) -> Message | str:
    """Return what the memorandum asks for next, "" where nothing does."""
    translate = fmt.translate
    overdue = int((page.obligations["state_code"] == "overdue").sum())
    if page.record.withdrawn_at is not None:
        return ""
    if page.status is MemorandumStatus.EXPIRING:
        return translate("It is to be decided whether the memorandum is extended.")
    if page.status is MemorandumStatus.EXPIRED:
        return translate("Extend it by an amendment, or sign a new one.")
    if page.status is MemorandumStatus.DRAFT:
        return translate("Once it is signed, enter the date and the scanned document.")
    if overdue:
        return translate.plural(
            "{number} obligation is overdue: mark it fulfilled, or agree on a new date.",
            "{number} obligations are overdue: mark them fulfilled, or agree on new dates.",
            overdue,
            number=fmt.number(overdue),
        )
    if page.is_on_paper:
        since = page.last_event_date or _day(page.record.values["start_date"])
        days = fmt.days((today - since).days) if since else "–"
        return translate("No joint event for {days}: put one into the plan.", days=days)
    return ""


def parties_html(page: MemorandumPage, district: str, fmt: Formatter) -> str:
    """Return both sides of the memorandum as an HTML list; NGOs are links to their pages."""
    police = fmt.translate("Internal affairs bodies")
    items = [f"<li>{escape(police)} <small>{escape(district)}</small></li>"]
    for row in page.parties.to_dict("records"):
        address = escape(record_address(NGO_ADDRESS, int(row["ngo_id"])))
        stir = fmt.translate("STIR {number}", number=row["stir"])
        link = f'<a href="{address}" target="_self">{escape(str(row["name"]))}</a>'
        items.append(f"<li>{link} <small>{escape(stir)}</small></li>")
    return f'{_STYLE}<ul class="hamkor-parties">{"".join(items)}</ul>'


def subjects_html(page: MemorandumPage, fmt: Formatter) -> str:
    """Return kinds of activity and forms of support as an HTML list of terms."""
    translate, texts = fmt.translate, page.record.texts
    directions = [translate(Direction(code).label) for code in texts["directions"].split(";") if code]
    supports = [translate(SupportKind(code).label) for code in texts["supports"].split(";") if code]
    return _terms(
        [(translate("Kinds of activity"), _list(directions)), (translate("Forms of support"), _list(supports))]
    )


def term_html(page: MemorandumPage, fmt: Formatter) -> str:
    """Return the dates of the memorandum as an HTML list of terms; the expiry is the one that counts."""
    translate, values = fmt.translate, page.record.values
    first = _day(values["expiry_date"])
    open_end = translate("Open-ended")
    expiry = escape(fmt.date(page.expiry_date) if page.expiry_date else open_end)
    if page.expiry_date != first:
        was = translate("first until {date}", date=fmt.date(first) if first else open_end)
        expiry += f" <small>({escape(was)})</small>"
    rows = [
        (translate("Signed"), escape(fmt.date(_day(values["signed_date"])))),
        (translate("In force from"), escape(fmt.date(_day(values["start_date"])))),
        (translate("Expires"), expiry),
    ]
    if values["terminated_date"]:
        rows.append((translate("Terminated on"), escape(fmt.date(_day(values["terminated_date"])))))
        rows.append((translate("Reason of termination"), escape(str(values["termination_reason"]))))
    return _terms(rows)


def amendment_html(row: Mapping[Any, Any], documents: Sequence[RecordDocument], fmt: Formatter) -> str:
    """Return one amendment: number, day, what it changes, and its documents."""
    translate = fmt.translate
    number = translate("Amendment {number}", number=row["number"])
    signed = translate("signed on {date}", date=fmt.date(row["signed_date"]))
    text = escape(str(row["text"]))
    if not is_missing(row["expiry_date"]):
        until = translate("extended until {date}", date=fmt.date(row["expiry_date"]))
        text = f"{escape(until)}. {text}" if text else escape(until)
    files = documents_html(documents, fmt) if documents else ""
    head = f"<b>{escape(number)}</b> <small>{escape(signed)}</small>"
    return f'{_STYLE}<div class="hamkor-amendment">{head}<br>{text}{files}</div>'


def _list(texts: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>" if texts else "–"


def _terms(rows: Sequence[tuple[str, str]]) -> str:
    """Return terms and their values, which are HTML."""
    items = "".join(f"<dt>{escape(term)}</dt><dd>{value}</dd>" for term, value in rows)
    return f'{_STYLE}<div class="hamkor-narrow"><dl class="hamkor-terms">{items}</dl></div>'


def events_html(events: pd.DataFrame, fmt: Formatter, *, title: str) -> str:
    """Return events under a memorandum as a table; each links to its page."""
    translate = fmt.translate
    rows = events.assign(
        direction=[translate(Direction(code).label) for code in events["direction_code"]],
        state=[translate(EntryState(code).label) for code in events["state_code"]],
        address=[record_address(EVENT_ADDRESS, int(key)) for key in events["event_id"]],
    )
    columns = [
        ColumnSpec("event_date", translate("Date"), ColumnType.DATE),
        ColumnSpec("title", translate("Joint event"), link="address"),
        ColumnSpec("mahalla", translate("Mahalla")),
        ColumnSpec("direction", translate("Direction")),
        ColumnSpec("state", translate("State")),
        ColumnSpec("participants_total", translate("Participants"), ColumnType.NUMBER),
    ]
    return record_table(rows, columns, fmt=fmt, title=title)
