"""Killed at any moment between click and commit, a form leaves one record or its draft: never both, never none."""

from __future__ import annotations

import subprocess
import sys

import pytest
from sqlalchemy import Engine, select

from data.database.engine import reading, writing
from data.schema import AuditEntry, RecordDraft, SentForm, Support
from data.settings import ROOT
from queries.registers.drafts import new_draft, store_draft
from tests.queries.registers.registering import NOW, add_coordinator, enter, good_cells, settle

pytestmark = pytest.mark.both_databases

FORMS = 30


def test_a_killed_server_leaves_one_record_or_the_draft(engine: Engine) -> None:
    with writing(engine) as connection:
        settle(connection)
    actor = add_coordinator(engine)
    forms: dict[str, str] = {}
    for place in range(1, FORMS + 1):
        draft = new_draft(good_cells("supports", number=f"K-{place}"))
        forms[f"K-{place}"] = store_draft(engine, actor, draft, register="supports", topic=str(place), now=NOW).form_id
    url = engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.queries.registers.saver", url, str(actor.account_id), *forms.values()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    killed = int(done.stdout)
    assert 10 < killed < FORMS  # at each statement on the way, and the rest not at all
    saved = _saved(engine)
    assert {number for number, form_id in forms.items() if form_id in saved} == set(_numbers(engine))
    assert len(saved) == FORMS - killed
    for number, form_id in forms.items():
        again = enter(engine, "supports", actor=actor, form_id=form_id, number=number)
        assert again.is_repeat is (form_id in saved), number
    assert sorted(_numbers(engine)) == sorted(forms)
    with reading(engine) as connection:
        entries = connection.scalars(select(AuditEntry.entity_id).where(AuditEntry.entity == "support")).all()
        assert sorted(map(int, entries)) == sorted(connection.scalars(select(Support.id)))
        assert connection.scalars(select(RecordDraft.form_id)).all() == []


def _numbers(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return list(connection.scalars(select(Support.number)))


def _saved(engine: Engine) -> set[str]:
    """Forms that are sent; the others have their draft, and nobody has both."""
    with reading(engine) as connection:
        sent = set(connection.scalars(select(SentForm.form_id)))
        drafts = set(connection.scalars(select(RecordDraft.form_id)))
    assert not sent & drafts
    assert len(sent | drafts) == FORMS
    return sent
