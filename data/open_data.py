"""Open data: the tables that anyone may take where the operator has opened the product, each column described once.

Files, the description of the package and the page about them walk these declarations; the rows come from
:mod:`queries.open_data`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from data.codes import AreaLevel, Direction, MemorandumStatus, SupportKind
from data.directory import name_column
from data.effectiveness.index import Pillar
from data.indicators import INDICATORS, Better, Unit
from data.indicators.verdicts import TargetVerdict, Verdict
from data.language import N_, Language

NATION_CODE = "uz"
"""Code of the nation in open data, as in the addresses of pages."""

AREA, YEAR = "area_code", "year"
"""Columns that a table can be narrowed by."""


@dataclass(frozen=True)
class Licence:
    """Terms under which the tables are passed on."""

    code: str
    name: str
    address: str


LICENCE = Licence("CC-BY-4.0", "Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/")
# The state classifier of areas, by its name.
AREAS_SOURCE = "SOATO"
SOURCE = N_("Hamkor: cooperation of prevention inspectors and NGOs in the districts of Uzbekistan")


class FieldType(StrEnum):
    """Types of columns, as Frictionless Table Schema calls them."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    YEAR = "year"
    MONTH = "yearmonth"


@dataclass(frozen=True, kw_only=True)
class OpenColumn:
    """A column: its texts are messages; ``unit`` is that of its numbers, "" where it has none or the row names it.

    ``codes`` are all that may stand in it; ``table`` is the table whose rows it names, by the column of the same code;
    ``language`` is that of its texts where a table has them in several.
    """

    code: str
    title: str
    description: str
    type: FieldType = FieldType.STRING
    unit: str = ""
    codes: tuple[str, ...] = ()
    table: str = ""
    is_required: bool = True
    language: Language | None = None


@dataclass(frozen=True, kw_only=True)
class OpenTable:
    """A table: what a row is, its columns, and those that tell its rows apart."""

    code: str
    title: str
    description: str
    columns: Sequence[OpenColumn]
    key: tuple[str, ...]

    def __contains__(self, column: str) -> bool:
        return any(each.code == column for each in self.columns)


def _values(codes: type[StrEnum]) -> tuple[str, ...]:
    return tuple(code.value for code in codes)


def _names(title: str, description: str) -> tuple[OpenColumn, ...]:
    """Return a column of names in each language."""
    return tuple(
        OpenColumn(code=name_column(language), title=title, description=description, language=language)
        for language in Language
    )


_OF_AREA = OpenColumn(
    code=AREA,
    title=N_("Area"),
    description=N_("SOATO code of the region, district or city; `uz` is the whole country."),
    table="areas",
)
_OF_DISTRICT = OpenColumn(
    code=AREA,
    title=N_("District or city"),
    description=N_("SOATO code of the district or city."),
    table="areas",
)
_OF_INDICATOR = OpenColumn(
    code="indicator_code",
    title=N_("Indicator"),
    description=N_("Code of the indicator; the method says how it is computed."),
    codes=tuple(INDICATORS),
    table="indicators",
)
_OF_NGO = OpenColumn(
    code="stir",
    title=N_("STIR"),
    description=N_("Taxpayer number of the organisation, nine digits."),
    table="ngos",
)
_YEAR = OpenColumn(code=YEAR, title=N_("Year"), description=N_("Calendar year."), type=FieldType.YEAR)
_VALUE = OpenColumn(
    code="value",
    title=N_("Value"),
    description=N_(
        "Value in the unit of the row; empty where there is not enough data. Percentages run from 0 to 100."
    ),
    type=FieldType.NUMBER,
    is_required=False,
)
_NUMERATOR = OpenColumn(
    code="numerator",
    title=N_("Numerator"),
    description=N_("What the value is a share, rate or mean of, counted or added up; empty without a value."),
    type=FieldType.NUMBER,
    is_required=False,
)
_DENOMINATOR = OpenColumn(
    code="denominator",
    title=N_("Denominator"),
    description=N_("What the numerator is divided by; empty where the indicator has none, and without a value."),
    type=FieldType.NUMBER,
    is_required=False,
)
_RESTS_ON = OpenColumn(
    code="n",
    title=N_("Based on"),
    description=N_("Number of things that the value rests on; empty without a value."),
    type=FieldType.NUMBER,
    is_required=False,
)
_UNIT = OpenColumn(
    code="unit_code",
    title=N_("Unit"),
    description=N_("What the value is measured in."),
    codes=_values(Unit),
)
_STATUS = OpenColumn(
    code="status_code",
    title=N_("Status"),
    description=N_("Status on the day of the data."),
    codes=_values(MemorandumStatus),
)


