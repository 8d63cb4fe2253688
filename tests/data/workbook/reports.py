"""Random reports of good records, repeats and known errors, and what importing each must give."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook

from data.codes import Direction, EventForm, EventState, SupportKind, Visibility, WouldRepeat
from data.registers.declaration import FieldKind
from data.registers.evaluations import EvaluationRegister
from data.registers.events import EventRegister
from data.registers.memoranda import MemorandumRegister
from tests.data.workbook.disguise import DISTRICTS, Disguise, Expected, Line

EVALUATIONS = EvaluationRegister.sheet
EVENTS = EventRegister.sheet
MEMORANDA = MemorandumRegister.sheet


class Report:
    """A random report of good records, repeats and known errors."""

    def __init__(self, seed: int) -> None:
        self.manner = Disguise(seed)
        self.random = self.manner.random
        self.stirs = [str(300_100_000 + at) for at in range(4)]
        self.memoranda = self._memoranda()
        self.events = self._events()
        self.evaluations = self._evaluations()

    def _memoranda(self) -> list[Line]:
        lines = []
        for at in range(self.random.randrange(4, 9)):
            start = date(2025, 1, 10) + timedelta(days=self.random.randrange(300))
            lines.append(
                Line(
                    {
                        "number": f"HM-2026/{at:03}",
                        "district": list(DISTRICTS)[at % len(DISTRICTS)],
                        "ngo_name": f"Mehr koʻprigi {at % 4}",
                        "stirs": self.stirs[at % 4],
                        "title": "Hamkorlik toʻgʻrisida",
                        "signed_date": start,
                        "start_date": start,
                        "expiry_date": self.random.choice(
                            [start + timedelta(days=800), "muddatsiz", "муддатсиз", "бессрочно"]
                        ),
                        "directions": tuple(self.random.sample(list(Direction), 2)),
                        "supports": tuple(self.random.sample(list(SupportKind), 2)),
                    }
                )
            )
        broken: list[tuple[str, dict[str, object]]] = [
            ("stirs", {"stirs": "12345"}),
            ("district", {"district": "Atlantida tumani"}),
            ("district", {"district": "Samarqand"}),
            ("expiry_date", {"expiry_date": date(2020, 1, 1)}),
            ("signed_date", {"signed_date": "31.02.2026"}),
            ("directions", {"directions": "Koinot"}),
        ]
        return self._spoilt(lines, broken, "number")

    def _events(self) -> list[Line]:
        held = [line for line in self.memoranda if line.fate == "good"]
        lines = []
        for at in range(self.random.randrange(6, 14)):
            memorandum = held[at % len(held)].values
            total = self.random.randrange(10, 300)
            values: dict[str, object] = {
                "number": f"T-2026-{at:03}",
                "event_date": date(2026, 1, 5) + timedelta(days=self.random.randrange(300)),
                "direction": self.random.choice(list(Direction)),
                "form": self.random.choice(list(EventForm)),
                "mahalla": self.random.choice(["Doʻstlik MFY", "Oqtepa MFY"]),
                "title": f"Mavzu {at}",
                "memorandum": memorandum["number"],
                "state": EventState.CANCELLED if at % 7 == 6 else EventState.HELD,
                "participants_total": total,
                "participants_young": self.random.randrange(total),
                "participants_women": self.random.randrange(total),
                "participants_at_risk": self.random.randrange(total),
                "participants_victims": 0,
            }
            lines.append(Line(values | {code: memorandum[code] for code in ("district", "stirs")}))
        broken: list[tuple[str, dict[str, object]]] = [
            ("participants_young", {"participants_young": 9999}),
            ("event_date", {"event_date": "30.02.2026"}),
            ("memorandum", {"memorandum": "HM-0000/000"}),
            ("participants_total", {"participants_total": -4}),
            ("event_date", {"event_date": date(2027, 3, 1), "state": EventState.HELD}),
            ("stirs", {"stirs": "399999999"}),
        ]
        return self._spoilt(lines, broken, "number")

    def _evaluations(self) -> list[Line]:
        held = [line for line in self.events if line.fate == "good" and line.values["state"] is EventState.HELD]
        lines = []
        for line in held:
            values: dict[str, object] = {
                "event": line.values["number"],
                "stir": line.values["stirs"],
                "would_repeat": self.random.choice(list(WouldRepeat)),
                "participants_counted": self.random.randrange(200),
                "comment": "Tadbir foydali boʻldi",
                "recommendation": self.random.choice([None, "Faollar jalb etilsin"]),
                "visibility": self.random.choice(list(Visibility)),
            }
            for column in EVALUATIONS.fields:
                if column.kind is FieldKind.RATING:
                    values[column.code] = self.random.choice([None, 1, 2, 3, 4, 5])
            lines.append(Line(values))
        cancelled = [line.values["number"] for line in self.events if line.values["state"] is EventState.CANCELLED]
        broken: list[tuple[str, dict[str, object]]] = [
            ("mark_readiness", {"mark_readiness": 6}),
            ("event", {"event": "T-0000-000"}),
            ("comment", {"comment": "Telefon: +998 90 123 45 67"}),
            ("comment", {"comment": "Shaxs АА 1234567 ishtirok etdi"}),
            ("recommendation", {"recommendation": "JSHSHIR 30101901234567"}),
            *[("event", {"event": number}) for number in cancelled[:1]],
        ]
        return self._spoilt(lines, broken, "event")

    def _spoilt(self, lines: list[Line], broken: list[tuple[str, dict[str, object]]], key: str) -> list[Line]:
        """The lines with a repeat and some errors; a spoilt line has a number of its own where the error allows."""
        spoilt = [*lines, Line(self.random.choice(lines).values, "repeat")]
        for at, (column, change) in enumerate(self.random.sample(broken, self.random.randrange(1, len(broken) + 1))):
            source = self.random.choice(lines).values
            own = {key: f"{source[key]}-x{at}"} if key == "number" else {}
            spoilt.append(Line({**source, **own, **change}, column))
        return spoilt

    def save(self, path: Path) -> dict[str, Expected]:
        """Write the workbook and say what must come of each sheet."""
        book = Workbook()
        book.remove(book.worksheets[0])
        expected = {}
        for sheet, lines in ((MEMORANDA, self.memoranda), (EVENTS, self.events), (EVALUATIONS, self.evaluations)):
            name = sheet.name.in_language(self.manner.language)
            page = book.create_sheet(self.random.choice([name, name.upper(), f"{name} 2026"]))
            expected[sheet.code] = self.manner.write(page, sheet, lines)
        book.save(path)
        return expected
