"""Directory of Uzbekistan: 14 regions, 208 districts and cities, their outlines and points.

Sources and licences: ``data/reference/PROVENANCE.md``. The district of ``demo_districts.csv`` is invented: its names
are known here, but only databases with demo data have it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert

from data.codes import DayKind
from data.database.upsert import insert_missing, upsert
from data.language import N_, Language
from data.schema import District, DistrictSuccession, Holiday, Region

REFERENCE = Path(__file__).parent / "reference"
DISTRICT_OUTLINES = REFERENCE / "districts.geojson"
REGION_OUTLINES = REFERENCE / "regions.geojson"
SUCCESSOR_SEPARATOR = ";"
CREDIT_LINE = N_("© OpenStreetMap contributors (ODbL) · geoBoundaries / OCHA ROCCA (CC BY 3.0 IGO), changed")


class AreaKind(StrEnum):
    """Kinds of region and district."""

    REGION = "region"
    REPUBLIC = "republic"
    CITY = "city"
    DISTRICT = "district"


def _read(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def area_names(language: Language) -> Mapping[str, str]:
    """Return names of regions and districts by SOATO code; the first language's where this one has none."""
    return _names()[language]


@cache
def _names() -> Mapping[Language, Mapping[str, str]]:
    rows = [*_read("regions.csv"), *_read("districts.csv"), *_read("demo_districts.csv")]
    first = name_column(next(iter(Language)))
    return {
        language: {row["soato"]: row.get(name_column(language)) or row[first] for row in rows} for language in Language
    }


@cache
def area_points() -> Mapping[str, tuple[float, float]]:
    """Return the point of the label of each region and district by SOATO code: longitude and latitude in degrees."""
    rows = [*_read("regions.csv"), *_read("districts.csv")]
    return {row["soato"]: (float(row["lon"]), float(row["lat"])) for row in rows}


def name_column(language: Language) -> str:
    """Return the name column of a language, in the files of the directory and in all frames of areas."""
    return f"name_{language.lower()}"


def _shared_columns(row: dict[str, str]) -> dict[str, Any]:
    return {
        "soato": row["soato"],
        "kind_code": row["type"],
        "latitude": float(row["lat"]),
        "longitude": float(row["lon"]),
    }


@dataclass(frozen=True)
class DistrictPlace:
    """Region of a district and the point of its label, in degrees."""

    region_soato: str
    longitude: float
    latitude: float


@cache
def district_places() -> Mapping[str, DistrictPlace]:
    """Return all districts of the directory's file by SOATO code, those without an outline too."""
    return {
        row["soato"]: DistrictPlace(row["region_soato"], float(row["lon"]), float(row["lat"]))
        for row in _read("districts.csv")
    }


def load_directory(connection: Connection) -> None:
    """Insert or update regions and districts with their days and successors, and the fixed holidays; repeatable."""
    upsert(connection, Region, [_shared_columns(row) for row in _read("regions.csv")], key=["soato"])
    _load_districts(connection, _read("districts.csv"))
    insert_missing(connection, Holiday, fixed_holidays())


def load_demo_districts(connection: Connection, *, valid_to: date) -> list[str]:
    """Insert or update the invented districts, which end on a day, and return their SOATO codes."""
    rows = [{**row, "valid_to": valid_to.isoformat()} for row in _read("demo_districts.csv")]
    _load_districts(connection, rows)
    return [row["soato"] for row in rows]


def _load_districts(connection: Connection, rows: list[dict[str, str]]) -> None:
    districts = [
        {
            **_shared_columns(row),
            "region_soato": row["region_soato"],
            "area_km2": float(row["area_km2"]) if row["area_km2"] else None,
            "has_boundary": row["has_boundary"] == "1",
            **{name: date.fromisoformat(row[name]) if row[name] else None for name in ("valid_from", "valid_to")},
        }
        for row in rows
    ]
    upsert(connection, District, districts, key=["soato"])
    codes = [row["soato"] for row in rows]
    connection.execute(delete(DistrictSuccession).where(DistrictSuccession.predecessor_soato.in_(codes)))
    successions = [
        {"predecessor_soato": row["soato"], "successor_soato": successor}
        for row in rows
        for successor in row["successors"].split(SUCCESSOR_SEPARATOR)
        if successor
    ]
    if successions:
        connection.execute(insert(DistrictSuccession), successions)


def fixed_holidays() -> list[dict[str, Any]]:
    """Return the public holidays that the Labour Code fixes to a date, as rows of ``holiday``.

    Those of Ramazon and Qurbon hayit, days off beside holidays and moved Saturdays are announced year by year: the
    administrator enters them.
    """
    return [
        {"holiday_date": date.fromisoformat(row["date"]), "name": row["name"], "kind_code": DayKind.DAY_OFF.value}
        for row in _read("holidays.csv")
    ]
