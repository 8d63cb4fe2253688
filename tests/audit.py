"""Independent recomputation of indicators from the base tables in plain pandas: ``python -m tests.audit DATABASE_URL``.

Nothing here is shared with :mod:`queries`: rules are written once more, as the declarations state them. Compared are
numerator and denominator of districts, regions and the nation in five periods.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd
from sqlalchemy import Connection, create_engine, text

from data.dates.period import Period
from data.policy import Actor, Role, Scope, ScopeKind

AUDITED = (
    "plan_execution",
    "mahalla_reach",
    "regularity",
    "participants",
    "evaluation_coverage",
    "obligations_on_time",
    "requests_on_time",
    "trained",
)


class BaseTables:
    """The base tables as frames, without what was withdrawn."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.districts = self.read("district").set_index("soato")["region_soato"]
        self.events = self.read("joint_event", "event_date")
        self.held = self.events[self.events["state_code"] == "held"]
        self.mahallas = self.read("mahalla")
        self.plan = self.read("plan_item")
        self.memoranda = self.read("memorandum")
        self.evaluations = self.read("evaluation", "submitted_date")
        self.event_ngos = self.read("joint_event_ngo")
        self.obligations = self.read("obligation", "due_date", "fulfilled_date")
        self.requests = self.read("information_request", "due_date", "answered_date")
        self.trainings = self.read("training", "training_date")
        self.ngos = self.read("ngo")

    def read(self, table: str, *dates: str) -> pd.DataFrame:
        """All rows of a table that were not withdrawn."""
        frame = pd.read_sql(text(f"SELECT * FROM {table}"), self.connection, parse_dates=list(dates))  # noqa: S608
        return frame[frame["withdrawn_at"].isna()] if "withdrawn_at" in frame else frame


def recomputed(base: BaseTables, period: Period, today: date) -> Mapping[str, pd.DataFrame]:
    """Numerator and denominator of each district, by indicator; an area is the sum of its districts."""
    first, last = pd.Timestamp(period.first_day), pd.Timestamp(min(period.last_day, today))
    held = base.held[base.held["event_date"].between(first, pd.Timestamp(period.last_day))]
    found = {
        "participants": held.groupby("district_soato").agg(top=("participants_total", "sum"), below=("id", "size")),
        "plan_execution": _plan(base, period, last),
        "evaluation_coverage": _coverage(base, held, today),
        "trained": _trained(base, last),
        **_mahallas(base, last),
    }
    district_of = base.memoranda.set_index("id")["district_soato"]
    obligations = base.obligations[base.obligations["memorandum_id"].isin(district_of.index)]
    obligations = obligations.assign(district_soato=obligations["memorandum_id"].map(district_of))
    due = {
        "obligations_on_time": (obligations, "fulfilled_date"),
        "requests_on_time": (base.requests, "answered_date"),
    }
    over = min(pd.Timestamp(period.last_day), pd.Timestamp(today - timedelta(days=1)))
    for code, (rows, done) in due.items():
        asked = rows[rows["due_date"].between(first, over)]
        asked = asked.assign(in_time=asked[done] <= asked["due_date"])
        found[code] = asked.groupby("district_soato").agg(top=("in_time", "sum"), below=("id", "size"))
    return {code: frame.reindex(base.districts.index).fillna(0).astype(float) for code, frame in found.items()}


def _plan(base: BaseTables, period: Period, last: pd.Timestamp) -> pd.DataFrame:
    month = base.plan["year"] * 100 + base.plan["month"]
    items = base.plan[month.between(period.first_year_month, last.year * 100 + last.month)]
    items = items.assign(is_done=items["id"].isin(base.held["plan_item_id"]))
    return items.groupby("district_soato").agg(top=("is_done", "sum"), below=("id", "size"))


def _coverage(base: BaseTables, held: pd.DataFrame, today: date) -> pd.DataFrame:
    waited = held[held["event_date"] <= pd.Timestamp(today - timedelta(days=15))]
    sent = base.evaluations[base.evaluations["state_code"] == "submitted"]
    sent = sent.merge(base.event_ngos[["event_id", "ngo_id"]], on=["event_id", "ngo_id"])
    sent = sent.merge(waited[["id", "event_date"]], left_on="event_id", right_on="id", suffixes=("", "_event"))
    in_time = sent.loc[sent["submitted_date"] <= sent["event_date"] + pd.Timedelta(days=14), "event_id"]
    waited = waited.assign(is_heard=waited["id"].isin(in_time))
    return waited.groupby("district_soato").agg(top=("is_heard", "sum"), below=("id", "size"))


