"""Further registers: requests, support, trainings, offences and targets. They do not grow with the scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from data.codes import (
    AreaLevel,
    AwardGround,
    AwardKind,
    AwardRecipient,
    Party,
    RequestKind,
    SupportKind,
    TrainingAudience,
)
from data.dates.working_days import WorkCalendar, answer_due
from data.demo.bulk import columns_of
from data.demo.places import Places
from data.demo.shared import INVENTED_FIGURE, TEXTS, Calendar, Columns, FloatArray, IntArray
from data.demo.stories import STORIES, StoryCode
from data.demo.world import World, exchange_activity, on_day
from data.directory import fixed_holidays
from data.schema import Base, InformationRequest, Support, Training, TrainingMahalla, TrainingNgo

FIXED_HOLIDAYS = WorkCalendar(days_off=frozenset(row["holiday_date"] for row in fixed_holidays()))
REQUESTS_A_YEAR, FROM_NGO_SHARE, NEVER_ANSWERED_SHARE = 14, 0.6, 0.25
LATE_DAYS = 12.0
SUPPORTS_A_YEAR, UNEVEN_SHARE, EVEN, UNEVEN = 15, 0.2, 30.0, 0.35
KIND_SHARE: Mapping[SupportKind, float] = {
    SupportKind.VENUE: 0.2, SupportKind.TRANSPORT: 0.1, SupportKind.PRINTED_MATTER: 0.3,
    SupportKind.EQUIPMENT: 0.2, SupportKind.GRANT: 0.2,
}  # fmt: skip
MEDIAN_UZS: Mapping[SupportKind, float] = {
    SupportKind.PRINTED_MATTER: 3e6, SupportKind.EQUIPMENT: 8e6, SupportKind.GRANT: 15e6,
}  # fmt: skip
ROUND_UZS = 100_000
TRAININGS_A_YEAR = 1.6
AWARDS_A_YEAR, AWARD_TO_NGO_SHARE, AWARD_KIND_SHARE = 3, 0.4, (0.6, 0.25, 0.15)
Rows = list[dict[str, Any]]
YEARLY_PER_INHABITANT = 25 / 10_000
SEASON = np.array([0.92, 0.9, 0.98, 1.0, 1.05, 1.1, 1.12, 1.1, 1.04, 1.0, 0.92, 0.87])
SHARES = {
    "criminal_search": 0.45,
    "youth": 0.11,
    "women": 0.08,
    "repeat": 0.13,
}
CLUSTERING = 0.8
TARGETS = {
    "memorandum_coverage": (60.0, 10.0),
    "memorandum_alive": (70.0, 5.0),
    "obligations_on_time": (60.0, 5.0),
    "plan_execution": (60.0, 5.0),
    "mahalla_reach": (70.0, 5.0),
    "regularity": (15.0, 2.0),
    "evaluation_coverage": (50.0, 5.0),
    "evaluation_score": (3.8, 0.1),
    "would_repeat": (70.0, 3.0),
    "requests_on_time": (65.0, 5.0),
    "answer_days": (9.0, -1.0),
    "recommendations_closed": (45.0, 5.0),
    "decisions_done": (60.0, 5.0),
    "ngos_supported": (50.0, 5.0),
    "support_gini": (0.45, -0.05),
    "trained": (55.0, 5.0),
}
DISTRICT_TARGET_SHARE, HARDER = 0.3, 1.05


def exchange_tables(
    world: World, diligence: FloatArray, rng: np.random.Generator
) -> Iterator[tuple[type[Base], Columns]]:
    """Rows of the three registers, for all districts with any cooperation."""
    yield InformationRequest, columns_of(_told(numbered(_requests(world, diligence, rng), "S")))
    yield Support, columns_of(numbered(_supports(world, diligence, rng), "K"))
    trainings = numbered(_trainings(world, diligence, rng), "O")
    members = [(row["id"], row.pop("mahallas"), row.pop("ngos")) for row in trainings]
    yield Training, columns_of(trainings)
    yield (
        TrainingMahalla,
        columns_of([{"training_id": key, "mahalla_id": member} for key, mahallas, _ in members for member in mahallas]),
    )
    yield (
        TrainingNgo,
        columns_of([{"training_id": key, "ngo_id": member} for key, _, ngos in members for member in ngos]),
    )


def numbered(rows: Rows, letter: str) -> Rows:
    """Rows with an id and the district's number within the year, such as S-2026/007."""
    last: dict[tuple[str, int], int] = {}
    for place, row in enumerate(rows, start=1):
        day = next(value for value in row.values() if isinstance(value, date))
        key = (row["district_soato"], day.year)
        last[key] = last.get(key, 0) + 1
        row |= {"id": place, "number": f"{letter}-{day.year}/{last[key]:03d}"}
    return rows


