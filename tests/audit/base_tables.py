"""Base tables as frames, without what was withdrawn; sums that the product keeps are not among them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection, text

from data.dates.period import Period

MARKS = ("preparation", "readiness", "timeliness", "roles", "resources", "needs", "result")


class Days:
    """First and last day of a period that count on a day, and the twelve months that end with it."""

    def __init__(self, period: Period, today: date) -> None:
        self.period, self.today = period, pd.Timestamp(today)
        self.first, self.end = pd.Timestamp(period.first_day), pd.Timestamp(period.last_day)
        self.last = min(self.end, self.today)
        self.year_start = (self.last.to_period("M") - 11).start_time
        self.months = pd.period_range(self.first, self.last, freq="M")

    def of(self, days: pd.Series[Any]) -> pd.Series[bool]:
        """Whether each of some days lies in the period."""
        return days.between(self.first, self.end)

    def due(self, days: pd.Series[Any]) -> pd.Series[bool]:
        """Whether what was due on each of some days was so in the period and the day is over."""
        return days.between(self.first, min(self.end, self.today - timedelta(days=1)))

    def of_months(self, months: pd.Series[Any]) -> pd.Series[bool]:
        """Whether each of some months (YYYYMM) is one of the period that has begun."""
        return months.isin(self.months.year * 100 + self.months.month)


class BaseTables:
    """Base tables, read when they are first needed and then shared by all periods."""

    def __init__(self, connection: Connection, today: date) -> None:
        self.connection, self.today = connection, pd.Timestamp(today)

    def read(self, table: str, columns: str = "*", *dates: str) -> pd.DataFrame:
        """Rows of a table that were not withdrawn; ``columns`` are those wanted besides ``dates``."""
        withdrawable = table in {
            *("memorandum", "memorandum_amendment", "obligation", "plan_item", "joint_event"),
            *("information_request", "support", "training"),
        }
        condition = " WHERE withdrawn_at IS NULL" if withdrawable else ""
        listed = ", ".join(filter(None, (columns, *dates)))
        query = text(f"SELECT {listed} FROM {table}{condition}")  # noqa: S608 - names written here
        return pd.read_sql(query, self.connection, parse_dates=dict.fromkeys(dates, "%Y-%m-%d"))

    @cached_property
    def regions(self) -> pd.Series[str]:
        """The region of each district, by SOATO."""
        return self.read("district").set_index("soato")["region_soato"].sort_index()

    @cached_property
    def spans(self) -> pd.DataFrame:
        """First and last day of each district, by SOATO; far off where there is none."""
        rows = self.read("district", "soato", "valid_from", "valid_to").set_index("soato").sort_index()
        first, last = rows["valid_from"].fillna(pd.Timestamp(1900, 1, 1)), rows["valid_to"]
        return pd.DataFrame({"first": first, "last": last.fillna(pd.Timestamp(2200, 1, 1))})

    def days_between(self, first: pd.Timestamp, last: pd.Timestamp) -> pd.Series[int]:
        """How many of the days from one to another each district existed on."""
        begins, ends = (self.spans[name].to_numpy("datetime64[D]") for name in ("first", "last"))
        days = np.minimum(ends, np.datetime64(last, "D")) - np.maximum(begins, np.datetime64(first, "D"))
        return pd.Series(np.maximum(days.astype(np.int64) + 1, 0), index=self.spans.index)

    @cached_property
    def mahallas(self) -> pd.DataFrame:
        """All mahallas."""
        return self.read("mahalla", "id, district_soato")

    @cached_property
    def inhabitants(self) -> pd.DataFrame:
        """Figures of inhabitants, the oldest first."""
        return self.read("inhabitants", "district_soato, inhabitants", "counted_date").sort_values("counted_date")

    @cached_property
    def ngos(self) -> pd.DataFrame:
        """All NGOs."""
        found = self.read("ngo", "id, district_soato, is_active")
        return found.assign(is_active=found["is_active"].astype(bool))

    @cached_property
    def held(self) -> pd.DataFrame:
        """Held events."""
        columns = "id, district_soato, mahalla_id, memorandum_id, plan_item_id, participants_total, state_code"
        events = self.read("joint_event", columns, "event_date")
        return events[events["state_code"] == "held"].drop(columns="state_code")

    @cached_property
    def event_ngos(self) -> pd.DataFrame:
        """NGOs of held events: event_id, ngo_id, and the event."""
        pairs = self.read("joint_event_ngo", "event_id, ngo_id")
        return pairs.merge(self.held, left_on="event_id", right_on="id")

    @cached_property
    def plan(self) -> pd.DataFrame:
        """Plan items with their month (YYYYMM), and whether a held event names them."""
        items = self.read("plan_item", "id, district_soato, year, month, responsible_ngo_id")
        named = self.held["plan_item_id"].dropna()
        return items.assign(month=items["year"] * 100 + items["month"], is_done=items["id"].isin(named))

    @cached_property
    def sent(self) -> pd.DataFrame:
        """Evaluations that were sent, all versions, with their event if it was held, and the mean of their marks."""
        columns = "id, event_id, ngo_id, is_current, visibility_code, would_repeat_code, state_code"
        rows = self.read("evaluation", ", ".join([columns, *(f"mark_{name}" for name in MARKS)]), "submitted_date")
        rows = rows[rows["state_code"] == "submitted"]
        marks = rows[[f"mark_{name}" for name in MARKS]].astype(float)
        rows = rows.assign(mark=marks.mean(axis=1), is_current=rows["is_current"].astype(bool))
        event = self.held[["id", "district_soato", "event_date"]].rename(columns={"id": "event_id"})
        return rows.merge(event, on="event_id", how="left")

    @cached_property
    def in_batch(self) -> pd.DataFrame:
        """Members of released batches of confidential evaluations."""
        return self.read("confidential_batch_member", "evaluation_id, batch_id, event_id, ngo_id")

    @cached_property
    def said(self) -> pd.DataFrame:
        """Newest versions of evaluations of held events; ``is_open``: given by name and in no batch."""
        rows = self.sent[self.sent["is_current"] & self.sent["event_date"].notna()]
        members = self.in_batch[["event_id", "ngo_id"]].assign(in_batch=True)
        rows = rows.merge(members, on=["event_id", "ngo_id"], how="left")
        return rows.assign(is_open=(rows["visibility_code"] == "named") & rows["in_batch"].isna())

    @cached_property
    def batches(self) -> pd.DataFrame:
        """Released batches with what their members said, as far as enough of them said it."""
        spans = self.read("confidential_batch", "id, district_soato, first_year_month, last_year_month")
        own = self.sent.set_index("id")[["mark", "would_repeat_code"]]
        members = self.in_batch.join(own, on="evaluation_id")
        by_ngo = members.groupby(["batch_id", "ngo_id"]).size().sort_values(ascending=False)
        two_busiest = by_ngo.groupby("batch_id").head(2).groupby("batch_id").sum()
        groups = members.assign(square=members["mark"] ** 2).groupby("batch_id")
        counted = groups[["mark", "would_repeat_code"]].count()
        enough = counted.ge(np.maximum(two_busiest + 1, 5), axis=0)
        events = counted["mark"].clip(upper=groups["event_id"].nunique()).where(enough["mark"], 0)
        yes = members["would_repeat_code"].eq("yes").groupby(members["batch_id"]).sum()
        sums = pd.DataFrame(
            {
                "marked": events,
                "mark_sum": (groups["mark"].mean().round(6) * events).fillna(0),
                "square_sum": (groups["square"].mean().round(6) * events).fillna(0),
                "yes": yes.where(enough["would_repeat_code"], 0),
                "answers": counted["would_repeat_code"].where(enough["would_repeat_code"], 0),
            }
        )
        return spans.join(sums, on="id")

    @cached_property
    def recommendations(self) -> pd.DataFrame:
        """Recommendations that reached their district, with NGO and visibility of their evaluation."""
        rows = self.read("recommendation", "evaluation_id, district_soato", "released_date", "closed_date")
        rows = rows[rows["released_date"].notna()]
        of = self.sent.set_index("id")[["ngo_id", "visibility_code"]]
        days = (rows["closed_date"] - rows["released_date"]).dt.days
        return rows.join(of, on="evaluation_id").assign(is_closed=days <= 60)

    @cached_property
    def memoranda(self) -> pd.DataFrame:
        """Memoranda."""
        return self.read(
            "memorandum", "id, district_soato", "signed_date", "start_date", "expiry_date", "terminated_date"
        ).reset_index(drop=True)

    @cached_property
    def memorandum_ngos(self) -> pd.DataFrame:
        """Parties of memoranda."""
        pairs = self.read("memorandum_ngo")
        return pairs.merge(self.memoranda[["id", "district_soato"]], left_on="memorandum_id", right_on="id")

    @cached_property
    def calendar(self) -> pd.DatetimeIndex:
        """All days until today on which a memorandum may have been in force."""
        first = self.memoranda["signed_date"].min()
        return pd.date_range(self.today if pd.isna(first) else min(first, self.today), self.today)

    @cached_property
    def in_force(self) -> NDArray[np.bool_]:
        """Whether each memorandum (row) was in force on each day of the calendar, by the rules of that day, and its
        district existed."""
        days = self.calendar.to_numpy()[np.newaxis, :]
        memoranda = self.memoranda
        signed, start, expiry, ended = (
            memoranda[f"{name}_date"].to_numpy()[:, np.newaxis] for name in ("signed", "start", "expiry", "terminated")
        )
        expiries = np.broadcast_to(expiry, (len(memoranda), days.shape[1])).copy()
        amended = self.read("memorandum_amendment", "memorandum_id, number", "signed_date", "expiry_date")
        amended = amended[amended["expiry_date"].notna() & amended["memorandum_id"].isin(memoranda["id"])]
        amended = amended.sort_values("number")
        rows = pd.Index(memoranda["id"]).get_indexer(pd.Index(amended["memorandum_id"]))
        dates = (amended[f"{name}_date"].to_numpy() for name in ("signed", "expiry"))
        for row, since, until in zip(rows, *dates, strict=True):
            expiries[row, days[0] >= since] = until
        is_over = (expiries < days) | (ended <= days)
        spans = self.spans.reindex(memoranda["district_soato"])
        begins, ends = (spans[name].to_numpy()[:, np.newaxis] for name in ("first", "last"))
        return (signed <= days) & (start <= days) & ~is_over & (begins <= days) & (days <= ends)

    def in_force_on(self, day: pd.Timestamp) -> NDArray[np.bool_]:
        """Whether each memorandum was in force on a day."""
        at = self.calendar.get_indexer(pd.DatetimeIndex([day]))[0]
        return self.in_force[:, at] if at >= 0 else np.zeros(len(self.memoranda), dtype=np.bool_)

    def in_force_between(self, first: pd.Timestamp, last: pd.Timestamp) -> NDArray[np.bool_]:
        """Whether each memorandum (row) was in force on each day from one to another that the calendar has."""
        return self.in_force[:, (self.calendar >= first) & (self.calendar <= last)]

    @cached_property
    def obligations(self) -> pd.DataFrame:
        """Obligations of memoranda, with the district."""
        rows = self.read("obligation", "memorandum_id, party_code", "due_date", "fulfilled_date")
        rows = rows.merge(self.memoranda[["id", "district_soato"]], left_on="memorandum_id", right_on="id")
        return rows.assign(is_on_time=rows["fulfilled_date"] <= rows["due_date"])

    @cached_property
    def requests(self) -> pd.DataFrame:
        """Information requests, with the working days to their answer (Monday to Friday)."""
        columns = "district_soato, ngo_id, asked_by_code"
        rows = self.read("information_request", columns, "sent_date", "due_date", "answered_date")
        answered = rows["answered_date"].notna() & (rows["answered_date"] <= self.today)
        sent, until = (
            rows.loc[answered, name].to_numpy("datetime64[D]") + 1 for name in ("sent_date", "answered_date")
        )
        days = pd.Series(np.busday_count(sent, until).astype(float), index=rows.index[answered])
        return rows.assign(is_on_time=rows["answered_date"] <= rows["due_date"], days=days)

    @cached_property
    def decisions(self) -> pd.DataFrame:
        """Decisions with the area of their meeting."""
        meetings = self.read("meeting", "id, area_code").set_index("id")["area_code"]
        rows = self.read("decision", "meeting_id", "due_date", "done_date")
        return rows.assign(area=rows["meeting_id"].map(meetings), is_on_time=rows["done_date"] <= rows["due_date"])

    @cached_property
    def support(self) -> pd.DataFrame:
        """Support given to NGOs."""
        return self.read("support", "district_soato, ngo_id, amount_uzs", "support_date")

    @cached_property
    def trainings(self) -> pd.DataFrame:
        """Trainings."""
        return self.read("training", "id", "training_date")

    @cached_property
    def trained_mahallas(self) -> pd.DataFrame:
        """Mahallas whose post was at a training: mahalla_id, training_date."""
        return self.read("training_mahalla").merge(self.trainings, left_on="training_id", right_on="id")

    @cached_property
    def trained_ngos(self) -> pd.DataFrame:
        """NGOs that were at a training: ngo_id, training_date."""
        return self.read("training_ngo").merge(self.trainings, left_on="training_id", right_on="id")

    @cached_property
    def offences(self) -> pd.DataFrame:
        """Official figures by district and month (YYYYMM)."""
        return self.read("offence_month", "district_soato, year_month, offences, mahallas_crime_free")