def _mahallas(base: BaseTables, last: pd.Timestamp) -> dict[str, pd.DataFrame]:
    start = (last.to_period("M") - 11).start_time
    held = base.held[base.held["event_date"].between(start, last.to_period("M").end_time)]
    held = held.merge(
        base.mahallas[["id", "district_soato"]], left_on="mahalla_id", right_on="id", suffixes=("", "_of")
    )
    held = held[held["district_soato"] == held["district_soato_of"]]
    months = held.assign(month=held["event_date"].dt.to_period("M")).groupby(["district_soato", "mahalla_id"])["month"]
    by_mahalla = months.nunique().reset_index()
    grouped = by_mahalla.groupby("district_soato")["month"]
    all_mahallas = base.mahallas.groupby("district_soato").size()
    reach = pd.DataFrame({"top": grouped.size(), "below": all_mahallas})
    regularity = pd.DataFrame({"top": grouped.sum(), "below": grouped.size() * 12})
    return {"mahalla_reach": reach, "regularity": regularity}


def _trained(base: BaseTables, last: pd.Timestamp) -> pd.DataFrame:
    start = (last.to_period("M") - 11).start_time
    held = base.trainings.loc[base.trainings["training_date"].between(start, last), "id"]
    active = base.ngos[base.ngos["is_active"].astype(bool)]
    of_mahallas, of_ngos = base.read("training_mahalla"), base.read("training_ngo")
    posts = base.mahallas.assign(
        has=base.mahallas["id"].isin(of_mahallas.loc[of_mahallas["training_id"].isin(held), "mahalla_id"])
    )
    ngos = active.assign(has=active["id"].isin(of_ngos.loc[of_ngos["training_id"].isin(held), "ngo_id"]))
    members = pd.concat([posts[["district_soato", "has"]], ngos[["district_soato", "has"]]])
    return members.groupby("district_soato").agg(top=("has", "sum"), below=("has", "size"))


def periods(today: date) -> list[Period]:
    """A year, two quarters, one month, and a year before."""
    year = Period.last_complete_months(today)
    return [
        year,
        year.year_before(),
        Period.last_complete_months(today, 3),
        Period.last_complete_months(today, 3).year_before(),
        Period.last_complete_months(today, 1),
    ]


def differences(connection: Connection, today: date, *, most: int = 5) -> list[str]:
    """What the product publishes otherwise than it is recomputed here in the first ``most`` periods; how many cells
    were compared, last."""
    from queries.indicators.values import area_values, indicator_sums

    base, actor, found, cells = BaseTables(connection), Actor(Role.ADMIN), [], 0
    for period in periods(today)[:most]:
        expected = recomputed(base, period, today)
        sums = indicator_sums(connection, actor, period=period, today=today)
        kinds = (ScopeKind.DISTRICT, ScopeKind.REGION, ScopeKind.NATION)
        for by in kinds:
            values = area_values(sums, scope=Scope.nation(), by=by).set_index(["indicator_code", "area_code"])
            for code in AUDITED:
                own = expected[code]
                if by is ScopeKind.REGION:
                    own = own.groupby(base.districts).sum()
                elif by is ScopeKind.NATION:
                    own = own.sum().to_frame("").T
                shown = values.loc[code].reindex(own.index)
                for mine, theirs in (("top", "numerator"), ("below", "denominator")):
                    cells += len(own)
                    # An area that is not shown has no number, and is another one than any.
                    is_other = ~((own[mine] - shown[theirs]).abs() <= 1e-6)
                    found += [f"{period} {by} {code} {theirs} {area}" for area in own.index[is_other]]
    return [*found, f"{cells} cells compared, {len(found)} differ"]


def main() -> int:
    """Compare a database; 1 where a cell differs."""
    with create_engine(sys.argv[1]).connect() as connection:
        lines = differences(connection, date.today())
    sys.stdout.write("\n".join(lines) + "\n")
    return int(len(lines) > 1)


if __name__ == "__main__":
    raise SystemExit(main())