def award_columns(world: World, rng: np.random.Generator) -> Columns:
    """Rows of ``award``: a few a year and district, to its NGOs or to citizens; only money has an amount."""
    rows = [
        _award(world, district, day, rng)
        for district, lively in enumerate(exchange_activity(world))
        for day in _days(world.calendar, AWARDS_A_YEAR * lively, rng)
        if day >= world.calendar.first
    ]
    return columns_of(numbered(rows, "R"))


def _award(world: World, district: int, day: date, rng: np.random.Generator) -> dict[str, Any]:
    is_to_ngo = rng.random() < AWARD_TO_NGO_SHARE
    kind = tuple(AwardKind)[int(rng.choice(len(AwardKind), p=AWARD_KIND_SHARE))]
    return {
        "district_soato": world.places.soatos[district],
        "recipient_code": (AwardRecipient.NGO if is_to_ngo else AwardRecipient.CITIZENS).value,
        "ngo_id": pick(world.organisations.ids_by_district[district], rng) if is_to_ngo else None,
        "citizens": None if is_to_ngo else int(rng.integers(1, 9)),
        "ground_code": pick(tuple(AwardGround), rng).value,
        "kind_code": kind.value,
        "award_date": day,
        "amount_uzs": ROUND_UZS * int(rng.integers(5, 31)) if kind is AwardKind.MONEY else None,
    }


def _days(calendar: Calendar, yearly: float, rng: np.random.Generator) -> list[date]:
    """Sorted working days until the last day, ``yearly`` per year on average."""
    count = int(rng.poisson(yearly * calendar.passed_years))
    drawn = [calendar.first + timedelta(days=int(step)) for step in rng.integers(0, calendar.until_index + 1, count)]
    return sorted(day - timedelta(days=max(0, day.weekday() - 4)) for day in drawn)


def _requests(world: World, diligence: FloatArray, rng: np.random.Generator) -> Rows:
    return [
        _request(world, district, sent, float(on_day(diligence, sent, world.calendar)[district]), rng)
        for district, lively in enumerate(exchange_activity(world))
        for sent in _days(world.calendar, REQUESTS_A_YEAR * lively, rng)
        if sent >= world.calendar.first
    ]


def _request(world: World, district: int, sent: date, kept: float, rng: np.random.Generator) -> dict[str, Any]:
    kind = pick(tuple(RequestKind), rng)
    due = answer_due(sent, FIXED_HOLIDAYS)
    if rng.random() < kept:
        answered = sent + timedelta(days=int(rng.integers(1, (due - sent).days + 1)))
    else:
        answered = due + timedelta(days=1 + int(rng.gamma(1.5, LATE_DAYS)))
    is_answered = answered <= world.calendar.until and rng.random() >= NEVER_ANSWERED_SHARE * (1 - kept)
    return {
        "district_soato": world.places.soatos[district],
        "ngo_id": pick(world.organisations.ids_by_district[district], rng),
        "asked_by_code": (Party.NGO if rng.random() < FROM_NGO_SHARE else Party.POLICE).value,
        "kind_code": kind.value,
        "topic": pick(TEXTS["requests"][kind], rng),
        "sent_date": sent,
        "due_date": due,
        "answered_date": answered if is_answered else None,
    }


def _told(requests: Rows) -> Rows:
    """Requests with what each is for, and what was answered; both follow from the place, so nothing else is redrawn."""
    for place, row in enumerate(requests):
        purposes, answers = (TEXTS[name][row["kind_code"]] for name in ("request_purposes", "request_answers"))
        row["purpose"] = purposes[place % len(purposes)]
        row["answer"] = "" if row["answered_date"] is None else answers[place % len(answers)]
    return requests


def _supports(world: World, diligence: FloatArray, rng: np.random.Generator) -> Rows:
    on_paper = world.places.index(STORIES[StoryCode.ON_PAPER].district_soato)
    rows: Rows = []
    for district, lively in enumerate(exchange_activity(world)):
        ngos = world.organisations.ids_by_district[district]
        evenness = UNEVEN if rng.random() < UNEVEN_SHARE else EVEN
        liking = rng.dirichlet(np.full(len(ngos), evenness))
        yearly = 0.0 if district == on_paper else SUPPORTS_A_YEAR * lively * (0.5 + diligence[district].mean())
        for day in _days(world.calendar, yearly, rng):
            rows.append(_support(world.places.soatos[district], int(rng.choice(ngos, p=liking)), day, rng))
    return rows


