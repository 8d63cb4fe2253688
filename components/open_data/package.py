"""Description of the open data as a Frictionless Tabular Data Package, made of the declared columns.

https://specs.frictionlessdata.io/tabular-data-package/
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from data.dates.clock import TASHKENT
from data.effectiveness.method_version import METHOD_EDITION
from data.language import Translator
from data.open_data import AREAS_SOURCE, LICENCE, OPEN_TABLES, SOURCE, OpenColumn, OpenTable

PACKAGE_NAME = "hamkor-open-data"
_OF_TABLES = "tabular-data-resource"


@dataclass(frozen=True)
class Edition:
    """What the tables are of: their day, the version of the data, and whether these are demo data."""

    day: date
    data_version: int
    is_demo: bool


def data_package(edition: Edition, *, operator: str, translate: Translator) -> Mapping[str, Any]:
    """Return the description with titles in one language; paths of files are beside it."""
    title = translate("Open data of Hamkor")
    return {
        "profile": "tabular-data-package",
        "name": PACKAGE_NAME,
        "title": f"{title} · {translate('Demo data: invented figures, not for use')}" if edition.is_demo else title,
        "description": translate(SOURCE),
        "version": METHOD_EDITION,
        # The start of the day, so that all processes of a server say the same.
        "created": datetime.combine(edition.day, time(), TASHKENT).isoformat(),
        "licenses": [{"name": LICENCE.code, "title": LICENCE.name, "path": LICENCE.address}],
        "sources": [{"title": operator or translate(SOURCE)}, {"title": AREAS_SOURCE}],
        "contributors": [{"title": operator or "Hamkor", "role": "publisher"}],
        "language": translate.language.html_code,
        "methodVersion": METHOD_EDITION,
        "dataDate": edition.day.isoformat(),
        "dataVersion": edition.data_version,
        "isDemo": edition.is_demo,
        "resources": [_resource(table, translate) for table in OPEN_TABLES.values()],
    }


def column_title(column: OpenColumn, translate: Translator) -> str:
    """Return the title of a column, with the language of its texts where a table has them in several."""
    title = translate(column.title)
    return f"{title} ({column.language.own_name})" if column.language else title


def _resource(table: OpenTable, translate: Translator) -> Mapping[str, Any]:
    return {
        "profile": _OF_TABLES,
        "name": table.code,
        "title": translate(table.title),
        "description": translate(table.description),
        "path": f"{table.code}.csv",
        "json": f"{table.code}.json",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(column, translate) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": [column.code], "reference": {"resource": column.table, "fields": [column.code]}}
                for column in table.columns
                if column.table
            ],
        },
    }


def _field(column: OpenColumn, translate: Translator) -> Mapping[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.is_required else {}
    if column.codes:
        constraints["enum"] = list(column.codes)
    return {
        "name": column.code,
        "title": column_title(column, translate),
        "description": translate(column.description),
        "type": column.type.value,
        **({"unit": column.unit} if column.unit else {}),
        **({"constraints": constraints} if constraints else {}),
    }
