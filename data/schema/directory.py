"""Regions, districts, mahallas, NGOs, inhabitants and holidays."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.codes import DayKind, Direction
from data.schema.base import CODE_LENGTH, SOATO_LENGTH, Base, UtcDateTime, Versioned, one_of


class Region(Base):
    """A region, the republic or Tashkent city; keyed by SOATO. Names are in the directory's files."""

    __tablename__ = "region"

    soato: Mapped[str] = mapped_column(String(SOATO_LENGTH), primary_key=True)
    kind_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    latitude: Mapped[float]
    longitude: Mapped[float]


class District(Base):
    """A district (tuman) or a city of regional subordination; keyed by SOATO. Names are in the directory's files.

    ``valid_from`` and ``valid_to`` are its first and last day; null: since ever, until further notice.
    """

    __tablename__ = "district"
    __table_args__ = (CheckConstraint("valid_from <= valid_to", name="valid_days"),)

    soato: Mapped[str] = mapped_column(String(SOATO_LENGTH), primary_key=True)
    region_soato: Mapped[str] = mapped_column(ForeignKey("region.soato"), index=True)
    kind_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    latitude: Mapped[float]
    longitude: Mapped[float]
    area_km2: Mapped[float | None]
    has_boundary: Mapped[bool]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class DistrictSuccession(Base):
    """A district that ended, and one of those that its territory belongs to since."""

    __tablename__ = "district_succession"
    __table_args__ = (CheckConstraint("predecessor_soato <> successor_soato", name="not_itself"),)

    predecessor_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"), primary_key=True)
    successor_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"), primary_key=True)


class Inhabitants(Versioned, Base):
    """Inhabitants of a district on a date, with the source of the figure."""

    __tablename__ = "inhabitants"
    __table_args__ = (
        UniqueConstraint("district_soato", "counted_date"),
        CheckConstraint("inhabitants >= 0", name="not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"))
    counted_date: Mapped[date]
    inhabitants: Mapped[int]
    source: Mapped[str]


class Holiday(Versioned, Base):
    """A day of the country that is not as the week says: a day off, or a worked day of a week's end."""

    __tablename__ = "holiday"
    __table_args__ = (one_of("kind_code", DayKind),)

    id: Mapped[int] = mapped_column(primary_key=True)
    holiday_date: Mapped[date] = mapped_column(unique=True)
    name: Mapped[str]
    kind_code: Mapped[str] = mapped_column(String(CODE_LENGTH))


class Mahalla(Versioned, Base):
    """A neighbourhood; ``name_key`` is the search key of its name, ``post`` its inspector's post."""

    __tablename__ = "mahalla"
    __table_args__ = (UniqueConstraint("district_soato", "name_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"))
    name: Mapped[str]
    name_key: Mapped[str]
    post: Mapped[str] = mapped_column(default="")


class MahallaFormerName(Base):
    """A name by which a mahalla was known: it still finds the mahalla, in search and in workbooks."""

    __tablename__ = "mahalla_former_name"
    __table_args__ = (UniqueConstraint("district_soato", "name_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"))
    name: Mapped[str]
    name_key: Mapped[str]
    mahalla_id: Mapped[int] = mapped_column(ForeignKey("mahalla.id"), index=True)


class MahallaMerge(Base):
    """A mahalla that was merged into another one: what it was, and by table the ids of what moved.

    ``audit_id`` is the entry of the audit log that tells of it. Its row is gone from ``mahalla``, so that it counts
    nowhere; undoing puts it back under its id, ``merged_id``.
    """

    __tablename__ = "mahalla_merge"

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[str] = mapped_column(String(36), unique=True)
    district_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"))
    merged_id: Mapped[int]
    name: Mapped[str]
    name_key: Mapped[str]
    post: Mapped[str]
    version: Mapped[int]
    into_id: Mapped[int] = mapped_column(ForeignKey("mahalla.id"), index=True)
    moved: Mapped[dict[str, list[int]]] = mapped_column(JSON)
    audit_id: Mapped[int]
    merged_at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Ngo(Versioned, Base):
    """A non-governmental organisation; ``stir`` is its nine-digit tax number."""

    __tablename__ = "ngo"
    __table_args__ = (CheckConstraint("length(stir) = 9", name="stir_length"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    stir: Mapped[str] = mapped_column(String(9), unique=True)
    district_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"), index=True)
    contact: Mapped[str] = mapped_column(default="")
    is_active: Mapped[bool] = mapped_column(default=True)


class NgoFormerName(Base):
    """A name that an NGO had: searches still find the NGO by it. Workbooks name NGOs by their STIR, which stays."""

    __tablename__ = "ngo_former_name"
    __table_args__ = (UniqueConstraint("ngo_id", "name_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ngo_id: Mapped[int] = mapped_column(ForeignKey("ngo.id", ondelete="CASCADE"))
    name: Mapped[str]
    name_key: Mapped[str]


class NgoDirection(Base):
    """A direction that an NGO works in."""

    __tablename__ = "ngo_direction"
    __table_args__ = (one_of("direction_code", Direction),)

    ngo_id: Mapped[int] = mapped_column(ForeignKey("ngo.id", ondelete="CASCADE"), primary_key=True)
    direction_code: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True)
