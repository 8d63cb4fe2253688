"""An indicator is added by its entry, its sum with a migration, and the catalogues; all that shows them has it."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po
from openpyxl import load_workbook

from tests.conftest import RUN_FOLDER
from tests.product_copy import copy_product, edit, run_each_in, run_in

ENTRY = """
EVENTS_WITH_WOMEN = Indicator(
    code="events_with_women",
    name=N_("Events with women among the participants"),
    description=N_("Share of the held joint events of the period in which at least one of those who came was a woman."),
    numerator_text=N_("Held joint events with at least one woman among the participants"),
    denominator_text=N_("All held joint events of the period"),
    n_text=N_("joint events"),
    limits_text=N_("One woman is enough, however many men took part."),
    minimum_n=3,
    computation=Ratio("events_with_women", "events_held"),
    index=OutsideIndex(OUTSIDE_COUNT),
    records=Records(
        RecordKind.EVENTS,
        counted="joint_event.participants_women > 0",
        amount="joint_event.participants_women",
        amount_text=N_("Women"),
    ),
)
"""
NEW_TEXTS = (
    "Events with women among the participants",
    "Share of the held joint events of the period in which at least one of those who came was a woman.",
    "Held joint events with at least one woman among the participants",
    "All held joint events of the period",
    "One woman is enough, however many men took part.",
    "Women",
)
HOLD = """
from datetime import date
from data.aggregates import data_version
from data.database.engine import get_engine, writing
from data.schema import JointEvent
from sqlalchemy import update
from tests.worlds import DISTRICT, make_event
with writing() as connection:
    for day in (1, 2, 3):
        make_event(connection, event_date=date(2026, 3, day), district_soato=DISTRICT)
    connection.execute(update(JointEvent).where(JointEvent.event_date > date(2026, 3, 1)).values(participants_women=4))
data_version(get_engine())
"""
STORED = """
from data.aggregates import data_version
from data.database.engine import get_engine, reading
from data.schema import DistrictMonth
from sqlalchemy import select
data_version(get_engine())
with reading() as connection:
    sums = select(DistrictMonth.events_held, DistrictMonth.events_with_women)
    print(connection.execute(sums.where(DistrictMonth.direction_code == "")).all())
"""


def _add_indicator(copy: Path) -> None:
    """What a developer changes: the entry, the sum, and the catalogues."""
    family = copy / "data" / "indicators" / "activity.py"
    family.write_text(family.read_text(encoding="utf-8") + ENTRY, encoding="utf-8")
    edit(
        copy / "data" / "schema" / "aggregates.py",
        "    events_unplanned: Mapped[int]\n",
        '    events_unplanned: Mapped[int]\n    events_with_women: Mapped[int] = mapped_column(server_default="0")\n',
    )
    edit(
        copy / "data" / "aggregates" / "statements.py",
        '    "events_held": one_if(IS_HELD),\n',
        '    "events_held": one_if(IS_HELD),\n'
        '    "events_with_women": one_if(f"{IS_HELD} AND e.participants_women > 0"),\n',
    )
    for path in (copy / "data" / "locale").glob("*/LC_MESSAGES/hamkor.po"):
        with path.open("rb") as source:
            catalogue = read_po(source)
        for text in NEW_TEXTS:
            if text not in catalogue:
                catalogue.add(text, text)
        with path.open("wb") as target:
            write_po(target, catalogue)


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The product with the indicator, and a database that had events before it was added."""
    copy_product(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'old.db'}")
    monkeypatch.delenv(RUN_FOLDER)
    run_each_in(tmp_path, ("-m", "data", "init"), ("-c", HOLD))
    _add_indicator(tmp_path)
    return tmp_path


def test_an_indicator_takes_its_entry_its_sum_a_migration_and_the_catalogues(copy: Path) -> None:
    printed = run_each_in(
        copy,
        ("-m", "data.database.migrate", "add events with women"),
        ("-m", "data.texts.catalogues", "check"),
        ("-m", "data", "init"),
        ("-c", STORED),
        ("-m", "data", "template", "report.xlsx", "--lang", "en"),
    )
    assert "[(3, 2)]" in printed.splitlines()
    cells = [str(value) for sheet in load_workbook(copy / "report.xlsx") for row in sheet.values for value in row]
    assert any(NEW_TEXTS[0] in text for text in cells)
    shown = ("tests/pages/women_among_participants.py", "tests/data/indicators")
    run_in(copy, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", *shown)
