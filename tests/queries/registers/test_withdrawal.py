"""A withdrawn record is as if it had never been entered, in every figure and list, until it is restored."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from importlib import import_module
from itertools import product
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine, select

import queries
from data.aggregates import data_version
from data.codes import FormalityReason, Party
from data.database.engine import reading, writing
from data.dates.period import Period
from data.indicators import INDICATORS
from data.policy import Actor, ForbiddenError, Role, Scope, ScopeKind
from data.registers.entry import OutdatedEntryError
from data.schema import Ngo
from data.texts.personal_data import PersonalDataError
from queries.evaluations.lists import EvaluationKind
from queries.events.entries import EntryFilter
from queries.events.year import GridRows
from queries.registers.records import history, list_records
from queries.registers.withdrawal import (
    EvaluatedEventError,
    NoReasonError,
    NumberTakenError,
    referring_records,
    restore,
    withdraw,
)
from tests.data.direct_sums import stored_sums
from tests.data.test_aggregates import assert_exact
from tests.queries.registers.registering import (
    ADMIN,
    DISTRICT,
    NOW,
    REGION,
    STIR,
    WITHDRAWN,
    enter,
    enter_all,
    read_record,
    settle,
)
from tests.worlds import make_evaluation

TODAY = date(2026, 11, 20)
Seen = Mapping[str, object]
# Values with which a query is asked, by the name of its parameter. What asks for one thing by its key is left out.
ASKED: Mapping[str, Sequence[object]] = {
    "scope": [Scope.nation(), Scope.district(DISTRICT)],
    "period": [Period.of_year(2026)],
    "months": [Period.of_year(2026)],
    "today": [TODAY],
    "limit": [100],
    "year": [2026],
    "code": list(INDICATORS),
    "reason": list(FormalityReason),
    "by": [ScopeKind.DISTRICT],
    "direction": [None],
    "register": list(WITHDRAWN),
    "district_soato": [DISTRICT],
    "from_year": [2026],
    "to_year": [2027],
    "mahalla_id": [None, 1],
    "ngo_id": [1],
    "rows": list(GridRows),
    "wanted": [EntryFilter(year=2026)],
    "kind": [None, EvaluationKind()],
    "asked_by": list(Party),
    "is_trained": [False, True],
    "counted": [None],
}
OF_ONE_THING = {
    *("public_id", "public_ids", "submission_id", "pack_id", "record", "meeting_id"),
    *("account_id", "session_id", "table"),
}
# Asks for the trend of each of some two hundred areas, which is asked here for some of them.
OF_EACH_AREA = {"open_months"}


@pytest.fixture
def world(engine: Engine) -> Engine:
    """Database with the NGOs and mahallas that good records name."""
    with writing(engine) as connection:
        settle(connection)
    return engine


def questions() -> Iterator[tuple[str, Callable[..., Any], list[dict[str, object]]]]:
    """Every function of :mod:`queries` that returns what an actor sees, with the options that it is asked with."""
    for found in walk_packages([str(Path(queries.__file__ or "").parent)], "queries."):
        module = import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            parameters = inspect.signature(function).parameters
            is_own = function.__module__ == module.__name__ and not name.startswith("_")
            if not is_own or name in OF_EACH_AREA or list(parameters)[:2] != ["connection", "actor"]:
                continue
            if inspect.signature(function).return_annotation not in (
                "pd.DataFrame",
                "RecordPage",
                "EntryPage",
                "FramePage",
            ):
                continue
            if OF_ONE_THING & parameters.keys():
                continue
            names = [name for name in list(parameters)[2:] if name in ASKED]
            missing = [name for name, entry in parameters.items() if entry.default is entry.empty and name not in ASKED]
            assert set(missing) == {"connection", "actor"}, f"say with what {found.name}.{name} is asked: {missing}"
            asked = [_values_of(parameters[name]) for name in names]
            yield f"{found.name}.{name}", function, [dict(zip(names, one, strict=True)) for one in product(*asked)]


def _values_of(parameter: inspect.Parameter) -> Sequence[object]:
    """Values that a parameter is asked with; None where it may be left out."""
    return [value for value in ASKED[parameter.name] if value is not None or parameter.default is None]


def seen(engine: Engine) -> Seen:
    """All rows that the queries return, those of the NGO too, and the sums that are kept."""
    data_version(engine)
    answers: dict[str, object] = {}
    with reading(engine) as connection:
        ngo_id = connection.scalars(select(Ngo.id).where(Ngo.stir == STIR)).one()
        ngo = Actor(Role.NGO, region_soato=REGION, district_soato=DISTRICT, ngo_id=ngo_id)
        for name, function, options in questions():
            for actor, about in product((ADMIN, ngo), options):
                if actor is ngo and about.get("scope") == Scope.nation():
                    continue  # its own rows are of the district
                answers[f"{name} {actor.role} {about}"] = _answer(connection, function, actor, about)
        sums = stored_sums(connection)
    return answers | {f"sums {table}": cells for table, cells in sums.items()}


def _answer(connection: Connection, function: Callable[..., Any], actor: Actor, about: Mapping[str, object]) -> object:
    try:
        answer = function(connection, actor, **about)
    except (ForbiddenError, ValueError):
        return None  # not for this actor, or not of this area
    frame: pd.DataFrame = answer if isinstance(answer, pd.DataFrame) else answer.frame
    rounded = frame.drop(columns=["version"], errors="ignore").assign(**frame.select_dtypes("float").round(9))
    return sorted(map(repr, rounded.itertuples(index=False)))


SECOND: Mapping[str, str] = {"number": "22"}


def test_withdrawn_records_of_all_registers_leave_every_answer_and_come_back(world: Engine) -> None:
    enter_all(world, *WITHDRAWN)
    before = seen(world)
    ids = {register: enter(world, register, SECOND).record_id for register in WITHDRAWN}
    entered = seen(world)
    changed = {key for key in entered if before[key] != entered[key]}
    listed = {register for register in WITHDRAWN for key in changed if "list_records" in key and f"'{register}'" in key}
    assert listed == set(WITHDRAWN)
    assert {"sums district_month", "sums ngo_month"} <= changed
    for register, record_id in ids.items():
        withdraw(world, ADMIN, register=register, record_id=record_id, version=1, reason="xato", now=NOW)
    gone = seen(world)
    assert [key for key in before if before[key] != gone[key]] == []
    assert_exact(world)
    for register, record_id in ids.items():
        restore(world, ADMIN, register=register, record_id=record_id)
    back = seen(world)
    assert [key for key in entered if entered[key] != back[key]] == []
    assert_exact(world)


@pytest.mark.both_databases
def test_the_number_of_a_withdrawn_record_is_free_until_it_is_restored(world: Engine) -> None:
    ids = enter_all(world, *WITHDRAWN)
    for register in reversed(WITHDRAWN):
        about: dict[str, Any] = {"register": register, "record_id": ids[register]}
        withdraw(world, ADMIN, **about, version=1, reason="xato", now=NOW)
        if register != "memoranda":
            other = enter(world, register)
            assert other.record_id != ids[register], register
            with pytest.raises(NumberTakenError):
                restore(world, ADMIN, **about)
            withdraw(world, ADMIN, register=register, record_id=other.record_id, version=1, reason="xato", now=NOW)
        restore(world, ADMIN, **about)
        record = read_record(world, register, ids[register])
        assert (record.withdrawn_at, record.version) == (None, 3), register
        assert not enter(world, register, record=record).is_changed


@pytest.mark.both_databases
def test_withdrawal_and_restoring_stay_in_the_history_with_their_reason(world: Engine) -> None:
    about: dict[str, Any] = {"register": "supports", "record_id": enter(world, "supports").record_id}
    withdraw(world, ADMIN, **about, version=1, reason="  ikki marta kiritilgan ", now=NOW)
    record = read_record(world, **about)
    assert (record.withdrawn_at, record.withdrawn_reason, record.texts["number"]) == (
        NOW,
        "ikki marta kiritilgan",
        "K-1",
    )
    with reading(world) as connection:
        listed = list_records(connection, ADMIN, register="supports", scope=Scope.nation(), is_withdrawn=True).frame[
            "record_id"
        ]
    assert listed.to_list() == [about["record_id"]]
    restore(world, ADMIN, **about)
    restore(world, ADMIN, **about)
    with reading(world) as connection:
        log = history(connection, read_record(world, **about))
    assert log[["action_code", "reason"]].apply(tuple, axis=1).to_list() == [
        ("form_restored", ""),
        ("form_withdrawn", "ikki marta kiritilgan"),
        ("form_added", ""),
    ]


@pytest.mark.both_databases
def test_a_withdrawal_says_why_without_data_on_persons_and_is_of_what_the_person_saw(world: Engine) -> None:
    about: dict[str, Any] = {"register": "supports", "record_id": enter(world, "supports").record_id, "now": NOW}
    for reason, error in ((" ", NoReasonError), ("tel 90 123 45 67", PersonalDataError)):
        with pytest.raises(error):
            withdraw(world, ADMIN, **about, version=1, reason=reason)
    with pytest.raises(OutdatedEntryError):
        withdraw(world, ADMIN, **about, version=7, reason="xato")
    assert read_record(world, "supports", about["record_id"]).version == 1


@pytest.mark.both_databases
def test_an_evaluated_event_is_not_withdrawn(world: Engine) -> None:
    event_id = enter(world, "events", memorandum="", plan_item="").record_id
    with writing(world) as connection:
        ngo_id = connection.scalars(select(Ngo.id).where(Ngo.stir == STIR)).one()
        make_evaluation(connection, event_id=event_id, ngo_id=ngo_id, submitted_date=TODAY)
    with pytest.raises(EvaluatedEventError):
        withdraw(world, ADMIN, register="events", record_id=event_id, version=1, reason="xato", now=NOW)


@pytest.mark.both_databases
def test_a_record_that_others_refer_to_says_which(world: Engine) -> None:
    ids = enter_all(world, *WITHDRAWN)
    found = {}
    for register in WITHDRAWN:
        record = read_record(world, register, ids[register])
        with reading(world) as connection:
            found[register] = {entry.register: entry.records for entry in referring_records(connection, record)}
    expected: dict[str, dict[str, int]] = dict.fromkeys(WITHDRAWN, {})
    expected |= {"memoranda": {"obligations": 1, "amendments": 1, "events": 1}, "plans": {"events": 1}}
    assert found == expected