def _support(district_soato: str, ngo_id: int, day: date, rng: np.random.Generator) -> dict[str, Any]:
    kind = tuple(KIND_SHARE)[int(rng.choice(len(KIND_SHARE), p=list(KIND_SHARE.values())))]
    median = MEDIAN_UZS.get(kind)
    amount = None if median is None else round(median * float(np.exp(rng.normal(0, 0.4))) / ROUND_UZS) * ROUND_UZS
    return {
        "district_soato": district_soato,
        "ngo_id": ngo_id,
        "kind_code": kind.value,
        "amount_uzs": amount,
        "support_date": day,
        "source": pick(TEXTS["support_sources"][kind], rng),
    }


def _trainings(world: World, diligence: FloatArray, rng: np.random.Generator) -> Rows:
    return [
        _training(world, district, audience, day, float(diligence[district].mean()), rng)
        for district, lively in enumerate(exchange_activity(world))
        for audience in TrainingAudience
        for day in _days(world.calendar, TRAININGS_A_YEAR * lively * (0.4 + diligence[district].mean()), rng)
    ]


def _training(
    world: World, district: int, audience: TrainingAudience, day: date, share: float, rng: np.random.Generator
) -> dict[str, Any]:
    first, count = int(world.places.mahalla_first[district]), int(world.places.mahalla_count[district])
    is_ours = audience is TrainingAudience.INSPECTORS
    candidates = range(first, first + count) if is_ours else world.organisations.ids_by_district[district]
    came = [member for member in candidates if rng.random() < share] or [candidates[0]]
    return {
        "district_soato": world.places.soatos[district],
        "audience_code": audience.value,
        "topic": pick(TEXTS["trainings"][audience], rng),
        "training_date": day,
        "hours": int(rng.choice([2, 4, 6, 8])),
        "people": len(came) if is_ours else len(came) * int(rng.integers(2, 5)),
        "mahallas": came if is_ours else [],
        "ngos": [] if is_ours else came,
    }


def pick(items: Sequence[Any], rng: np.random.Generator) -> Any:  # noqa: ANN401 - one of the items, as it is
    """One of the items."""
    return items[int(rng.integers(len(items)))]


def _whole_months(calendar: Calendar) -> list[int]:
    """Positions of the months that have ended: official figures come afterwards."""
    current = int(calendar.month_of_day[calendar.until_index])
    return list(range(current))


def _month_code(calendar: Calendar, month: int) -> int:
    return (calendar.first.year + month // 12) * 100 + month % 12 + 1


def draw_offences(places: Places, calendar: Calendar, inhabitants: Columns, rng: np.random.Generator) -> IntArray:
    """All offences, months x districts, around a level of each district and with the seasons."""
    people = np.asarray(inhabitants["inhabitants"]).reshape(len(calendar.years), len(places))
    level = YEARLY_PER_INHABITANT * np.exp(rng.normal(0, 0.3, len(places)))
    months = np.array(_whole_months(calendar))
    expected = people[months // 12] * level / 12 * SEASON[months % 12][:, None]
    offences: IntArray = rng.poisson(expected)
    return offences


def offence_columns(offences: IntArray, places: Places, calendar: Calendar, rng: np.random.Generator) -> Columns:
    """Rows of ``offence_month``: the total, its parts, and mahallas without any, as offences concentrate in some."""
    parts = {kind: rng.binomial(offences, share).ravel() for kind, share in SHARES.items()}
    spared = (1 + offences / places.mahalla_count / CLUSTERING) ** -CLUSTERING
    months = [_month_code(calendar, month) for month in _whole_months(calendar)]
    return {
        "district_soato": list(places.soatos) * len(months),
        "year_month": [month for month in months for _ in places.soatos],
        "offences": offences.ravel(),
        **parts,
        "mahallas_crime_free": rng.binomial(np.broadcast_to(places.mahalla_count, offences.shape), spared).ravel(),
        "source": [INVENTED_FIGURE] * offences.size,
    }


def target_columns(world: World, rng: np.random.Generator) -> Columns:
    """Rows of ``target``: for the nation and the regions each year, for some districts a harder one."""
    places = world.places
    some = [code for code in places.soatos if rng.random() < DISTRICT_TARGET_SHARE]
    areas = [(AreaLevel.NATION, "", 1.0)]
    areas += [
        (AreaLevel.REGION, region, float(rng.uniform(0.95, 1.05))) for region in sorted(set(places.region_soatos))
    ]
    areas += [(AreaLevel.DISTRICT, code, HARDER) for code in some]
    return columns_of(
        [row for level, code, factor in areas for row in _targets_of(world.calendar, level, code, factor)]
    )


def _targets_of(calendar: Calendar, level: AreaLevel, area_code: str, factor: float) -> Rows:
    return [
        {
            "indicator_code": indicator,
            "year": year,
            "scope_code": level.value,
            "area_code": area_code,
            "value": round((first + step * growth) * (factor if growth > 0 else 1 / factor), 2),
        }
        for indicator, (first, growth) in TARGETS.items()
        for step, year in enumerate(calendar.years)
    ]
