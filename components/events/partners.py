"""Partners of joint events: shares as bars, numbers by district or mahalla, each a link to its events."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from components.charts.bars import BarRow, bars
from components.desk import counted
from components.events.entries import mahalla_cell
from components.indicators.records import events_address
from components.shell.address import link_to
from components.shell.areas import AreaDirectory
from components.shell.chrome import PLAN_ADDRESS
from components.shell.formatter import Formatter
from components.tables.links import Link, LinkedCell, linked_table
from data.codes import Direction, Partner
from data.dates.period import Period
from data.indicators.counted import ANY_PARTNER

if TYPE_CHECKING:
    import pandas as pd

HELD = "events_held"


@dataclass(frozen=True)
class PartnerView:
    """What is counted: held events of an area (by its code), months, and a direction or all."""

    area: str
    period: Period
    direction: Direction | None

    def events(self, partner: str = "", **place: str) -> str:
        """Return the address of the events, of a partner or all, of a place in the area."""
        return events_address(self.period, direction=self.direction, **{"area": self.area, "partner": partner} | place)


def partner_facts(frame: pd.DataFrame, view: PartnerView, fmt: Formatter) -> list[tuple[str, LinkedCell]]:
    """Return how many events were held, and in what share of them any partner took part."""
    translate = fmt.translate
    held, with_any = int(frame[HELD].sum()), int(frame[ANY_PARTNER].sum())
    return [
        (translate("Joint events held"), counted(held, view.events(), fmt)),
        (
            translate("Held with any partner"),
            [fmt.percent(100 * with_any / held), Link(fmt.number(with_any), view.events(ANY_PARTNER))],
        ),
    ]


def partner_bars(frame: pd.DataFrame, view: PartnerView, fmt: Formatter, *, title: str) -> str:
    """Return the share of held events in which each partner took part, the most frequent first."""
    held = int(frame[HELD].sum())
    sums = {partner: int(frame[partner.value].sum()) for partner in Partner}
    rows = [
        BarRow(
            fmt.translate(partner.label),
            100 * number / held,
            f"{fmt.number(number)} ({fmt.percent(100 * number / held)})",
            address=view.events(partner.value) if number else "",
        )
        for partner, number in sorted(sums.items(), key=lambda item: -item[1])
    ]
    return bars(rows, title=title, domain=(0.0, 100.0))


def partners_table(
    frame: pd.DataFrame, view: PartnerView, directory: AreaDirectory, fmt: Formatter, *, title: str
) -> str:
    """Return held events and those with any partner and with each, a row a district or a mahalla.

    Partners stand in one cell, the most frequent first: their names are too long for a column each.
    """
    translate, by_mahalla = fmt.translate, "mahalla" in frame
    headings = [
        translate("Mahalla") if by_mahalla else translate("District"),
        translate("Joint events held"),
        translate("With any partner"),
        translate("Share"),
        translate("Partners"),
    ]
    rows = [_cells(row, view, directory, fmt, by_mahalla=by_mahalla) for row in frame.to_dict("records")]
    return linked_table(headings, rows, title=title, numbers=frozenset({1, 2, 3}))


def _cells(
    row: Mapping[Hashable, Any], view: PartnerView, directory: AreaDirectory, fmt: Formatter, *, by_mahalla: bool
) -> list[LinkedCell]:
    if by_mahalla:
        name, place = mahalla_cell(row["mahalla_id"], row["mahalla"], fmt), {"mahalla": str(row["mahalla_id"])}
    else:
        code = str(row["district_soato"])
        name = Link(directory.name(code), link_to(PLAN_ADDRESS, view="partners", area=code))
        place = {"area": code}
    taken = sorted((partner for partner in Partner if row[partner.value]), key=lambda partner: -row[partner.value])
    return [
        name,
        counted(row[HELD], view.events(**place), fmt),
        counted(row[ANY_PARTNER], view.events(ANY_PARTNER, **place), fmt),
        fmt.percent(100 * row[ANY_PARTNER] / row[HELD]),
        [
            Link(
                fmt.translate(
                    "{what}: {number}", what=fmt.translate(partner.label), number=fmt.number(row[partner.value])
                ),
                view.events(partner.value, **place),
            )
            for partner in taken
        ]
        or "–",
    ]
