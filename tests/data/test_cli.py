"""The commands as an operator runs them: exit codes, and what goes to which stream."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from data.cli import COMMANDS, build_parser, main
from data.database.engine import get_engine, reading
from data.schema import StaleMonth
from tests.data.workbook.books import EVENT, MEMORANDUM, save_book

SAMPLES = Path(__file__).parent / "samples"
SAMPLE = str(SAMPLES / "report_2026.xlsx")


@pytest.fixture
def database(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'cli.db'}"
    assert main(["init", "--database", url]) == 0
    assert main(["init", "--database", url]) == 0
    return f"--database={url}"


def test_each_command_explains_itself() -> None:
    text = build_parser().format_help()
    assert all(name in text for name in ("init", "demo", "import", "record", "template", "user", "check", "rights"))
    assert len(COMMANDS) == 8


def test_the_sums_are_ready_after_init(database: str) -> None:
    with reading(get_engine(database.removeprefix("--database="))) as connection:
        assert connection.scalars(select(StaleMonth.id)).all() == []


def test_json_is_the_only_output_and_equals_the_expectation(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["import", SAMPLE, "--json", database]) == 1
    found = json.loads(capsys.readouterr().out)
    for sheet in found.values():
        assert all(entry.pop("message") for entry in sheet["refused"])
    assert found == json.loads((SAMPLES / "report_2026.expected.json").read_text(encoding="utf-8"))


def test_a_partial_import_may_be_repeated_and_leaves_a_whole_database(
    database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert [main(["import", SAMPLE, "--partial", database]) for _ in range(2)] == [0, 0]
    assert main(["import", SAMPLE, "--check", database]) == 1
    assert main(["check", database, "--lang", "en"]) == 0
    assert "Oqtepa MFY" in capsys.readouterr().err


def test_bad_input_ends_with_a_message_and_one(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "text.xlsx").write_text("no workbook")
    assert main(["import", str(tmp_path / "text.xlsx"), database]) == 1
    assert main(["import", str(tmp_path / "absent.xlsx"), database]) == 1
    assert main(["template", str(tmp_path / "text.xlsx")]) == 1
    assert main(["check", f"--database=sqlite:///{tmp_path / 'empty.db'}"]) == 1
    assert main(["import", SAMPLE, f"--database=sqlite:///{tmp_path / 'empty.db'}"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 5


def test_a_row_in_doubt_is_listed_and_written_only_when_it_is_accepted(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = [{**EVENT, "event_date": "3/2/26"}]
    path = str(save_book(tmp_path / "doubtful.xlsx", memoranda=[MEMORANDUM], events=events))
    capsys.readouterr()
    assert main(["import", path, database, "--lang", "en"]) == 1
    said = capsys.readouterr().out
    assert "In doubt: Events, row 2, Date: “3/2/26” is taken as 03.02.2026" in said
    assert "Nothing was saved, because rows are in doubt." in said
    assert main(["import", path, "--json", "--check", database]) == 1
    assert [entry["row"] for entry in json.loads(capsys.readouterr().out)["Tadbirlar"]["doubted"]] == [2]
    assert main(["import", path, "--accept-doubted", database]) == 0
    corrected = save_book(tmp_path / "corrected.xlsx", events=[{**events[0], "state": "bekor qilindi"}])
    capsys.readouterr()
    assert main(["import", str(corrected), database, "--lang", "en"]) == 0
    assert "Events, row 2, State: Held → Cancelled" in capsys.readouterr().out
