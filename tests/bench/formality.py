"""How well the formality check finds what was planted in the demo data: precision and recall of each reason.

A finding is a row of a district that is for review: a mahalla, an NGO (wherever it works), or the district itself.
All three years of the demo are looked at: in one year some of the planted NGOs and districts are below the smallest
numbers, where the check says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import Connection

from data.codes import FormalityReason
from data.database.engine import reading
from data.dates.clock import today
from data.dates.period import Period
from data.demo.stories import PlantedFormality, planted_formalities
from data.effectiveness.formality import FormalityThing
from data.policy import Actor, Role, Scope
from queries.effectiveness.formality import formality_reasons
from queries.effectiveness.formality_records import formality_rows
from tests.bench.databases import SMALL_SCALE, fill, sqlite_url
from tests.bench.figures import Better, Figure, note

ADMIN = Actor(Role.ADMIN)
MOST_ROWS = 100_000
YEARS = 3
LIMIT = 0.8
# Reasons whose findings are rows; of the others it is the district that is found.
THINGS: Mapping[FormalityReason, FormalityThing] = {
    FormalityReason.ONE_EVENT_A_YEAR: FormalityThing.MAHALLA,
    FormalityReason.ALL_FIVES: FormalityThing.NGO,
    FormalityReason.SAME_TEXT: FormalityThing.NGO,
}


def found_cases(connection: Connection, reason: FormalityReason, *, period: Period, day: date) -> set[str]:
    """What the check finds: ids of mahallas or NGOs, or SOATO codes of districts."""
    scope = Scope.nation()
    reasons = formality_reasons(connection, ADMIN, scope=scope, period=period, today=day)
    of_reason = reasons[(reasons["reason_code"] == reason.value) & reasons["is_for_review"]]
    districts = set(of_reason["district_soato"])
    if reason not in THINGS:
        return districts
    rows = formality_rows(connection, ADMIN, scope=scope, period=period, today=day, reason=reason, limit=MOST_ROWS)
    return set(rows[rows["district_soato"].isin(districts)]["thing_id"])


def planted_cases(planted: frozenset[PlantedFormality], reason: FormalityReason) -> set[str]:
    """What was planted, by the same names."""
    cases = [case for case in planted if case.reason is reason]
    if reason not in THINGS:
        return {case.district_soato for case in cases if case.district_soato is not None}
    return {str(case.mahalla_id or case.ngo_id) for case in cases}


def formality_figures() -> Iterator[Figure]:
    """Precision and recall of each reason on the demo data."""
    engine = fill(sqlite_url(SMALL_SCALE), SMALL_SCALE)
    day = today()
    period = Period.last_complete_months(day, YEARS * 12)
    with reading(engine) as connection:
        planted = planted_formalities(connection)
        for reason in FormalityReason:
            found, true = found_cases(connection, reason, period=period, day=day), planted_cases(planted, reason)
            note(f"{reason.label}: {len(found)} found, {len(true)} planted, {len(found & true)} of them both")
            yield _share(f"Formality, {reason.value}, precision", len(found & true), len(found))
            yield _share(f"Formality, {reason.value}, recall", len(found & true), len(true))
    engine.dispose()


def _share(name: str, hits: int, size: int) -> Figure:
    share = 100 * hits / size if size else 0.0
    return Figure(
        figure=name, value=share, unit="%", peer="all of them", peer_value=100.0, limit=LIMIT, better=Better.HIGHER
    )
