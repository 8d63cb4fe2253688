"""Indicators of single NGOs, recomputed from the base tables."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.audit import limits
from tests.audit.areas import Figure
from tests.audit.base_tables import BaseTables, Days
from tests.audit.limits import numbers

LEAST_N = {
    "memorandum_alive": 1,
    "obligations_on_time": 3,
    "plan_execution": 3,
    "participants": 1,
    "evaluation_coverage": 5,
    "evaluation_score": 5,
    "would_repeat": 5,
    "requests_on_time": 3,
    "answer_days": 3,
    "recommendations_closed": 3,
    "trained": 1,
}


def ngo_figures(
    base: BaseTables, days: Days, ngos: pd.Index[int], *, district: str | None, is_own: bool
) -> dict[str, Figure]:
    """Indicators of some NGOs, of what they did in a district or anywhere: as they see it, or as its leaders do."""

    def here(rows: pd.DataFrame) -> pd.DataFrame:
        return rows if district is None else rows[rows["district_soato"] == district]

    def share(rows: pd.DataFrame, done: str, *, ngo: str = "ngo_id") -> Figure:
        groups = here(rows).groupby(ngo)[done]
        part, whole = (numbers(found.reindex(ngos).fillna(0)) for found in (groups.sum(), groups.size()))
        return Figure.share(part, whole)

    held = base.event_ngos[days.of(base.event_ngos["event_date"])]
    participants = here(held).groupby("ngo_id")["participants_total"].agg(["sum", "size"]).reindex(ngos).fillna(0)
    people, events = (numbers(participants[name]) for name in ("sum", "size"))
    first_sent = base.sent.groupby(["event_id", "ngo_id"])["submitted_date"].min().rename("sent").reset_index()
    waited = held[held["event_date"] < days.today - pd.Timedelta(days=14)]
    waited = waited.merge(first_sent, on=["event_id", "ngo_id"], how="left")
    waited = waited.assign(is_heard=waited["sent"] <= waited["event_date"] + pd.Timedelta(days=14))
    said = base.said[days.of(base.said["event_date"]) & (is_own | base.said["is_open"])]
    answered = said[said["would_repeat_code"].notna()]
    made = base.recommendations
    ripe = made["released_date"].between(days.first, min(days.end, days.today - pd.Timedelta(days=60)))
    made = made[ripe & (is_own | (made["visibility_code"] == "named"))]
    asked = base.requests[days.due(base.requests["due_date"]) & (base.requests["asked_by_code"] == "police")]
    promised = base.obligations[(base.obligations["party_code"] == "ngo") & days.due(base.obligations["due_date"])]
    promised = promised.merge(base.memorandum_ngos[["memorandum_id", "ngo_id"]], on="memorandum_id")
    plan = base.plan[days.of_months(base.plan["month"])]
    alive = share(_judged(base, days), "is_alive")
    trained = base.trained_ngos[base.trained_ngos["training_date"].between(days.year_start, days.last)]
    one = np.ones(len(ngos))
    return {
        "memorandum_alive": Figure.fact(alive.numerator, alive.denominator),
        "obligations_on_time": share(promised, "is_on_time"),
        "plan_execution": share(plan, "is_done", ngo="responsible_ngo_id"),
        "participants": Figure(people, events, events, people, limits.none_of(len(ngos))),
        "evaluation_coverage": share(waited, "is_heard"),
        "evaluation_score": _rating(here(said), ngos),
        "would_repeat": share(answered.assign(is_yes=answered["would_repeat_code"] == "yes"), "is_yes"),
        "requests_on_time": share(asked, "is_on_time"),
        "answer_days": _answers(here(asked), ngos),
        "recommendations_closed": share(made, "is_closed"),
        "trained": Figure.fact(ngos.isin(trained["ngo_id"]).astype(float), one),
    }


def _judged(base: BaseTables, days: Days) -> pd.DataFrame:
    """Memoranda in force for 90 days by party, and whether a held event in the last 90 days names each."""
    limit = days.last - pd.Timedelta(days=90)
    memoranda = base.memoranda[base.in_force_on(days.last)]
    memoranda = memoranda[(memoranda["signed_date"] <= limit) & (memoranda["start_date"] <= limit)]
    events = base.held.loc[base.held["event_date"].between(limit, days.last), "memorandum_id"]
    rows = base.memorandum_ngos[base.memorandum_ngos["memorandum_id"].isin(memoranda["id"])]
    return rows.assign(is_alive=rows["memorandum_id"].isin(events))


def _rating(said: pd.DataFrame, ngos: pd.Index[int]) -> Figure:
    """The plain mean of the ratings, whose variance is at least that of one more rating, one point off."""
    found = said.groupby("ngo_id")["mark"].agg(["count", "sum", "var"]).reindex(ngos)
    n, total = (numbers(found[name].fillna(0)) for name in ("count", "sum"))
    mean = total / np.where(n > 0, n, np.nan)
    variance = np.maximum(numbers(found["var"]), 1 / (n + 1))
    error = np.sqrt(variance / np.where(n > 1, n, np.nan))
    return Figure(total, n, n, mean, limits.of_mean(mean, error, np.where(n > 1, n - 1, np.nan)))


def _answers(asked: pd.DataFrame, ngos: pd.Index[int]) -> Figure:
    answered = asked[asked["days"].notna()]
    groups = answered.groupby("ngo_id")["days"]
    n = numbers(groups.size().reindex(ngos).fillna(0))
    median = numbers(groups.median().reindex(ngos))
    return Figure(n, n, n, median, limits.of_median(answered["days"], answered["ngo_id"], ngos))
