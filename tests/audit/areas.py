"""Indicators of districts, regions and the nation, recomputed from the base tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tests.audit import limits
from tests.audit.base_tables import BaseTables, Days
from tests.audit.limits import Interval, Numbers, numbers
from tests.audit.ratings import Model, fit

NATION = ""
LEAST_N = {
    "memorandum_coverage": 1,
    "memorandum_alive": 1,
    "obligations_on_time": 3,
    "plan_execution": 3,
    "mahalla_reach": 1,
    "regularity": 3,
    "events_per_10k": 1,
    "participants": 1,
    "evaluation_coverage": 5,
    "evaluation_score": 5,
    "would_repeat": 5,
    "requests_on_time": 3,
    "answer_days": 3,
    "recommendations_closed": 3,
    "decisions_done": 3,
    "ngos_supported": 3,
    "support_gini": 5,
    "trained": 3,
    "offences_per_10k": 1,
    "crime_free_mahallas": 1,
}


@dataclass(frozen=True)
class Figure:
    """An indicator of some areas, each of them a number: what stands beside the value, the value, its interval."""

    numerator: Numbers
    denominator: Numbers
    n: Numbers
    value: Numbers
    interval: Interval

    @classmethod
    def share(
        cls, part: Numbers, whole: Numbers, *, n: Numbers | None = None, interval: Interval | None = None
    ) -> Figure:
        """A share in percent, by default with the score interval and ``whole`` as its n."""
        value = 100 * part / np.where(whole > 0, whole, np.nan)
        return cls(part, whole, whole if n is None else n, value, interval or limits.wilson(part, whole))

    @classmethod
    def fact(cls, part: Numbers, whole: Numbers, *, n: Numbers | None = None) -> Figure:
        """A share that is counted in full."""
        return cls.share(part, whole, n=n, interval=limits.none_of(len(part)))

    def columns(self, least_n: int, confidences: Mapping[str, float]) -> dict[str, Numbers]:
        """Columns of the product: value and limits (an ending for each confidence) only where there is enough."""
        is_enough = (self.n >= least_n) & ~np.isnan(self.value)
        found = {"numerator": self.numerator, "denominator": self.denominator, "n": self.n}
        found["value"] = np.where(is_enough, self.value, np.nan)
        for ending, confidence in confidences.items():
            for name, limit in zip(("low", "high"), self.interval(confidence), strict=True):
                found[f"interval_{name}{ending}"] = np.where(is_enough, limit, np.nan)
        return found


class PeriodSums:
    """What one period adds up to in each district, shared by districts, regions and the nation."""

    def __init__(self, base: BaseTables, days: Days) -> None:
        self.base, self.days = base, days
        held = base.held
        self.own_days = base.days_between(days.first, days.last)
        self.exists = base.days_between(days.last, days.last) > 0
        self.held = held[days.of(held["event_date"])]
        self.requests = base.requests[days.due(base.requests["due_date"])]
        self.decisions = base.decisions[days.due(base.decisions["due_date"])]
        self.by_mahalla = self._months_by_mahalla()
        self.partners = self._partners()
        self.sums = self._sums()
        self.model = self._model()

    def _months_by_mahalla(self) -> pd.DataFrame:
        """Months of the twelve with a held event, of each mahalla that had any: district_soato, months."""
        held = self.base.held
        held = held[held["event_date"].between(self.days.year_start, self.days.last.to_period("M").end_time)]
        own = self.base.mahallas.rename(columns={"id": "mahalla_id"})
        held = held.merge(own, on=["mahalla_id", "district_soato"])
        month = held["event_date"].dt.year * 12 + held["event_date"].dt.month
        pairs = held.assign(month=month).drop_duplicates(["district_soato", "mahalla_id", "month"])
        pairs = pairs[pairs["district_soato"].isin(self.exists.index[self.exists])]
        return pairs.groupby(["district_soato", "mahalla_id"]).size().rename("months").reset_index()

    def _partners(self) -> pd.DataFrame:
        """Districts and NGOs in them that were partners in the twelve months, or were given support."""
        base, days, pair = self.base, self.days, ["district_soato", "ngo_id"]
        held = base.event_ngos[
            base.event_ngos["event_date"].between(days.year_start, days.last.to_period("M").end_time)
        ][pair]
        in_force = np.flatnonzero(base.in_force_between(days.year_start, days.last).any(axis=1))
        parties = base.memorandum_ngos
        agreed = parties[parties["memorandum_id"].isin(base.memoranda["id"].iloc[in_force])][pair]
        given = base.support[base.support["support_date"].between(days.year_start, days.last)]
        rows: list[pd.DataFrame] = [
            held.drop_duplicates().assign(is_partner=True),
            agreed.assign(is_partner=True),
            given[pair].assign(is_supported=True, amount=given["amount_uzs"].fillna(0).astype(float)),
        ]
        joined = pd.concat(rows, ignore_index=True)
        return joined.fillna({"is_partner": False, "is_supported": False, "amount": 0.0})

    def _sums(self) -> pd.DataFrame:
        """Counts of each district that add up in wider areas."""
        base, days, codes = self.base, self.days, self.base.regions.index
        by = "district_soato"
        plan = base.plan[days.of_months(base.plan["month"])].groupby(by)["is_done"]
        due = base.obligations[days.due(base.obligations["due_date"])].groupby(by)["is_on_time"]
        asked = self.requests.groupby(by)["is_on_time"]
        heard = self._heard().groupby(by)["is_heard"]
        ripe = base.recommendations["released_date"].between(
            days.first, min(days.end, days.today - pd.Timedelta(days=60))
        )
        proposed = base.recommendations[ripe].groupby(by)["is_closed"]
        trained = self._trained().groupby(by)["has"]
        known = base.inhabitants
        newest = known[known["counted_date"] <= days.end].groupby(by)["inhabitants"].last()
        inhabitants = newest.reindex(codes).fillna(known.groupby(by)["inhabitants"].first()).fillna(0)
        is_known, inhabitants = inhabitants > 0, inhabitants.where(self.exists, 0)
        figures = base.offences[days.of_months(base.offences["year_month"])]
        mahallas = base.mahallas.groupby(by).size().reindex(codes).fillna(0)
        crimes = figures[figures[by].map(inhabitants) > 0].groupby(by)["offences"]
        free = figures.groupby(by)["mahallas_crime_free"]
        held = self.held.groupby(by)["participants_total"]
        columns = {
            **{f"plan_{name}": found for name, found in (("top", plan.sum()), ("all", plan.size()))},
            **{f"due_{name}": found for name, found in (("top", due.sum()), ("all", due.size()))},
            **{f"asked_{name}": found for name, found in (("top", asked.sum()), ("all", asked.size()))},
            **{f"heard_{name}": found for name, found in (("top", heard.sum()), ("all", heard.size()))},
            **{f"proposed_{name}": found for name, found in (("top", proposed.sum()), ("all", proposed.size()))},
            **{f"trained_{name}": found for name, found in (("top", trained.sum()), ("all", trained.size()))},
            "events": held.size(),
            "participants": held.sum(),
            "events_known": held.size().where(is_known),
            "inhabitants": inhabitants,
            "mahallas": mahallas.where(self.exists, 0),
            "districts": self.exists,
            "days": self.own_days,
            "reached": self.by_mahalla.groupby(by).size(),
            "months": self.by_mahalla.groupby(by)["months"].sum(),
            "offences": crimes.sum(),
            "offences_a_year": crimes.mean() * 12,
            "inhabitants_counted": inhabitants.where(crimes.count() > 0),
            "offence_months": crimes.count(),
            "free_top": free.sum(),
            "free_all": free.count() * mahallas,
            **self._said(),
            **self._memoranda(),
        }
        return pd.DataFrame({name: column.reindex(codes) for name, column in columns.items()}).fillna(0).astype(float)

    def _heard(self) -> pd.DataFrame:
        """Events whose 14 days are over, and whether one of their NGOs sent an evaluation in them."""
        waited = self.held[self.held["event_date"] < self.days.today - pd.Timedelta(days=14)]
        sent = self.base.sent
        in_time = sent[sent["submitted_date"] <= sent["event_date"] + pd.Timedelta(days=14)]
        of_ngos = in_time.merge(self.base.event_ngos[["event_id", "ngo_id"]], on=["event_id", "ngo_id"])
        return waited.assign(is_heard=waited["id"].isin(of_ngos["event_id"]))

    def _trained(self) -> pd.DataFrame:
        """Posts and active NGOs, and whether somebody of each was at a training of the twelve months."""
        base, days = self.base, self.days
        of_posts, of_ngos = (
            rows[rows["training_date"].between(days.year_start, days.last)]
            for rows in (base.trained_mahallas, base.trained_ngos)
        )
        posts = base.mahallas.assign(has=base.mahallas["id"].isin(of_posts["mahalla_id"]))
        ngos = base.ngos[base.ngos["is_active"]].assign(has=lambda rows: rows["id"].isin(of_ngos["ngo_id"]))
        found = pd.concat([posts, ngos])[["district_soato", "has"]]
        return found[found["district_soato"].isin(self.exists.index[self.exists])]

    def _said(self) -> dict[str, pd.Series[float]]:
        """What NGOs said by name of events of the period, and batches whose months all lie in it."""
        days, rows = self.days, self.base.said
        rows = rows[rows["is_open"] & days.of(rows["event_date"])]
        by_event = rows.groupby(["district_soato", "event_id"])["mark"].mean()
        answers = rows.groupby("district_soato")["would_repeat_code"]
        batches = self.base.batches
        is_inside = days.of_months(batches["first_year_month"]) & days.of_months(batches["last_year_month"])
        batched = (
            batches[is_inside].groupby("district_soato")[["marked", "mark_sum", "square_sum", "yes", "answers"]].sum()
        )
        named = {
            "marked": by_event.groupby("district_soato").count(),
            "mark_sum": by_event.groupby("district_soato").sum(),
            "square_sum": (by_event**2).groupby("district_soato").sum(),
            "yes": (rows["would_repeat_code"] == "yes").groupby(rows["district_soato"]).sum(),
            "answers": answers.count(),
        }
        codes = self.base.regions.index
        return {
            name: named[name].reindex(codes).fillna(0).astype(float)
            + batched[name].reindex(codes).fillna(0).astype(float)
            for name in named
        }

    def _memoranda(self) -> dict[str, pd.Series[float]]:
        """Days with a memorandum in force, and memoranda in force, judged and alive on the last day."""
        base, days = self.base, self.days
        district = base.memoranda["district_soato"]
        covered = pd.DataFrame(base.in_force_between(days.first, days.last)).groupby(district.to_numpy()).any()
        now = pd.Series(base.in_force_on(days.last), index=base.memoranda.index)
        limit = days.last - pd.Timedelta(days=90)
        is_judged = now & (base.memoranda["signed_date"] <= limit) & (base.memoranda["start_date"] <= limit)
        events = base.held.loc[base.held["event_date"].between(limit, days.last), "memorandum_id"]
        is_alive = is_judged & base.memoranda["id"].isin(events)
        return {
            "days_covered": covered.sum(axis=1).astype(float),
            "in_force": now.groupby(district).any().astype(float),
            "judged": is_judged.groupby(district).sum().astype(float),
            "alive": is_alive.groupby(district).sum().astype(float),
        }

    def _model(self) -> Model | None:
        """The model of the ratings of all districts."""
        days, rows = self.days, self.base.said
        rows = rows[rows["is_open"] & days.of(rows["event_date"]) & rows["mark"].notna()]
        forms = rows.groupby(["district_soato", "ngo_id"])["mark"].agg(["size", "sum"]).reset_index()
        return fit(self.sums, forms.set_axis(["district", "ngo", "forms", "mark_sum"], axis=1))

    @property
    def listed(self) -> pd.Index[str]:
        """Districts that existed on a day of the period, or of which anything counts in it."""
        existed = self.base.days_between(self.days.first, self.days.end) > 0
        return self.sums.index[existed | self.sums.any(axis=1)]

    def figures(self, area: pd.Series[str]) -> dict[str, Figure]:
        """All indicators of the areas that districts lie in (``area``, by SOATO), in the order of their codes."""
        sums = self.sums.groupby(area).sum()
        of = {name: numbers(sums[name]) for name in self.sums.columns}
        is_district = bool((area == area.index).all())
        years = len(self.days.months) / 12
        alive = limits.wilson(of["alive"], of["judged"])
        events = 10_000 / (years * np.where(of["inhabitants"] > 0, of["inhabitants"], np.nan))
        crimes = 10_000 / np.where(of["inhabitants_counted"] > 0, of["inhabitants_counted"], np.nan)
        a_thing = crimes * np.where(
            of["offences"] > 0, of["offences_a_year"] / np.maximum(of["offences"], 1), 1 / years
        )
        months = limits.wilson(of["months"], 12 * of["reached"])
        by_mahalla = self.by_mahalla["months"] / 12, self.by_mahalla["district_soato"].map(area)
        return {
            "memorandum_coverage": Figure.fact(of["days_covered"], of["days"], n=numbers(sums["days"] > 0))
            if is_district
            else Figure.fact(of["in_force"], of["districts"]),
            "memorandum_alive": Figure.fact(of["alive"], of["judged"])
            if is_district
            else Figure.share(of["alive"], of["judged"], interval=alive),
            "obligations_on_time": Figure.share(of["due_top"], of["due_all"]),
            "plan_execution": Figure.share(of["plan_top"], of["plan_all"]),
            "mahalla_reach": Figure.share(of["reached"], of["mahallas"]),
            "regularity": Figure.share(
                of["months"],
                12 * of["reached"],
                n=of["reached"],
                interval=limits.of_clusters(*by_mahalla, sums.index, months),
            ),
            "events_per_10k": Figure(
                of["events_known"],
                of["inhabitants"],
                of["inhabitants"],
                of["events_known"] * events,
                limits.of_count(of["events_known"], events),
            ),
            "participants": Figure(
                of["participants"], of["events"], of["events"], of["participants"], limits.none_of(len(sums))
            ),
            "evaluation_coverage": Figure.share(of["heard_top"], of["heard_all"]),
            "evaluation_score": self._rating(of, area),
            "would_repeat": Figure.share(of["yes"], of["answers"]),
            "requests_on_time": Figure.share(of["asked_top"], of["asked_all"]),
            "answer_days": self._answers(area, sums.index),
            "recommendations_closed": Figure.share(of["proposed_top"], of["proposed_all"]),
            "decisions_done": self._decisions(area, sums.index),
            **self._support(area, sums.index),
            "trained": Figure.fact(of["trained_top"], of["trained_all"]),
            "offences_per_10k": Figure(
                of["offences_a_year"],
                of["inhabitants_counted"],
                of["inhabitants_counted"],
                of["offences_a_year"] * crimes,
                limits.of_count(of["offences"], a_thing),
            ),
            "crime_free_mahallas": Figure.fact(of["free_top"], of["free_all"]),
        }

    def _rating(self, of: dict[str, Numbers], area: pd.Series[str]) -> Figure:
        marked, mark_sum = of["marked"], of["mark_sum"]
        nothing = np.full(len(marked), np.nan)
        if self.model is None:
            return Figure(mark_sum, marked, marked, nothing, limits.none_of(len(marked)))
        model, codes = self.model, pd.Index(sorted(area.unique()))
        rows = model.districts
        if (area == area.index).all():
            found = rows.reindex(codes)
            value, error, free = found["rating"].to_numpy(), found["error"].to_numpy(), float(model.free)
            return Figure(mark_sum, marked, marked, value, limits.of_mean(value, error, free))
        lenient = (rows["n"] * rows["leniency"]).groupby(area).sum().reindex(codes).fillna(0).to_numpy(dtype=float)
        n = np.where(marked > 0, marked, np.nan)
        share = n / (n + model.k) if np.isfinite(model.k) else 0 * n
        value = share * (mark_sum - lenient) / n + (1 - share) * model.overall
        errors = model.clustered(area).reindex(codes).to_numpy(dtype=float)
        return Figure(mark_sum, marked, marked, value, limits.of_mean(value, errors[:, 0], errors[:, 1]))

    def _answers(self, area: pd.Series[str], areas: pd.Index[str]) -> Figure:
        answered = self.requests[self.requests["days"].notna()]
        of = answered["district_soato"].map(area)
        groups = answered.groupby(of)["days"]
        n = numbers(groups.size().reindex(areas).fillna(0))
        median = numbers(groups.median().reindex(areas))
        return Figure(n, n, n, median, limits.of_median(answered["days"], of, areas))

    def _decisions(self, area: pd.Series[str], areas: pd.Index[str]) -> Figure:
        """Those of meetings of an area and of the areas inside it."""
        inside = pd.Series(NATION, index=[*area.index, *self.base.regions.unique(), NATION])
        if list(areas) != [NATION]:
            own = pd.Series(areas, index=areas)
            inside = pd.concat([area, own[~own.index.isin(area.index)]])
        groups = self.decisions.groupby(self.decisions["area"].map(inside))["is_on_time"]
        done, due = (numbers(found.reindex(areas).fillna(0)) for found in (groups.sum(), groups.size()))
        return Figure.share(done, due)

    def _support(self, area: pd.Series[str], areas: pd.Index[str]) -> dict[str, Figure]:
        """An NGO counts once an area, with what it was given wherever in it."""
        of = self.partners["district_soato"].map(area).rename("area")
        pooled = self.partners.groupby([of, "ngo_id"]).agg(
            {"is_partner": "max", "is_supported": "max", "amount": "sum"}
        )
        pooled = pooled[pooled["is_partner"].astype(bool)].reset_index().sort_values(["area", "amount"])
        pooled = pooled.assign(below=pooled.groupby("area")["amount"].cumsum())
        groups = pooled.groupby("area")
        n = numbers(groups.size().reindex(areas).fillna(0))
        supported, given, below = (
            numbers(groups[name].sum().reindex(areas).fillna(0)) for name in ("is_supported", "amount", "below")
        )
        # From the area under the curve of Lorenz.
        coefficient = (n + 1 - 2 * below / np.where(given > 0, given, np.nan)) / np.where(n > 0, n, np.nan)
        differences = np.nan_to_num(coefficient) * n * given
        interval = limits.of_unevenness(pooled["amount"], pooled["area"], areas)
        return {
            "ngos_supported": Figure.fact(supported, n),
            "support_gini": Figure(differences, n * given, n, coefficient, interval),
        }