def _limit(code: str, title: str) -> OpenColumn:
    return OpenColumn(
        code=code,
        title=title,
        description=N_("Limit of the 90% confidence interval; empty where the indicator has none."),
        type=FieldType.NUMBER,
        is_required=False,
    )


def _count(code: str, title: str, description: str, unit: str) -> OpenColumn:
    return OpenColumn(code=code, title=title, description=description, type=FieldType.INTEGER, unit=unit)


_TABLES = (
    OpenTable(
        code="areas",
        title=N_("Areas"),
        description=N_(
            "The country, its regions, and their districts and cities, by the codes of the state classifier."
        ),
        columns=(
            OpenColumn(code=AREA, title=_OF_AREA.title, description=_OF_AREA.description),
            OpenColumn(
                code="level_code",
                title=N_("Level"),
                description=N_("Country, region, or district or city."),
                codes=_values(AreaLevel),
            ),
            OpenColumn(
                code="region_code",
                title=N_("Region"),
                description=N_("SOATO code of the region that the area lies in or is; empty for the country."),
                is_required=False,
            ),
            *_names(N_("Name"), N_("Name in the language of the column.")),
        ),
        key=(AREA,),
    ),
    OpenTable(
        code="indicators",
        title=N_("Indicators"),
        description=N_("What is measured: one row an indicator."),
        columns=(
            OpenColumn(
                code="indicator_code",
                title=_OF_INDICATOR.title,
                description=_OF_INDICATOR.description,
                codes=tuple(INDICATORS),
            ),
            *_names(N_("Name"), N_("Name in the language of the column.")),
            _UNIT,
            OpenColumn(
                code="better_code",
                title=N_("Which way is better"),
                description=N_("Whether a higher value is better (`up`), a lower one (`down`), or neither (`none`)."),
                codes=_values(Better),
            ),
            OpenColumn(
                code="minimum_n",
                title=N_("Smallest number"),
                description=N_("A value that rests on fewer things than this is not published."),
                type=FieldType.INTEGER,
            ),
            OpenColumn(
                code="pillar_code",
                title=N_("Pillar of the index"),
                description=N_("Part of the effectiveness index; empty for what is not in it."),
                codes=_values(Pillar),
                is_required=False,
            ),
        ),
        key=("indicator_code",),
    ),
    OpenTable(
        code="indicator_years",
        title=N_("Indicators by year"),
        description=N_("One row an area, indicator and year; of the running year the months that are over."),
        columns=(
            _OF_AREA,
            _OF_INDICATOR,
            _YEAR,
            _count("months", N_("Months"), N_("Number of months of the year that the value covers."), "month"),
            _VALUE,
            _NUMERATOR,
            _DENOMINATOR,
            _RESTS_ON,
            _limit("interval_low", N_("90% interval, from")),
            _limit("interval_high", N_("90% interval, to")),
            _UNIT,
            OpenColumn(
                code="target",
                title=N_("Target"),
                description=N_(
                    "Target of the year that holds for the area, its own or a wider one's; empty without one."
                ),
                type=FieldType.NUMBER,
                is_required=False,
            ),
            OpenColumn(
                code="target_verdict_code",
                title=N_("Beside the target"),
                description=N_(
                    "Whether the target is met, missed or within the interval; `none`: no target or no value."
                ),
                codes=_values(TargetVerdict),
            ),
            OpenColumn(
                code="verdict_code",
                title=N_("Beside the rest"),
                description=N_(
                    "The area beside all others of its level together: better or worse only where the difference is "
                    "more than chance."
                ),
                codes=_values(Verdict),
            ),
        ),
        key=(AREA, "indicator_code", YEAR),
    ),
    OpenTable(
        code="indicator_months",
        title=N_("Indicators by month"),
        description=N_(
            "One row an area, indicator and month with a value; by quarter where months have too few cases. A month "
            "without a row has not enough data. Districts have only the indicators that are kept by month."
        ),
        columns=(
            _OF_AREA,
            _OF_INDICATOR,
            OpenColumn(
                code="month",
                title=N_("Month"),
                description=N_("Month, or first month of the quarter, as year and month."),
                type=FieldType.MONTH,
            ),
            _YEAR,
            _count("months", N_("Months"), N_("1 for a month, 3 for a quarter."), "month"),
            OpenColumn(
                code=_VALUE.code,
                title=_VALUE.title,
                description=N_(
                    "Value in the unit of the row. Reach and regularity are those of the 12 months up to this one."
                ),
                type=FieldType.NUMBER,
            ),
            _NUMERATOR,
            _DENOMINATOR,
            _RESTS_ON,
            _UNIT,
            OpenColumn(
                code="is_final",
                title=N_("Final"),
                description=N_("Whether its cases can no longer change by waiting, such as evaluations still to come."),
                type=FieldType.BOOLEAN,
            ),
        ),
        key=(AREA, "indicator_code", "month"),
    ),
    OpenTable(
        code="memorandum_status",
        title=N_("Memoranda by district"),
        description=N_("One row a district or city, with or without memoranda."),
        columns=(
            _OF_DISTRICT,
            _STATUS,
            _count("memoranda", N_("Memoranda"), N_("Memoranda on record."), "memorandum"),
            _count("in_force", N_("In force"), N_("Memoranda in force on the day of the data."), "memorandum"),
            _count(
                "on_paper",
                N_("On paper only"),
                N_("Of those in force for 90 days or more, the ones without a joint event in the last 90 days."),
                "memorandum",
            ),
        ),
        key=(AREA,),
    ),
    OpenTable(
        code="ngos",
        title=N_("NGOs"),
        description=N_("One row an organisation: its public track record, without anything from evaluations."),
        columns=(
            OpenColumn(code="stir", title=_OF_NGO.title, description=_OF_NGO.description),
            OpenColumn(code="ngo_name", title=N_("Name"), description=N_("Name of the organisation, as recorded.")),
            OpenColumn(
                code=AREA,
                title=N_("Home district"),
                description=_OF_DISTRICT.description,
                table="areas",
            ),
            OpenColumn(
                code="is_active",
                title=N_("Active"),
                description=N_("Whether the organisation is still active."),
                type=FieldType.BOOLEAN,
            ),
            _count("in_force", N_("Memoranda in force"), N_("Memoranda in force that it is a party to."), "memorandum"),
            _count(
                "events_held", N_("Events held"), N_("Joint events that it took part in and that were held."), "event"
            ),
        ),
        key=("stir",),
    ),
    OpenTable(
        code="ngo_memoranda",
        title=N_("Memoranda in force by NGO"),
        description=N_("One row an organisation and memorandum in force on the day of the data."),
        columns=(
            _OF_NGO,
            _OF_DISTRICT,
            OpenColumn(
                code="number",
                title=N_("Memorandum number"),
                description=N_("Number of the memorandum in its district."),
            ),
            _STATUS,
            OpenColumn(
                code="signed_date",
                title=N_("Signed"),
                description=N_("Day on which it was signed."),
                type=FieldType.DATE,
            ),
            OpenColumn(
                code="expiry_date",
                title=N_("Expires"),
                description=N_("Last day in force, as last amended; empty where it is open-ended."),
                type=FieldType.DATE,
                is_required=False,
            ),
        ),
        key=("stir", AREA, "number"),
    ),
    OpenTable(
        code="ngo_events",
        title=N_("Events held by NGO"),
        description=N_("One row an organisation, year and direction with a joint event that was held."),
        columns=(
            _OF_NGO,
            _YEAR,
            OpenColumn(
                code="direction_code",
                title=N_("Direction"),
                description=N_("Direction of the events."),
                codes=_values(Direction),
            ),
            _count(
                "events_held",
                N_("Events held"),
                N_("Joint events held; one of several organisations counts for each."),
                "event",
            ),
        ),
        key=("stir", YEAR, "direction_code"),
    ),
    OpenTable(
        code="support",
        title=N_("Support given to NGOs"),
        description=N_("One row a support given to an organisation in a district."),
        columns=(
            _OF_DISTRICT,
            OpenColumn(
                code="number", title=N_("Support number"), description=N_("The district's own number of the record.")
            ),
            OpenColumn(
                code="support_date", title=N_("Date"), description=N_("Day on which it was given."), type=FieldType.DATE
            ),
            _YEAR,
            OpenColumn(
                code="kind_code",
                title=N_("Form of support"),
                description=N_("Form of the support."),
                codes=_values(SupportKind),
            ),
            OpenColumn(
                code="amount_uzs",
                title=N_("Amount, soʻm"),
                description=N_("In whole soʻm; empty where the support has no amount, such as a room that was lent."),
                type=FieldType.INTEGER,
                unit="UZS",
                is_required=False,
            ),
            _OF_NGO,
            OpenColumn(code="ngo_name", title=N_("NGO"), description=N_("Name of the organisation, as recorded.")),
            OpenColumn(
                code="source",
                title=N_("Source"),
                description=N_("Who gave it, as recorded."),
                is_required=False,
            ),
        ),
        key=(AREA, "number"),
    ),
)

OPEN_TABLES: Mapping[str, OpenTable] = {table.code: table for table in _TABLES}
