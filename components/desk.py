"""Tables of the cooperation desk: what is owed, given and taught, each number a link to its rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from components.indicators.records import events_address, months_text, records_address
from components.registers.listing import only_text
from components.registers.records import desk_address
from components.shell.address import link_to, record_address
from components.shell.areas import Area, AreaDirectory
from components.shell.chrome import DESK_ADDRESS, MAHALLA_ADDRESS, NGO_ADDRESS
from components.shell.formatter import Formatter, is_missing
from components.tables.links import Link, LinkedCell, linked_table
from data.codes import AwardGround, AwardKind, AwardRecipient, Party, SupportKind, TrainingAudience
from data.dates.period import Period
from data.indicators import INDICATORS
from data.language import N_, Translator
from data.policy import ScopeKind

if TYPE_CHECKING:
    import pandas as pd

    from queries.requests import Owed

Row = Mapping[Hashable, Any]
OVERDUE, DUE_SOON = "overdue", "soon"
SIDES: Mapping[Party, str] = {
    Party.POLICE: N_("Internal affairs bodies"),
    Party.NGO: N_("NGOs"),
}


@dataclass(frozen=True)
class DeskView:
    """What the tables of the desk are about: an area and months, and the names of areas."""

    area: Area
    months: Period
    directory: AreaDirectory

    @property
    def is_wide(self) -> bool:
        """Whether it holds several districts."""
        return self.area.scope.kind is not ScopeKind.DISTRICT

    def rows(self, register: str, **values: object) -> str:
        """Return the address of the records of a register in the area and months with some values of fields."""
        only = only_text(**values) if values else ""
        return desk_address(register, area=self.area.code, months=months_text(self.months), only=only)

    def events(self, ngo_id: int) -> str:
        """Return the address of the events that an NGO held in the area and months."""
        return events_address(self.months, area=self.area.code, ngo=str(ngo_id))


def counted(number: float, address: str, fmt: Formatter) -> LinkedCell:
    """Return a number as a link to its rows; none has no rows to show."""
    text = fmt.number(number)
    return Link(text, address) if number and address else text


def indicator_facts(
    values: pd.DataFrame, codes: Sequence[str], months: Period, fmt: Formatter
) -> list[tuple[str, LinkedCell]]:
    """Return indicators of one area with value, interval and what they rest on, which leads to its rows."""
    rows = {row["indicator_code"]: row for row in values.to_dict("records")}
    facts: list[tuple[str, LinkedCell]] = []
    for code in codes:
        indicator, row = INDICATORS[code], rows.get(code)
        if row is None:
            continue
        parts: list[str | Link] = [fmt.indicator_value(indicator, row["value"])]
        interval = fmt.interval(indicator, low=row["interval_low"], high=row["interval_high"])
        if interval:
            parts.append(fmt.translate("90% interval: {interval}", interval=interval))
        n, address = fmt.counted(indicator, row["n"]), records_address(code, months)
        parts.append(Link(n, address) if address else n)
        facts.append((fmt.translate(indicator.name), parts))
    return facts


def owed_address(side: Party, clock: str, **params: object) -> str:
    """Return the address of the requests that a side owes answers to: all of them, or those late or due soon."""
    return link_to(DESK_ADDRESS, rows=side.value, state=clock, **params)


def owed_table(owed: Mapping[Party, Owed], sides: Sequence[Party], area: Area, fmt: Formatter) -> str:
    """Return how many answers each side owes, and how many of them are late or due soon."""
    translate = fmt.translate
    headings = [
        translate("Owes the answer"),
        translate("Overdue"),
        translate("Due within 3 working days"),
        translate("All that wait"),
    ]

    def cell(number: int, side: Party, clock: str) -> LinkedCell:
        return counted(number, owed_address(side, clock, area=area.code), fmt)

    rows = [
        [
            translate(SIDES[side]),
            cell(owed[side].overdue, side, OVERDUE),
            cell(owed[side].due_soon, side, DUE_SOON),
            cell(owed[side].waiting, side, ""),
        ]
        for side in sides
    ]
    return linked_table(headings, rows, title=translate("Answers owed"), numbers=frozenset({1, 2, 3}))


def support_kinds_table(frame: pd.DataFrame, view: DeskView, fmt: Formatter) -> str:
    """Return support by its form: how often, to how many NGOs, and how much. Frame of ``support_by_kind``."""
    translate = fmt.translate
    headings = [
        translate("Form of support"),
        translate("Times given"),
        translate("NGOs"),
        translate.context("workbook supports", "Amount, soʻm"),
    ]
    rows = [
        [
            translate(SupportKind(row["kind_code"]).label),
            counted(row["supports"], view.rows("supports", kind=row["kind_code"]), fmt),
            fmt.number(row["ngos"]),
            fmt.number(row["amount_uzs"]) if row["amount_uzs"] else "–",
        ]
        for row in frame.to_dict("records")
    ]
    title = translate("Support by form")
    return linked_table(headings, rows, title=title, numbers=frozenset({1, 2, 3}))


@dataclass(frozen=True)
class NgoColumn:
    """A column of numbers of NGOs: its heading, the column of the frame, and the address of the rows of an NGO."""

    heading: str
    column: str
    address: Callable[[int], str] | None = None


def ngo_columns(view: DeskView, translate: Translator) -> Mapping[str, NgoColumn]:
    """Return the columns of :func:`ngo_table` by the column of ``ngo_activity``."""
    columns = (
        NgoColumn(translate("Events held"), "events_held", view.events),
        NgoColumn(translate("Times given"), "supports", lambda ngo_id: view.rows("supports", stir=ngo_id)),
        NgoColumn(translate.context("workbook supports", "Amount, soʻm"), "amount_uzs"),
        NgoColumn(translate("Awards"), "awards", lambda ngo_id: view.rows("awards", stir=ngo_id)),
    )
    return {each.column: each for each in columns}


def ngo_table(frame: pd.DataFrame, columns: Sequence[str], view: DeskView, fmt: Formatter, *, title: str) -> str:
    """Return NGOs with some of their numbers; where the area has several districts, with their home."""
    translate = fmt.translate
    shown = [ngo_columns(view, translate)[column] for column in columns]
    place = [translate("Home district")] if view.is_wide else []
    headings = [translate("NGO"), *place, *(each.heading for each in shown)]
    rows = [
        [
            ngo_link(row),
            *([view.directory.name(str(row["district_soato"]))] if place else []),
            *(ngo_cell(row, each, fmt) for each in shown),
        ]
        for row in frame.to_dict("records")
    ]
    first = 1 + len(place)
    return linked_table(headings, rows, title=title, numbers=frozenset(range(first, first + len(shown))))


def ngo_link(row: Row) -> Link:
    """Return an NGO as a link to its page."""
    return Link(str(row["ngo_name"]), record_address(NGO_ADDRESS, int(row["ngo_id"])))


def ngo_cell(row: Row, column: NgoColumn, fmt: Formatter) -> LinkedCell:
    """Return a number of an NGO, with the way to its rows; an amount of nothing is none."""
    if column.address is None and not row[column.column]:
        return "–"
    address = column.address(int(row["ngo_id"])) if column.address else ""
    return counted(row[column.column], address, fmt)


def least_covered_first(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the districts of ``training_coverage`` by the share of posts and NGOs that are trained."""
    share = (frame["posts_trained"] + frame["ngos_trained"]) / (frame["posts"] + frame["ngos"])
    return frame.assign(share=share).sort_values("share", kind="stable")


