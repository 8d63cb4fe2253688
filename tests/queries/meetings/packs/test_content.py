"""Text of a pack is canonical: complete, and the same pack is always the same bytes."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.agenda import agenda_for
from data.codes import AgendaItem
from data.dates.period import Period
from data.policy import Scope
from queries.meetings.packs.columns import ColumnKind, FrameColumn
from queries.meetings.packs.content import PackContent
from queries.meetings.packs.frames import FRAMES, empty_frame, frames_for, typed

# What a database can hold: no lone halves of characters, and no NUL on PostgreSQL.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
VALUES: dict[ColumnKind, st.SearchStrategy[Any]] = {
    ColumnKind.TEXT: st.none() | TEXTS,
    ColumnKind.COUNT: st.none() | st.integers(-(2**53), 2**53),
    ColumnKind.NUMBER: st.none() | st.floats(),
    ColumnKind.FLAG: st.booleans(),
    ColumnKind.DAY: st.none() | st.dates(date(1900, 1, 1), date(9999, 12, 31)),
}
MOMENTS = st.datetimes(
    datetime(2020, 1, 1), datetime(2090, 1, 1), timezones=st.sampled_from([UTC, timezone(timedelta(hours=5))])
)  # noqa: DTZ001


def _rows(columns: tuple[FrameColumn, ...]) -> st.SearchStrategy[list[dict[str, Any]]]:
    row = st.fixed_dictionaries({column.name: VALUES[column.kind] for column in columns})
    return st.lists(row, max_size=4)


@st.composite
def contents(draw: st.DrawFn) -> PackContent:
    """Draw a pack with any values in any of its frames."""
    names = draw(st.sets(st.sampled_from(list(FRAMES)), max_size=3))
    scope = draw(st.sampled_from([Scope.nation(), Scope.region("1703"), Scope.district("1703202")]))
    agenda = draw(st.sets(st.sampled_from(agenda_for(scope.kind)), min_size=1))
    return PackContent(
        pack_id=str(draw(st.uuids(version=4))),
        scope=scope,
        period=Period.of_months(draw(st.dates(date(2000, 1, 1), date(2080, 1, 1))), draw(st.integers(1, 36))),
        today=draw(st.dates()),
        created_at=draw(MOMENTS),
        author_name=draw(TEXTS),
        is_demo=draw(st.booleans()),
        method_version=draw(TEXTS),
        data_version=draw(TEXTS),
        agenda=tuple(item for item in agenda_for(scope.kind) if item in agenda),
        previous_pack_id=draw(st.none() | st.uuids().map(str)),
        frames={name: pd.DataFrame(draw(_rows(FRAMES[name]))) for name in names},
    )


@settings(max_examples=40, deadline=None)
@given(contents())
def test_a_pack_is_read_back_as_it_was_and_written_the_same(content: PackContent) -> None:
    text = content.to_json()
    again = PackContent.from_json(text)
    assert again.to_json() == text
    assert again == content
    assert again.created_at == content.created_at
    for name in FRAMES:
        pd.testing.assert_frame_equal(again.frames[name], content.frames[name])


@settings(max_examples=40, deadline=None)
@given(contents())
def test_the_text_is_plain_json_with_its_keys_in_order(content: PackContent) -> None:
    def refuse(constant: str) -> float:
        raise AssertionError(f"{constant} is no JSON")

    text = content.to_json()
    plain = json.loads(text, parse_constant=refuse)
    assert json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")) == text


@given(st.sampled_from(list(FRAMES)).flatmap(lambda name: st.tuples(st.just(name), _rows(FRAMES[name]))))
def test_settling_what_is_settled_changes_nothing(drawn: tuple[str, list[dict[str, Any]]]) -> None:
    name, rows = drawn
    once = typed(name, pd.DataFrame(rows))
    pd.testing.assert_frame_equal(typed(name, once), once)
    assert {column.name: column.kind.value for column in FRAMES[name]} == once.dtypes.astype(str).to_dict()


@pytest.mark.parametrize("name", list(FRAMES))
def test_every_frame_is_declared_with_descriptions_and_may_be_empty(name: str) -> None:
    columns = FRAMES[name]
    assert [column.name for column in columns] == list(empty_frame(name).columns)
    assert len({column.name for column in columns}) == len(columns)
    assert all(column.description for column in columns)


def test_every_frame_is_asked_for_by_some_item_of_the_agenda() -> None:
    assert frames_for(AgendaItem) == set(FRAMES)


def test_numbers_that_are_not_finite_and_texts_that_are_missing_are_nothing() -> None:
    rows = [{"value": value, "kind_code": text} for value, text in ((float("inf"), None), (float("nan"), pd.NA))]
    frame = typed("proposals", pd.DataFrame(rows))
    assert frame["value"].isna().all()
    assert frame["kind_code"].tolist() == [None, None]


def test_a_column_that_was_declared_later_is_empty_in_an_older_pack() -> None:
    content = PackContent(
        pack_id="6f1c2d3e-7f4a-4f0e-9a55-0d7d6c1f2a10",
        scope=Scope.nation(),
        period=Period.of_year(2026),
        today=date(2026, 6, 15),
        created_at=datetime(2026, 6, 15, tzinfo=UTC),
        author_name="",
        is_demo=False,
        method_version="",
        data_version="1",
        agenda=(AgendaItem.PLAN,),
        previous_pack_id=None,
        frames={"problems": pd.DataFrame([{"problem_code": "other", "evaluations": 2, "n": 9}])},
    )
    older = json.loads(content.to_json())
    del older["frames"]["problems"]["n"], older["frames"]["map_values"]
    again = PackContent.from_json(json.dumps(older))
    assert again.frames["problems"]["n"].isna().tolist() == [True]
    assert again.frames["map_values"].empty
