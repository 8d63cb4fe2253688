"""Release of confidential evaluations at the same time as a correction that makes one of them named."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, func, select

from data.aggregates import data_version, refresh
from data.codes import DraftItem, Visibility
from data.database import audit
from data.database.engine import reading, writing
from data.schema import ConfidentialBatchMember, DistrictMonth, JointEvent
from data.schema.aggregates import ALL_DIRECTIONS
from queries.evaluations.corrections import ReleasedConfidentiallyError
from queries.evaluations.submission import submit
from tests.queries.evaluations.evaluating import COMPLETE, NOW, Situation, filled_draft, situation

pytestmark = pytest.mark.both_databases

LATER = NOW + timedelta(days=1)
CONFIDENTIAL = {**COMPLETE, DraftItem.VISIBILITY: Visibility.CONFIDENTIAL.value}
FEWEST = 5


def one_made_named(engine: Engine) -> tuple[Situation, str]:
    """Just as many confidential evaluations as make a batch, and a draft that makes one of them named."""
    for _ in range(FEWEST):
        here = situation(engine)
        submit(engine, here.actor, submission_id=filled_draft(engine, here, CONFIDENTIAL), now=NOW)
    return here, filled_draft(engine, here, {DraftItem.VISIBILITY: Visibility.NAMED.value}, now=LATER)


def members(engine: Engine) -> int:
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(ConfidentialBatchMember)).scalar_one()


def test_a_correction_that_waits_for_the_release_finds_its_evaluation_in_a_batch(engine: Engine) -> None:
    here, draft = one_made_named(engine)
    with ThreadPoolExecutor(1) as pool:
        with writing(engine) as connection:
            refresh(connection)
            correcting = pool.submit(submit, engine, here.actor, submission_id=draft, now=LATER)
            with pytest.raises(TimeoutError):
                correcting.result(timeout=1)
        with pytest.raises(ReleasedConfidentiallyError):
            correcting.result(timeout=20)
    assert members(engine) == FEWEST


class HeldBack:
    """Corrections that are written and wait for a signal before they are committed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_written, self.may_commit = threading.Event(), threading.Event()
        self._record = audit.record
        monkeypatch.setattr(audit, "record", self._record_and_wait)

    def _record_and_wait(self, connection: Connection, **entry: Any) -> None:  # noqa: ANN401 - handed on
        """Write the audit entry, the last write of a correction, and wait."""
        self._record(connection, **entry)
        self.is_written.set()
        assert self.may_commit.wait(20)


def test_a_release_that_waits_for_the_correction_takes_none_that_became_named(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, draft = one_made_named(engine)
    held_back = HeldBack(monkeypatch)

    def release() -> None:
        with writing(engine) as connection:
            refresh(connection)

    with ThreadPoolExecutor(2) as pool:
        correcting = pool.submit(submit, engine, here.actor, submission_id=draft, now=LATER)
        assert held_back.is_written.wait(20)
        releasing = pool.submit(release)
        with pytest.raises(TimeoutError):
            releasing.result(timeout=1)
        held_back.may_commit.set()
        correcting.result(timeout=20)
        releasing.result(timeout=20)
    assert members(engine) == 0
    data_version(engine)
    with reading(engine) as connection:
        sums = select(DistrictMonth.evaluations, DistrictMonth.evaluations_waiting, DistrictMonth.events_marked)
        of_month = sums.where(DistrictMonth.direction_code == ALL_DIRECTIONS, DistrictMonth.evaluations > 0)
        held = connection.execute(select(func.count()).select_from(JointEvent)).scalar_one()
        assert connection.execute(of_month).all() == [(held, FEWEST - 1, 1)]


def test_a_page_that_is_asked_for_meanwhile_shows_what_was_before(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, draft = one_made_named(engine)
    held_back = HeldBack(monkeypatch)
    with ThreadPoolExecutor(1) as pool:
        correcting = pool.submit(submit, engine, here.actor, submission_id=draft, now=LATER)
        assert held_back.is_written.wait(20)
        before = data_version(engine)
        assert members(engine) == 0
        held_back.may_commit.set()
        correcting.result(timeout=20)
    assert data_version(engine) > before
    assert members(engine) == 0