def coverage_table(frame: pd.DataFrame, view: DeskView, fmt: Formatter, *, title: str) -> str:
    """Return who is trained of posts and NGOs by district. Frame of ``training_coverage``."""
    translate = fmt.translate
    headings = [
        translate("District"),
        translate("Inspectors' posts"),
        translate("Posts with training"),
        translate("NGOs"),
        translate("NGOs with training"),
    ]
    rows: list[list[LinkedCell]] = [
        [
            Link(
                view.directory.name(str(row["district_soato"])), desk_address("trainings", area=row["district_soato"])
            ),
            *(fmt.number(row[column]) for column in ("posts", "posts_trained", "ngos", "ngos_trained")),
        ]
        for row in frame.to_dict("records")
    ]
    return linked_table(headings, rows, title=title, numbers=frozenset({1, 2, 3, 4}))


def members_table(frame: pd.DataFrame, view: DeskView, fmt: Formatter, *, is_trained: bool, title: str) -> str:
    """Return posts and NGOs by name, those with training with their last one. Frame of ``training_members``."""
    translate = fmt.translate
    headings = [translate("Post or NGO"), translate("Side")]
    headings += [translate("District")] if view.is_wide else []
    headings += [translate("Trainings"), translate("Last training")] if is_trained else []
    rows = [_member_cells(row, view, fmt, is_trained=is_trained) for row in frame.to_dict("records")]
    numbers = frozenset({len(headings) - 2}) if is_trained else frozenset[int]()
    return linked_table(headings, rows, title=title, numbers=numbers)


def _member_cells(row: Row, view: DeskView, fmt: Formatter, *, is_trained: bool) -> list[LinkedCell]:
    translate, side = fmt.translate, TrainingAudience(row["side_code"])
    is_post, member = side is TrainingAudience.INSPECTORS, int(row["member_id"])
    name = f"{row['name']} · {row['post']}" if row["post"] else str(row["name"])
    cells: list[LinkedCell] = [
        Link(name, record_address(MAHALLA_ADDRESS if is_post else NGO_ADDRESS, member)),
        translate("Inspector's post") if is_post else translate("NGO"),
    ]
    cells += [view.directory.name(str(row["district_soato"]))] if view.is_wide else []
    if is_trained:
        address = view.rows("trainings", **{"mahallas" if is_post else "stirs": member})
        last = row["last_date"]
        cells += [
            counted(row["trainings"], address, fmt),
            translate("In another area") if is_missing(last) else fmt.date(last),
        ]
    return cells


def awards_table(frame: pd.DataFrame, view: DeskView, fmt: Formatter) -> str:
    """Return awards by ground, and of each the kinds, those of NGOs, and citizens. Frame of ``awards_by_ground``."""
    translate = fmt.translate
    kinds = [kind for kind in AwardKind if (frame["kind_code"] == kind).any()]
    headings = [
        translate("Ground"),
        translate("All awards"),
        *(translate(kind.label) for kind in kinds),
        translate("To NGOs"),
        translate("To citizens"),
        translate("Citizens awarded"),
    ]
    rows: list[list[LinkedCell]] = []
    for ground in AwardGround:
        found = frame[frame["ground_code"] == ground]
        if found.empty:
            continue
        sums = [({"ground": ground.value}, found)]
        sums += [({"ground": ground.value, "kind": each.value}, found[found["kind_code"] == each]) for each in kinds]
        sums += [
            ({"ground": ground.value, "recipient": each.value}, found[found["recipient_code"] == each])
            for each in AwardRecipient
        ]
        numbers = [counted(part["awards"].sum(), view.rows("awards", **values), fmt) for values, part in sums]
        rows.append([translate(ground.label), *numbers, fmt.number(found["citizens"].sum())])
    title = translate("Awards by ground and kind")
    return linked_table(headings, rows, title=title, numbers=frozenset(range(1, len(headings))))
