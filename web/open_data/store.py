"""The open data as they are handed out: tables and files that are made once and then cost no query.

What was made is handed out for :data:`LIFETIME_S` without a look at the database. Then the version of the data is
asked for: where it and the day are the same, everything stays; else everything is made anew, each table when it is
first asked for.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import RLock
from typing import NamedTuple

import pandas as pd
from sqlalchemy import Engine

from components.open_data.files import csv_file, json_file
from components.open_data.package import Edition, data_package
from data.aggregates import data_version
from data.database.engine import reading, snapshot
from data.dates import clock
from data.language import Language, Translator
from data.open_data import AREA, NATION_CODE, OPEN_TABLES, YEAR, OpenTable
from data.policy import Actor
from queries.directory.demo_flag import demo_date
from queries.open_data.tables import open_table
from web.headers import FIXED_HEADERS

LIFETIME_S = 1800
KEPT_ANSWERS = 256
PACKAGE_FILE = "datapackage"
CSV, JSON = "csv", "json"
_MEDIA_TYPES = {CSV: b"text/csv; charset=utf-8; header=present", JSON: b"application/json; charset=utf-8"}
_FILES: Mapping[str, Callable[[OpenTable, pd.DataFrame], bytes]] = {CSV: csv_file, JSON: json_file}

Header = tuple[bytes, bytes]
# Anyone's page may read it, and nothing in it is run by a browser that opens it.
OPEN_HEADERS: list[Header] = [
    *((name.lower().encode(), value.encode()) for name, value in FIXED_HEADERS.items()),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Retry-After"),
    (b"cross-origin-resource-policy", b"cross-origin"),
]
_FILE_HEADERS: list[Header] = [
    *OPEN_HEADERS,
    (b"cache-control", f"public, max-age={LIFETIME_S}".encode()),
    (b"vary", b"Accept-Encoding"),
]


class Wanted(NamedTuple):
    """A file: a table or the description of all, its format, and what it is narrowed to ("": not narrowed)."""

    file: str
    ending: str
    area_code: str = ""
    year: str = ""
    language: str = ""


@dataclass(frozen=True)
class Answer:
    """A file ready to be sent, plain and compressed, with its headers."""

    etag: bytes
    plain: bytes
    packed: bytes
    plain_headers: list[Header]
    packed_headers: list[Header]
    same_headers: list[Header]

    @classmethod
    def of(cls, content: bytes, *, media_type: bytes, name: str) -> Answer:
        """Return the answer with a file; ``name`` is what it is called where it is saved."""
        etag = b'W/"%s"' % hashlib.sha256(content).hexdigest()[:32].encode()
        packed = gzip.compress(content, mtime=0)
        shared = [*_FILE_HEADERS, (b"etag", etag)]
        described = [
            *shared,
            (b"content-type", media_type),
            (b"content-disposition", f'inline; filename="{name}"'.encode()),
        ]
        return cls(
            etag=etag,
            plain=content,
            packed=packed,
            plain_headers=[*described, _length(content)],
            packed_headers=[*described, _length(packed), (b"content-encoding", b"gzip")],
            same_headers=shared,
        )


def _length(content: bytes) -> Header:
    return b"content-length", str(len(content)).encode()


@dataclass
class _Made:
    """What was made of one version of the data; each file is made by one thread, while others make others."""

    edition: Edition
    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    whole: dict[Wanted, Answer] = field(default_factory=dict)
    narrowed: OrderedDict[Wanted, Answer] = field(default_factory=OrderedDict)
    locks: Mapping[str, RLock] = field(default_factory=lambda: {file: RLock() for file in (*OPEN_TABLES, PACKAGE_FILE)})

    def find(self, wanted: Wanted) -> Answer | None:
        """Return a file that was made already."""
        return self.whole.get(wanted) or self.narrowed.get(wanted)

    def keep(self, wanted: Wanted, answer: Answer) -> None:
        """Keep a file; of those that are narrowed the last ones."""
        if not wanted.area_code and not wanted.year:
            self.whole[wanted] = answer
            return
        self.narrowed[wanted] = answer
        if len(self.narrowed) > KEPT_ANSWERS:
            self.narrowed.popitem(last=False)


class OpenDataStore:
    """Makes tables and files when they are first asked for, and hands them out from then on."""

    def __init__(self, engine: Engine, *, operator: str, now: Callable[[], float] = time.monotonic) -> None:
        self.engine, self.operator, self.now = engine, operator, now
        self._lock = RLock()
        self._made: _Made | None = None
        self._is_good_until = 0.0

    def find(self, wanted: Wanted) -> Answer | None:
        """Return a file that was made already; None where it has to be made, or looked at anew."""
        made = self._made
        if made is None or self.now() >= self._is_good_until:
            return None
        return made.find(wanted)

    def make(self, wanted: Wanted) -> Answer:
        """Return a file, made now where it is not yet. It may read the database, so call it in a thread."""
        made = self._current()
        with made.locks[wanted.file]:
            found = made.find(wanted)
            if found is None:
                found = self._answer(wanted, made)
                made.keep(wanted, found)
            return found

    def frame(self, code: str) -> pd.DataFrame:
        """Return the rows of a table, which nobody may change; in a thread, as :meth:`make`."""
        return self._frame(code, self._current())

    def edition(self) -> Edition:
        """Return what the tables are of; in a thread, as :meth:`make`."""
        return self._current().edition

    def _current(self) -> _Made:
        """Return what was made of the newest version of the data, as of the last look."""
        with self._lock:
            if self._made is not None and self.now() < self._is_good_until:
                return self._made
            version, today = data_version(self.engine), clock.today()
            known = self._made.edition if self._made else None
            if self._made is None or known is None or (known.data_version, known.day) != (version, today):
                with reading(self.engine) as connection:
                    is_demo = bool(demo_date(connection))
                self._made = _Made(Edition(today, version, is_demo))
            self._is_good_until = self.now() + LIFETIME_S
            return self._made

    def _frame(self, code: str, made: _Made) -> pd.DataFrame:
        with made.locks[code]:
            if code not in made.frames:
                # Sums that are out of date are computed first, as for a page.
                data_version(self.engine)
                with snapshot(self.engine) as connection:
                    made.frames[code] = open_table(connection, Actor.visitor(), code, today=made.edition.day)
            return made.frames[code]

    def _answer(self, wanted: Wanted, made: _Made) -> Answer:
        if wanted.file == PACKAGE_FILE:
            described = data_package(
                made.edition, operator=self.operator, translate=Translator(Language(wanted.language))
            )
            content = json.dumps(described, ensure_ascii=False, indent=1).encode()
        else:
            table = OPEN_TABLES[wanted.file]
            content = _FILES[wanted.ending](
                table, narrowed(self._frame(wanted.file, made), wanted, areas=self._frame("areas", made))
            )
        mark = "-demo" if made.edition.is_demo else ""
        return Answer.of(
            content,
            media_type=_MEDIA_TYPES[wanted.ending],
            name=f"hamkor{mark}-{wanted.file}.{wanted.ending}",
        )


def narrowed(frame: pd.DataFrame, wanted: Wanted, *, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of an area and what lies in it, and of a year; ``areas``: the rows of that table."""
    if wanted.area_code and wanted.area_code != NATION_CODE:
        inside = areas.loc[areas["region_code"] == wanted.area_code, AREA]
        frame = frame[frame[AREA].isin({wanted.area_code, *inside})]
    return frame[frame[YEAR] == int(wanted.year)] if wanted.year else frame
