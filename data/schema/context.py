"""Context of the figures: official counts of offences, and targets.

Offences are context only: never part of the index and never attributed to an NGO. The rows are monthly sums already,
a handful a district and month, so nothing is kept beside them.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from data.codes import OffenceCategory
from data.schema.area import AreaColumns, scope_checks
from data.schema.base import CODE_LENGTH, SOATO_LENGTH, Base, Versioned, one_of

_MONTH = "year_month % 100 BETWEEN 1 AND 12"


class OffenceCount(Versioned, Base):
    """Offences of a category registered in a district and month (YYYYMM), with the source of the figure.

    The categories overlap: ``all`` is the total, the others are parts of it.
    """

    __tablename__ = "offence_count"
    __table_args__ = (
        one_of("category_code", OffenceCategory),
        CheckConstraint("offences >= 0", name="offences"),
        CheckConstraint(_MONTH, name="month"),
        Index("ix_offence_count_month", "category_code", "year_month", "district_soato", "offences"),
    )

    district_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"), primary_key=True)
    year_month: Mapped[int] = mapped_column(primary_key=True)
    category_code: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True)
    offences: Mapped[int]
    source: Mapped[str]


class CrimeFreeCount(Versioned, Base):
    """Mahallas of a district in which no offence was registered in a month (YYYYMM), with the source of the figure."""

    __tablename__ = "crime_free_count"
    __table_args__ = (
        CheckConstraint("mahallas_crime_free >= 0", name="mahallas"),
        CheckConstraint(_MONTH, name="month"),
        Index("ix_crime_free_count_month", "year_month", "district_soato", "mahallas_crime_free"),
    )

    district_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"), primary_key=True)
    year_month: Mapped[int] = mapped_column(primary_key=True)
    mahallas_crime_free: Mapped[int]
    source: Mapped[str]


class Target(AreaColumns, Versioned, Base):
    """Value that an indicator is to reach in a year, for the nation, a region or a district.

    ``indicator_code`` is a key of :data:`data.indicators.INDICATORS`; the database does not list them, as indicators
    are added more often than tables are rebuilt. ``value`` is in the indicator's own unit.
    """

    __tablename__ = "target"
    __table_args__ = (*scope_checks(), Index(None, "year", "area_code"))

    indicator_code: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    area_code: Mapped[str] = mapped_column(String(SOATO_LENGTH), primary_key=True, default="")
    value: Mapped[float]
