"""Context of the figures: official counts of offences, and targets.

Offences are context only: never part of the index and never attributed to an NGO. The rows are monthly sums already,
a handful a district and month, so nothing is kept beside them.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.schema.area import AreaColumns, scope_checks
from data.schema.base import CODE_LENGTH, SOATO_LENGTH, Base, Versioned

OFFENCE_FIGURES = ("offences", "criminal_search", "youth", "women", "repeat", "mahallas_crime_free")


class OffenceMonth(Versioned, Base):
    """Offences registered in a district and month (YYYYMM), with the source of the figures; null: no figure.

    ``offences`` is the total; the kinds beside it are parts of it, and overlap. ``mahallas_crime_free`` are the
    mahallas in which none was registered.
    """

    __tablename__ = "offence_month"
    __table_args__ = (
        UniqueConstraint("district_soato", "year_month"),
        *(CheckConstraint(f"{name} >= 0", name=name) for name in OFFENCE_FIGURES),
        CheckConstraint("year_month % 100 BETWEEN 1 AND 12", name="month"),
        Index(None, "year_month", "district_soato"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"))
    year_month: Mapped[int]
    offences: Mapped[int | None]
    criminal_search: Mapped[int | None]
    youth: Mapped[int | None]
    women: Mapped[int | None]
    repeat: Mapped[int | None]
    mahallas_crime_free: Mapped[int | None]
    source: Mapped[str]


class Target(AreaColumns, Versioned, Base):
    """Value that an indicator is to reach in a year, for the nation, a region or a district.

    ``indicator_code`` is a key of :data:`data.indicators.INDICATORS`; the database does not list them, as indicators
    are added more often than tables are rebuilt. ``value`` is in the indicator's own unit.
    """

    __tablename__ = "target"
    __table_args__ = (
        UniqueConstraint("indicator_code", "year", "area_code"),
        *scope_checks(),
        Index(None, "year", "area_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    year: Mapped[int]
    area_code: Mapped[str] = mapped_column(String(SOATO_LENGTH), default="")
    value: Mapped[float]
