"""The command that enters or corrects a record: by the rules and with the messages of a workbook's row."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine, select

from data.cli import main
from data.database.engine import reading, writing
from data.dates import clock
from data.schema import AuditEntry, Support
from tests.queries.registers.registering import good_cells, settle

VALUES = [f"{code}={text}" for code, text in good_cells("supports").items()]


@pytest.fixture
def url(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> str:
    """Option that names a database with the NGOs that a record names, on a fixed day."""
    with writing(engine) as connection:
        settle(connection)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 20))
    return f"--database={engine.url.render_as_string(hide_password=False)}"


def stored(engine: Engine) -> list[tuple[int, int | None, int]]:
    """Id, amount and version of all records."""
    with reading(engine) as connection:
        rows = connection.execute(select(Support.id, Support.amount_uzs, Support.version))
        return [(row.id, row.amount_uzs, row.version) for row in rows]


def test_a_record_is_entered_and_corrected_with_a_reason(
    engine: Engine, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["record", "supports", url, *VALUES]) == 0
    assert stored(engine) == [(1, 5_000_000, 1)]
    correction = ["record", "supports", url, "--id", "1", "--reason", "xato", "amount_uzs=6 mln", "--lang", "en"]
    assert main(correction) == 0
    assert stored(engine) == [(1, 6_000_000, 2)]
    assert main(correction) == 0
    assert stored(engine) == [(1, 6_000_000, 2)]
    assert "says so already" in capsys.readouterr().out
    with reading(engine) as connection:
        found = select(AuditEntry.action_code, AuditEntry.reason).order_by(AuditEntry.id)
        entries = [tuple(row) for row in connection.execute(found.where(AuditEntry.entity == "support"))]
        (actor,) = set(connection.scalars(select(AuditEntry.actor)))
    assert entries == [("command_added", ""), ("command_corrected", "xato")]
    assert actor.startswith("command line")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([*VALUES, "kind=pul emas"], "Form of support (kind)"),
        ([*VALUES, "--id", "9"], "This record is not there"),
        (["amount_uzs=1", "--id", "1", "--version", "7"], "Someone else has corrected this record"),
        (VALUES, "Another record of the district has this number."),
        ([*VALUES, "venue=hall"], "The register has no field venue"),
        ([*VALUES, "hall"], "Write FIELD=VALUE"),
        (["number=K-2"], "District (city) (district): This must be filled in."),
    ],
)
def test_a_refusal_says_which_field_and_writes_nothing(
    engine: Engine, url: str, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["record", "supports", url, *VALUES]) == 0
    before = stored(engine)
    assert main(["record", "supports", url, "--lang", "en", *arguments]) == 1
    assert said in capsys.readouterr().err
    assert stored(engine) == before


def test_help_lists_the_registers_and_the_fields_of_each(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, words in ((["record", "--help"], ("supports", "ngos")), (["record", "ngos", "--help"], ("stir*",))):
        with pytest.raises(SystemExit):
            main(arguments)
        said = capsys.readouterr().out
        assert all(word in said for word in words)
