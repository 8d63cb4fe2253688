"""Keys of the comments and recommendations of named evaluations in the stale months."""

# ruff: noqa: S608 - the statements are made of names of this package and nothing else

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, insert, text

from data.aggregates.evaluations import NAMED
from data.aggregates.sql import STALE
from data.effectiveness.formality import FORMALITY_METHOD
from data.schema import EvaluationText
from data.schema.texts import KIND_COMMENT, KIND_RECOMMENDATION
from data.texts.search_keys import search_key

KINDS = (KIND_COMMENT, KIND_RECOMMENDATION)
_SAID = (
    "SELECT v.id AS evaluation_id, e.district_soato, s.year_month, v.ngo_id, v.comment AS comment,"
    f" v.recommendation_text AS {KIND_RECOMMENDATION} FROM {NAMED}"
    " AND (v.comment <> '' OR v.recommendation_text <> '')"
)
_AT_ONCE = 10_000


def text_key(words: str) -> int | None:
    """Number equal for texts that fold to the same words; None for a text too short to compare."""
    folded = search_key(words)
    if len(folded) < FORMALITY_METHOD.shortest_text:
        return None
    return int.from_bytes(blake2b(folded.encode(), digest_size=8).digest(), signed=True)


def update_text_keys(connection: Connection) -> None:
    """Replace the keys of the months in the work table ``refreshed_month``."""
    connection.execute(text(f"DELETE FROM evaluation_text WHERE {STALE}"))
    said = connection.execute(text(_SAID)).mappings()
    while rows := said.fetchmany(_AT_ONCE):
        keyed = [values for row in rows for values in _keyed(dict(row))]
        if keyed:
            connection.execute(insert(EvaluationText), keyed)


def _keyed(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    words = {kind: row.pop(kind) for kind in KINDS}
    for kind, said in words.items():
        key = text_key(said)
        if key is not None:
            yield {**row, "kind_code": kind, "text_key": key}
