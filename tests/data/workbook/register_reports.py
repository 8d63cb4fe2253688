"""Random registers of good records, repeats and known errors, and what importing each must give."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook

from data.codes import (
    AwardGround,
    AwardKind,
    AwardRecipient,
    Direction,
    EventForm,
    Party,
    RequestKind,
    SupportKind,
    TrainingAudience,
)
from data.indicators import INDICATORS, Unit
from data.registers.registry import SHEETS
from tests.data.workbook.disguise import DISTRICTS, Disguise, Expected, Line

Values = dict[str, object]
PERCENTS = [code for code in INDICATORS if INDICATORS[code].unit is Unit.PERCENT]
# For each sheet: changes of a good row, with the column with the error.
BROKEN: dict[str, list[tuple[str, Values]]] = {
    "obligations": [
        ("memorandum", {"memorandum": "HM-0000"}),
        ("due_date", {"due_date": "31.02.2026"}),
        ("text", {"text": "Tel: 90 123 45 67"}),
    ],
    "amendments": [
        ("number", {"number": 0}),
        ("expiry_date", {"expiry_date": date(2020, 1, 1)}),
        ("text", {"text": "Tel: 90 123 45 67"}),
    ],
    "plans": [("month", {"month": "bahor"}), ("form", {"form": "Koinot"}), ("stir", {"stir": "399999999"})],
    "mahallas": [("district", {"district": "Atlantida tumani"}), ("post", {"post": "AA 1234567"})],
    "requests": [
        ("answered_date", {"answered_date": date(2020, 1, 1)}),
        ("kind", {"kind": "Koinot"}),
        ("stir", {"stir": "12345"}),
    ],
    "supports": [("amount_uzs", {"amount_uzs": "koʻp"}), ("support_date", {"support_date": date(2027, 3, 1)})],
    "trainings": [("hours", {"hours": "-2"}), ("people", {"people": 0}), ("mahallas", {"mahallas": "AA1234567"})],
    "awards": [
        ("kind", {"kind": "Koinot"}),
        ("award_date", {"award_date": date(2027, 3, 1)}),
        ("citizens", {"citizens": 3}),
    ],
    "offences": [("youth", {"youth": 9999}), ("month", {"month": 13}), ("all", {"all": "-1"})],
    "targets": [("value", {"value": 150}), ("area", {"area": "Samarqand"}), ("indicator", {"indicator": "Baxt"})],
}


class RegisterReport:
    """A random workbook of registers of one district a record, with the memoranda that they refer to."""

    def __init__(self, seed: int) -> None:
        self.manner = Disguise(seed)
        self.random = self.manner.random
        makers: dict[str, Callable[[int, Values], Values]] = {
            "obligations": self._obligation,
            "amendments": self._amendment,
            "plans": self._plan,
            "mahallas": self._mahalla,
            "requests": self._request,
            "supports": self._support,
            "trainings": self._training,
            "awards": self._award,
            "offences": self._offence,
            "targets": self._target,
        }
        self.lines = {"memoranda": [Line(self._memorandum(at, self._place(at))) for at in range(4)]}
        for code, make in makers.items():
            good = [Line(make(at, self._place(at))) for at in range(self.random.randrange(3, 9))]
            self.lines[code] = [*good, Line(self.random.choice(good).values, "repeat"), *self._broken(code, make)]

    def _place(self, at: int) -> Values:
        return {"district": list(DISTRICTS)[at % len(DISTRICTS)]}

    def _broken(self, code: str, make: Callable[[int, Values], Values]) -> list[Line]:
        broken = self.random.sample(BROKEN[code], self.random.randrange(1, len(BROKEN[code]) + 1))
        return [
            Line({**make(100 + at, self._place(at)), **change}, column) for at, (column, change) in enumerate(broken)
        ]

    def _day(self) -> date:
        return date(2026, 1, 5) + timedelta(days=self.random.randrange(280))

    def _memorandum(self, at: int, place: Values) -> Values:
        dates = dict.fromkeys(("signed_date", "start_date"), date(2025, 1, 10))
        stirs = str(300_100_000 + at)
        return {
            **place,
            **dates,
            "number": f"HM-{at}",
            "stirs": stirs,
            "ngo_name": f"Mehr {at}",
            "expiry_date": "muddatsiz",
        }

    def _obligation(self, at: int, place: Values) -> Values:
        return {
            **place,
            "number": f"2.{at}-band",
            "memorandum": f"HM-{at % 4}",
            "party": self.random.choice(list(Party)),
            "text": "Bino ajratish",
            "due_date": self._day(),
            "fulfilled_date": self.random.choice([None, date(2026, 5, 4)]),
        }

    def _amendment(self, at: int, place: Values) -> Values:
        signed = self._day()
        return {
            **place,
            "number": at + 1,
            "memorandum": f"HM-{at % 4}",
            "signed_date": signed,
            "expiry_date": signed + timedelta(days=365),
            "text": "Muddat uzaytirildi",
        }

    def _plan(self, at: int, place: Values) -> Values:
        return {
            **place,
            "number": f"B-{at}",
            "year": 2026,
            "month": self.random.randrange(1, 13),
            "mahalla": self.random.choice([None, "Doʻstlik MFY"]),
            "direction": self.random.choice(list(Direction)),
            "form": self.random.choice(list(EventForm)),
            "stir": str(300_100_000 + at % 4),
        }

    def _mahalla(self, at: int, place: Values) -> Values:
        return {**place, "mahalla": f"Navroʻz-{at} MFY", "post": f"{at}-son tayanch punkti"}

    def _request(self, at: int, place: Values) -> Values:
        sent = self._day()
        return {
            **place,
            "number": f"S-{at}",
            "stir": str(300_100_000 + at % 4),
            "asked_by": self.random.choice(list(Party)),
            "kind": self.random.choice(list(RequestKind)),
            "topic": "Tadbirlar jadvali",
            "sent_date": sent,
            "due_date": sent + timedelta(days=14),
            "answered_date": sent + timedelta(days=self.random.randrange(30)),
        }

    def _support(self, at: int, place: Values) -> Values:
        return {
            **place,
            "number": f"K-{at}",
            "stir": str(300_100_000 + at % 4),
            "kind": self.random.choice(list(SupportKind)),
            "amount_uzs": self.random.choice([None, 500_000 * self.random.randrange(1, 60)]),
            "support_date": self._day(),
            "source": "Tuman hokimligi",
        }

    def _training(self, at: int, place: Values) -> Values:
        return {
            **place,
            "number": f"O-{at}",
            "audience": self.random.choice(list(TrainingAudience)),
            "topic": "Hamkorlik asoslari",
            "training_date": self._day(),
            "hours": self.random.randrange(1, 9),
            "people": self.random.randrange(5, 40),
            "mahallas": self.random.choice([None, "Doʻstlik MFY; Oqtepa MFY", "Oqtepa, Navroʻz"]),
            "stirs": str(300_100_000 + at % 4),
        }

    def _award(self, at: int, place: Values) -> Values:
        return {
            **place,
            "number": f"R-{at}",
            "recipient": AwardRecipient.NGO,
            "stir": str(300_100_000 + at % 4),
            "kind": self.random.choice(list(AwardKind)),
            "ground": self.random.choice(list(AwardGround)),
            "award_date": self._day(),
            "amount_uzs": self.random.choice([None, 500_000]),
        }

    def _offence(self, at: int, place: Values) -> Values:
        total = self.random.randrange(20, 90)
        parts = {code: self.random.randrange(total) for code in ("criminal_search", "youth", "women", "repeat")}
        month = {"year": 2025 - at // 12, "month": at % 12 + 1}
        return {
            **place,
            **month,
            "all": total,
            **parts,
            "crime_free": self.random.randrange(40),
            "source": "Statistika",
        }

    def _target(self, at: int, place: Values) -> Values:
        area = place["district"]
        return {"indicator": PERCENTS[at % len(PERCENTS)], "year": 2026 + at % 60, "area": area, "value": 40 + at % 50}

    def save(self, path: Path) -> dict[str, Expected]:
        """Write the workbook and say what must come of each sheet."""
        book = Workbook()
        book.remove(book.worksheets[0])
        expected = {}
        sheets = [sheet for sheet in SHEETS if sheet.code in self.lines]
        self.random.shuffle(sheets)
        for sheet in sheets:
            name = sheet.name.in_language(self.manner.language)
            page = book.create_sheet(
                self.random.choice([name, name.upper(), f"{name} 2026", self.manner.apostrophes(name)])
            )
            expected[sheet.code] = self.manner.write(page, sheet, self.lines[sheet.code])
        book.save(path)
        return expected
