"""Packs and decks that tests share: a district, a region and the nation with believable, invented figures."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pandas as pd

from components.deck.deck import make_deck
from components.deck.model import Deck
from data.agenda import agenda_for
from data.codes import AgendaItem, AttentionKind
from data.dates.period import Period
from data.directory import REFERENCE
from data.effectiveness.method_version import METHOD_VERSION
from data.indicators import INDICATORS, PILLARS, Better, Unit
from data.indicators.verdicts import Verdict
from data.language import Language, Translator
from data.policy import Scope, ScopeKind
from queries.meetings.packs.frames import FRAMES, typed
from queries.meetings.packs.packs import PackContent
from tests.components.deck import sample_rows as written
from tests.components.deck.sample_rows import Rows

DISTRICT, REGION, NATION = "1703220", "1703", ""
TODAY = date(2026, 11, 21)
PERIOD = Period.of_months(date(2025, 11, 1), 12)
SCOPES = {
    ScopeKind.DISTRICT: Scope.district(DISTRICT),
    ScopeKind.REGION: Scope.region(REGION),
    ScopeKind.NATION: Scope.nation(),
}
WIDE = frozenset({ScopeKind.REGION, ScopeKind.NATION})


def sample_deck(
    kind: ScopeKind | str,
    language: Language = Language.EN,
    *,
    is_demo: bool = True,
    frames: Mapping[str, pd.DataFrame | Rows] | None = None,
) -> Deck:
    """The deck of :func:`sample_content` in a language; takes its keyword arguments. The usual ones are made once."""
    if is_demo and frames is None:
        return _usual_deck(ScopeKind(kind), language)
    return make_deck(sample_content(kind, is_demo=is_demo, frames=frames), translate=Translator(language))


@cache
def _usual_deck(kind: ScopeKind, language: Language) -> Deck:
    return make_deck(sample_content(kind), translate=Translator(language))


def sample_content(
    kind: ScopeKind | str,
    *,
    agenda: Sequence[AgendaItem] | None = None,
    is_demo: bool = True,
    previous_pack_id: str | None = "0b6d3c1e-7f4a-4f0e-9a55-0d7d6c1f2a10",
    frames: Mapping[str, pd.DataFrame | Rows] | None = None,
) -> PackContent:
    """A pack as if frozen on 21.11.2026; ``frames`` (rows or frames by name) stand in for those of the sample."""
    kind = ScopeKind(kind)
    rows: dict[str, Any] = {**sample_frames(kind), **(frames or {})}
    return PackContent(
        pack_id=f"5f1c2d3e-0000-4000-8000-00000000000{list(ScopeKind).index(kind)}",
        scope=SCOPES[kind],
        period=PERIOD,
        today=TODAY,
        created_at=datetime(2026, 11, 21, 4, 30, tzinfo=UTC),
        author_name="muvofiq",
        is_demo=is_demo,
        method_version=METHOD_VERSION,
        data_version="1042",
        agenda=tuple(agenda or agenda_for(kind)),
        previous_pack_id=previous_pack_id,
        frames={name: typed(name, pd.DataFrame(rows.get(name, []))) for name in FRAMES},
    )


def sample_frames(kind: ScopeKind) -> dict[str, Rows]:
    """The rows of every frame of a sample."""
    own = SCOPES[kind].code
    districts = _districts(kind)
    frames = {
        "areas": _areas(districts),
        "values": _values(own, districts if kind in WIDE else []),
        "comparisons": _comparisons(own),
        "trend": _trend(),
        "targets": [
            {"indicator_code": code, "value": value, "set_by_area_code": area}
            for code, (value, area) in written.TARGETS.items()
        ],
        "attention": [
            {"kind_code": attention.value, "count": 3 * place, "is_more": False}
            for place, attention in enumerate(AttentionKind)
        ],
        "statuses": [{"district_soato": row["soato"], "status_code": _status(row["soato"])} for row in districts],
        "index": [row for code in {own, *(row["soato"] for row in districts)} for row in _index(code)],
        "pillars": [
            {"area_code": own, "when": when, "pillar_code": pillar.value, "value": 40.0 + 6 * place + shift}
            for when, shift in (("now", 3.5), ("year_before", 0.0))
            for place, pillar in enumerate(PILLARS)
        ],
        **_records(districts),
    }
    return frames | _of_districts(districts) if kind in WIDE else frames


def _districts(kind: ScopeKind) -> list[dict[str, str]]:
    with (REFERENCE / "districts.csv").open(encoding="utf-8", newline="") as source:
        every = list(csv.DictReader(source))
    own = SCOPES[kind].code
    return [row for row in every if own in {NATION, row["region_soato"], row["soato"]}]


def _areas(districts: list[dict[str, str]]) -> Rows:
    wanted = {row["region_soato"] for row in districts}
    with (REFERENCE / "regions.csv").open(encoding="utf-8", newline="") as source:
        regions = [row for row in csv.DictReader(source) if row["soato"] in wanted]
    nation = {"soato": NATION, "name_uz_latn": "Oʻzbekiston", "name_uz_cyrl": "Ўзбекистон", "name_ru": "Узбекистан"}
    found: list[tuple[str, str | None, dict[str, str]]] = [("nation", None, {**nation, "name_en": "Uzbekistan"})]
    found += [("region", row["soato"], row) for row in regions]
    found += [("district", row["region_soato"], row) for row in districts]
    names = ("name_uz_cyrl", "name_ru", "name_en")
    return [
        {"area_code": row["soato"], "level": level, "region_soato": region, "name_uz_latn": row["name_uz_latn"]}
        | {name: row[name] for name in names}
        for level, region, row in found
    ]


def _turn(code: str, *, width: float) -> float:
    """A steady number from minus to plus ``width`` that differs from area to area."""
    return ((int(code or 7) * 7919) % 1000 / 500 - 1) * width


def _values(own: str, districts: list[dict[str, str]]) -> Rows:
    rows = [
        _value(code, own, when, value)
        for code, (now, before, *_) in written.INDICATOR_ROWS.items()
        for when, value in (("now", now), ("year_before", before), ("last_pack", before))
    ]
    wider = [REGION, NATION] if own == DISTRICT else [NATION] if own == REGION else []
    for area in (*wider, *(row["soato"] for row in districts)):
        rows += [_value(code, area, "now", _elsewhere(code, area)) for code in written.INDICATOR_ROWS]
    return rows


def _elsewhere(code: str, area: str) -> float | None:
    now, before, *_ = written.INDICATOR_ROWS[code]
    base = now if now is not None else before
    if base is None or (code == "evaluation_score" and int(area or 7) % 9 == 0):
        return None
    if INDICATORS[code].unit is Unit.POINTS:
        return round(base + _turn(area, width=0.6), 2)
    return round(
        min(
            base * (1 + _turn(f"{area}{list(written.INDICATOR_ROWS).index(code)}", width=0.35)),
            100.0 if base <= 100 else 1e9,
        ),
        1,
    )


def _value(code: str, area: str, when: str, value: float | None) -> dict[str, Any]:
    _, _, n, width = written.INDICATOR_ROWS[code]
    has_interval = bool(width) and value is not None
    return {
        "indicator_code": code,
        "area_code": area,
        "when": when,
        "numerator": None if value is None else round(value * n / 100),
        "denominator": n,
        "n": n,
        "value": value,
        "interval_low": value - width if has_interval and value is not None else None,
        "interval_high": value + width if has_interval and value is not None else None,
        "is_enough": value is not None,
    }


def _comparisons(own: str) -> Rows:
    """The own area a year before, by whether its interval holds the other value, and beside all others."""
    verdicts = [verdict.value for verdict in Verdict]
    rows = []
    for place, (code, (now, before, _, width)) in enumerate(written.INDICATOR_ROWS.items()):
        is_known = now is not None and before is not None
        change = now - before if now is not None and before is not None else None
        way = "better" if (change or 0) * (-1 if INDICATORS[code].better is Better.DOWN else 1) > 0 else "worse"
        tested = "fact" if not width else way if abs(change or 0) > width else "not_clear"
        limits = {
            f"interval_{end}_{suffix}": None if now is None or not width else now + sign * wider * width
            for suffix, wider in (("95", 1.2), ("998", 1.9))
            for end, sign in (("low", -1), ("high", 1))
        }
        is_compared = bool(own and width and now is not None)
        compared = {
            "rest_value": _elsewhere(code, NATION) if is_compared else None,
            "verdict_code": verdicts[place % 5] if is_compared else "not_compared" if own else None,
        }
        changed = {"value_before": before, "change": change, "change_code": tested if is_known else "unknown"}
        rows.append({"area_code": own, "indicator_code": code, **limits, **compared, **changed})
    return rows


def _trend() -> Rows:
    first = Period.of_months(date(2024, 11, 1), 24)
    shown = {"plan_execution": (34.0, 1.1, 6), "evaluation_score": (3.4, 0.02, 4)}
    return [
        {
            "month": month.isoformat(),
            "indicator_code": code,
            "value": None if place % 11 == 5 else round(start + step * place + (place * 37 % 7 - 3) * step * 2, 2),
            "n": 1 if place % 11 == 5 else n + place % 3,
            "months": 1,
            "centre": start + 12 * step,
            "limit_low": None if place % 11 == 5 or place == 23 else start - 3 * step,
            "limit_high": None if place % 11 == 5 or place == 23 else start + 20 * step,
            "chart_code": "p" if code == "plan_execution" else "xmr",
            "signal_code": "above_limits" if place == 21 else "usual",
            "is_finished": place < 23,
        }
        for code, (start, step, n) in shown.items()
        for place, month in enumerate(first.months)
    ]


def _status(code: str) -> str:
    return ("in_force", "in_force", "in_force", "expiring", "expired", "none", "in_force", "upcoming")[int(code) % 8]


def _index(code: str) -> Rows:
    now = round(52 + _turn(code, width=24), 1)
    before = round(now - 2 - _turn(code + "3", width=9), 1)
    tier = "upper" if now > 66 else "lower" if now < 40 else "middle"
    ranked = {"tier_code": tier, "median_rank": 100 - now, "rank_low": 80 - now, "rank_high": 120 - now}
    change = {"change": now - before, "change_low": now - before - 6, "change_high": now - before + 6}
    ends = {"index_low": now - 5, "index_high": now + 5, **change}
    return [
        {"area_code": code, "when": "now", "index_value": now, **ends, **(ranked if code else {})},
        {"area_code": code, "when": "year_before", "index_value": before},
    ]


def _records(districts: list[dict[str, str]]) -> dict[str, Rows]:
    """What was written by hand, spread over the districts."""

    def of(place: int) -> str:
        return districts[place * 5 % len(districts)]["soato"]

    meeting = {"meeting_number": "3", "meeting_date": "2026-08-14"}
    return {
        "memoranda": [
            dict(zip(_MEMORANDUM, row, strict=True), memorandum_id=place, district_soato=of(place))
            | {"signed_date": "2025-02-03", "start_date": "2025-02-10"}
            for place, row in enumerate(written.MEMORANDA)
        ],
        "plan": [
            {"month": month.isoformat(), "planned": 4 + place % 4, "fulfilled": (4 + place % 4) * (3 + place % 3) // 6}
            for place, month in enumerate(PERIOD.months)
        ],
        "events": [
            dict(zip(("direction_code", "held", "cancelled", "participants"), row, strict=True))
            for row in written.EVENTS
        ],
        "marks": [dict(zip(_MARK, row, strict=True)) for row in written.MARKS],
        "voices": [dict(zip(_VOICE, row, strict=True), total=len(written.VOICES)) for row in written.VOICES],
        "problems": [dict(zip(("problem_code", "evaluations", "n"), row, strict=True)) for row in written.PROBLEMS],
        "recommendations": [
            dict(zip(_RECOMMENDATION, row, strict=True), district_soato=of(place))
            for place, row in enumerate(written.RECOMMENDATIONS)
        ],
        "recommendation_counts": [
            {"state_code": state, "count": count, "overdue": overdue}
            for state, count, overdue in (
                ("new", 3, 1),
                ("accepted", 5, 1),
                ("declined", 2, 0),
                ("done", 4, 0),
                ("closed", 7, 0),
            )
        ],
        "decisions": [dict(zip(_DECISION, row, strict=True), **meeting, evidence="") for row in written.DECISIONS],
        "proposals": [
            dict(zip(_PROPOSAL, row, strict=True), district_soato=of(place))
            for place, row in enumerate(written.PROPOSALS)
        ],
    }


_MEMORANDUM = ("number", "title", "ngo_names", "status_code", "expiry_date", "days_left", "is_on_paper")
_MARK = ("item_code", "mean", "interval_low", "interval_high", "n", "has_enough", "verdict_code")
_VOICE = ("event_date", "event_title", "ngo_name", "comment")
_RECOMMENDATION = (
    *("public_id", "event_date", "ngo_name", "text", "state_code"),
    *("due_date", "is_overdue", "days_overdue", "answer"),
)
_DECISION = (
    *("public_id", "number", "text", "owner", "due_date", "done_date", "state_code"),
    *("cause_kind_code", "cause_reference", "cause_then", "cause_now"),
)
_PROPOSAL = ("kind_code", "reference", "number", "title", "due_date", "days", "value", "compared", "basis")


def _of_districts(districts: list[dict[str, str]]) -> dict[str, Rows]:
    """What only wider packs have."""
    codes = [row["soato"] for row in districts]
    pairs = {code: (_index(code)[0]["index_value"], _index(code)[1]["index_value"]) for code in codes}
    risen = sorted(codes, key=lambda code: pairs[code][1] - pairs[code][0])[:10]
    reasons = ("no_memorandum", "lower_tier", "overdue", "on_paper")
    return {
        "movers": [
            {"area_code": code, "index_now": pairs[code][0], "index_before": pairs[code][1]}
            | {
                "change": round(pairs[code][0] - pairs[code][1], 1),
                "p": 0.004,
                "compared": len(codes),
                "risen": len(risen),
            }
            for code in risen
        ],
        "help": [
            {"district_soato": code, "reason_code": reasons[place % 4], "figure": (0.0, 34.2, 6.0, 2.0)[place % 4]}
            for place, code in enumerate(sorted(codes, key=lambda code: pairs[code][0])[:20])
        ],
        "map_values": [
            {
                "district_soato": code,
                "indicator_code": indicator,
                "value": value,
                "is_enough": value is not None,
                "n": 24,
            }
            | {"verdict_code": list(Verdict)[int(code) % 5].value if value is not None else "not_compared"}
            for code in codes
            for indicator in ("evaluation_score", "plan_execution")
            for value in [_elsewhere(indicator, code)]
        ],
    }
