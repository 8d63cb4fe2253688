"""Statements that recompute the sums of named evaluations, by direction and form of their events."""

# ruff: noqa: S608 - the statements are made of names of this package and nothing else

from __future__ import annotations

from collections.abc import Iterator

from data.aggregates.release import IS_IN_BATCH
from data.aggregates.sql import EVALUATED, STALE, columns_of, insert_sums, one_if, select_sums, sum_names
from data.codes import EvaluationItem, Problem, Visibility, WouldRepeat
from data.schema import EvaluationMonth

_KEYS = ("direction_code", "form_code", "year_month", "district_soato")
_NAMES = sum_names(EvaluationMonth)
NAMED = f"{EVALUATED} AND v.visibility_code = '{Visibility.NAMED}' AND NOT {IS_IN_BATCH}"
_EVENT_KEYS = "e.direction_code, e.form_code, s.year_month, e.district_soato"


def evaluation_statements() -> Iterator[str]:
    """All statements in their order: each direction and form, then one of them over all, then both."""
    yield f"DELETE FROM evaluation_month WHERE {STALE}"
    yield insert_sums("evaluation_month", _KEYS, _NAMES, (_event_sums(), _problem_sums()))
    yield _over_all("m.direction_code, '' AS form_code", "m.form_code <> ''")
    yield _over_all("'' AS direction_code, m.form_code", "m.direction_code <> '' AND m.form_code <> ''")
    yield _over_all("'' AS direction_code, '' AS form_code", "m.direction_code = '' AND m.form_code <> ''")


def _over_all(codes: str, condition: str) -> str:
    keys = f"{codes}, m.year_month, m.district_soato"
    select = select_sums(_NAMES, keys, columns_of(_NAMES, "m"), f"evaluation_month m WHERE {STALE} AND {condition}")
    return insert_sums("evaluation_month", _KEYS, _NAMES, (select,))


def _event_sums() -> str:
    """One row per evaluated event, with the mean rating of its evaluations."""
    answers = {f"repeat_{answer}": one_if(f"v.would_repeat_code = '{answer}'") for answer in WouldRepeat}
    marks = {
        f"{kind}_{item}": expression.format(mark=f"v.mark_{item}")
        for item in EvaluationItem
        for kind, expression in (
            ("marks", "CASE WHEN {mark} IS NULL THEN 0 ELSE 1 END"),
            ("mark_sum", "coalesce({mark}, 0)"),
            ("mark_square_sum", "coalesce({mark} * {mark}, 0)"),
        )
    }
    sums = ", ".join(f"sum({expression}) AS {name}" for name, expression in {**answers, **marks}.items())
    events = (
        f"(SELECT {_EVENT_KEYS}, avg(v.mark_mean) AS mark, count(*) AS evaluations, {sums}"
        f" FROM {NAMED} GROUP BY e.id, {_EVENT_KEYS}) j"
    )
    counts = {
        "events_marked": one_if("j.mark IS NOT NULL"),
        "event_mark_sum": "coalesce(j.mark, 0)",
        "event_mark_square_sum": "coalesce(j.mark * j.mark, 0)",
        **columns_of(("evaluations", *answers, *marks), "j"),
    }
    return select_sums(_NAMES, "j.direction_code, j.form_code, j.year_month, j.district_soato", counts, events)


def _problem_sums() -> str:
    named = {f"problem_{problem}": one_if(f"p.problem_code = '{problem}'") for problem in Problem}
    source = NAMED.replace(" WHERE ", " CROSS JOIN evaluation_problem p WHERE ", 1) + " AND p.evaluation_id = v.id"
    return select_sums(_NAMES, _EVENT_KEYS, named, source)
