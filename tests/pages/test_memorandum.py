"""Page of a memorandum: what it says to each reader, and what may be done there, in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextArea, TextInput

from data.accounts.accounts import NewAccount, add_account
from data.codes import EventState
from data.database.engine import reading, writing
from data.dates import clock
from data.language import Language, Translator, Wording
from data.policy import Actor, Role, Scope
from data.schema import Memorandum, MemorandumAmendment, MemorandumNgo, Obligation, RecordDraft
from data.settings import get_settings
from queries.memoranda.register import memorandum_register
from queries.registers.documents import add_document
from tests.documents import PDF, signature, store_in
from tests.pages.conftest import TODAY, Desk
from tests.shown import plain_text
from tests.worlds import DISTRICT, FAR_DISTRICT, make_amendment, make_event, make_memorandum, make_ngo, make_obligation

EVIDENCE = "Dalolatnoma № 7"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    store_in(tmp_path, monkeypatch)
    yield tmp_path
    get_settings.cache_clear()


@pytest.fixture
def here(bare_desk: Desk) -> tuple[Desk, int, int]:
    """A desk with one memorandum that expires soon, with an overdue obligation, an amendment and an event."""
    with writing(bare_desk.engine) as connection:
        ngo_id = make_ngo(connection, name="Mehr <b>nuri</b>")
        memorandum_id = make_memorandum(connection, expiry_date=date(2026, 12, 1), ngo_ids=(ngo_id,))
        obligation_id = make_obligation(connection, memorandum_id=memorandum_id, due_date=date(2026, 10, 1))
        make_amendment(
            connection,
            memorandum_id=memorandum_id,
            number=1,
            signed_date=date(2026, 1, 1),
            expiry_date=date(2026, 12, 31),
        )
        make_event(connection, event_date=date(2026, 11, 1), memorandum_id=memorandum_id, ngo_ids=(ngo_id,))
        for role, district in ((Role.COORDINATOR, DISTRICT), (Role.DISTRICT, FAR_DISTRICT), (Role.NATIONAL, None)):
            account = NewAccount(login=role.value, role=role, district_soato=district)
            add_account(connection, account, password=None, actor="test")
        add_account(connection, NewAccount(login="ngo", role=Role.NGO, ngo_id=ngo_id), password=None, actor="test")
    bare_desk.sign_in_everyone()
    return bare_desk, memorandum_id, obligation_id


def words(app: AppTest) -> str:
    """Everything that the page says."""
    parts = [getattr(element, "value", "") for kind in ("html", "markdown", "caption") for element in app.get(kind)]
    return "\n".join(str(part) for part in parts)


def keys(app: AppTest) -> set[str]:
    return {button.key for button in app.button if button.key}


@pytest.mark.parametrize("language", Language)
def test_it_reads_like_the_document_and_its_forms_speak_the_language(
    here: tuple[Desk, int, int], language: Language
) -> None:
    desk, memorandum_id, obligation_id = here
    translate = Translator(language)
    for do in ("", "correct", "extend", "terminate", "withdraw", "fulfil", "correct-obligation", "add-obligation"):
        part = str(obligation_id) if do in {"fulfil", "correct-obligation"} else ""
        app = desk.open(
            Role.COORDINATOR, "memorandum", record=str(memorandum_id), do=do, part=part, lang=language.value
        )
        assert not app.exception
        assert not app.error
        text = words(app)
        for expected in ("Mehr &lt;b&gt;nuri&lt;/b&gt;", "31.12.2026", "/ngo?", "/event?"):
            assert expected in text
        assert translate("Rights and obligations") in [heading.value for heading in app.subheader]


def test_who_may_not_write_reads_only_and_a_stranger_reads_nothing(here: tuple[Desk, int, int]) -> None:
    desk, memorandum_id, obligation_id = here
    for role in (Role.NATIONAL, Role.NGO):
        app = desk.open(role, "memorandum", record=str(memorandum_id), do="fulfil", part=str(obligation_id), lang="en")
        assert not app.exception
        assert "31.12.2026" in words(app)
        assert not any(key.startswith(("do-", "save:", "withdraw")) for key in keys(app))
    for record in (str(memorandum_id), "999", "x", "99999999999999999999"):
        app = desk.open(Role.DISTRICT, "memorandum", record=record, lang="en")
        assert not app.exception
        assert "No such memorandum" in words(app)
        assert "Mehr" not in words(app)


def test_every_event_that_its_number_counts_is_listed_page_by_page_and_an_ngo_has_its_own(
    here: tuple[Desk, int, int],
) -> None:
    desk, memorandum_id, _ = here
    with writing(desk.engine) as connection:
        partner = make_ngo(connection, name="Hamroh")
        make = partial(make_event, connection, memorandum_id=memorandum_id, ngo_ids=(partner,))
        made = [make(event_date=date(2026, 10, day)) for day in range(1, 12)]
        made += [make(event_date=date(2026, 10, 12), state=EventState.CANCELLED)]
    open_page = partial(desk.open, Role.COORDINATOR, "memorandum", record=str(memorandum_id), lang="en")
    pages = [words(open_page(page=page)) for page in ("", "memorandum-events.2")]
    for page in pages:
        assert "Joint events: 13; held: 12." in page
    linked = [set(map(int, re.findall(r"/event\?[^\"]*record=(\d+)", page))) for page in pages]
    assert [len(ids) for ids in linked] == [10, 3]
    assert set(made) < linked[0] | linked[1]
    assert "Cancelled" in pages[0]

    own = words(desk.open(Role.NGO, "memorandum", record=str(memorandum_id), lang="en"))
    assert "Joint events: 1; held: 1." in own
    assert not set(made) & set(map(int, re.findall(r"record=(\d+)", own))) - {memorandum_id}


def test_a_signature_stands_beside_the_document_and_says_that_it_is_not_verified(here: tuple[Desk, int, int]) -> None:
    desk, memorandum_id, _ = here
    for name, content in (("Skan.pdf", PDF), ("Skan.pdf.p7s", signature())):
        add_document(
            desk.engine,
            Actor(Role.ADMIN),
            register="memoranda",
            record_id=memorandum_id,
            file_name=name,
            content=content,
            now=clock.now(),
        )
    for language in Language:
        app = desk.open(Role.COORDINATOR, "memorandum", record=str(memorandum_id), lang=language.value)
        said = words(app)
        assert "Skan.pdf.p7s" in said
        assert said.count(Translator(language)("Signature attached, not verified here")) == 1


def test_an_obligation_is_marked_fulfilled_from_its_link_with_one_press(here: tuple[Desk, int, int]) -> None:
    desk, memorandum_id, obligation_id = here
    app = desk.open(
        Role.COORDINATOR, "memorandum", record=str(memorandum_id), do="fulfil", part=str(obligation_id), lang="en"
    )
    next(area for area in app.text_area if area.label == "Evidence").set_value(EVIDENCE)
    next(button for button in app.button if button.label == "Mark fulfilled").click().run()
    assert "Marked fulfilled." in plain_text(" ".join(message.value for message in app.success))
    with reading(desk.engine) as connection:
        row = connection.execute(select(Obligation.fulfilled_date, Obligation.evidence, Obligation.number)).one()
    assert (row.fulfilled_date, row.evidence, row.number) == (TODAY, EVIDENCE, "1")


def test_terminating_asks_for_the_reason_and_changes_the_status_everywhere(here: tuple[Desk, int, int]) -> None:
    desk, memorandum_id, _ = here
    app = desk.open(Role.COORDINATOR, "memorandum", record=str(memorandum_id), do="terminate", lang="en")
    terminate = [button for button in app.button if button.key and button.key.startswith("save:")]
    terminate[0].click().run()
    assert "This must be filled in." in [message.value for message in app.error]
    next(area for area in app.text_area if area.label.startswith("Reason of termination")).set_value("Kelishuv").run()
    next(button for button in app.button if button.key and button.key.startswith("save:")).click().run()
    assert not app.error
    scope = Scope.district(DISTRICT)
    with reading(desk.engine) as connection:
        register = memorandum_register(connection, Actor(Role.ADMIN), scope=scope, today=TODAY)
    assert list(register["status_code"]) == ["terminated"]


def test_a_withdrawn_memorandum_says_what_refers_to_it_and_comes_back(here: tuple[Desk, int, int]) -> None:
    desk, memorandum_id, _ = here
    app = desk.open(Role.COORDINATOR, "memorandum", record=str(memorandum_id), do="withdraw", lang="en")
    assert "Obligations: 1" in words(app)
    app.button(key=f"withdraw:form-memoranda-{memorandum_id}-withdraw").click().run()
    assert "Say why the record is withdrawn." in [plain_text(message.value) for message in app.error]
    next(field for field in app.text_input if field.label.startswith("Reason")).set_value("ikki marta").run()
    app.button(key=f"withdraw:form-memoranda-{memorandum_id}-withdraw").click().run()
    assert not app.exception
    assert "ikki marta" in app.warning[0].value
    with reading(desk.engine) as connection:
        assert connection.scalar(select(func.count()).select_from(Memorandum)) == 0
    app.button(key="withdrawn-restore").click().run()
    with reading(desk.engine) as connection:
        assert connection.scalar(select(func.count()).select_from(Memorandum)) == 1


def test_an_amendment_extends_and_the_draft_of_its_form_survives(here: tuple[Desk, int, int]) -> None:
    desk, memorandum_id, _ = here
    app = desk.open(Role.COORDINATOR, "memorandum", record=str(memorandum_id), do="extend", lang="en")
    next(field for field in app.text_input if field.label == "New expiry").set_value("31.12.2028").run()
    again = desk.open(Role.COORDINATOR, "memorandum", record=str(memorandum_id), do="extend", lang="en")
    assert next(field for field in again.text_input if field.label == "New expiry").value == "31.12.2028"
    next(button for button in again.button if button.label == "Save the amendment").click().run()
    assert not again.error
    with reading(desk.engine) as connection:
        numbers = select(MemorandumAmendment.number, MemorandumAmendment.expiry_date).order_by(
            MemorandumAmendment.number
        )
        assert list(connection.execute(numbers))[-1] == (2, date(2028, 12, 31))
        assert connection.scalar(select(func.count()).select_from(RecordDraft)) == 0


def field(app: AppTest, label: str) -> TextInput | TextArea:
    """The text field whose label begins so."""
    fields: list[TextInput | TextArea] = [*app.text_input, *app.text_area]
    return next(found for found in fields if found.label.startswith(label))


def press(app: AppTest, label: str, place: int = 0) -> AppTest:
    """Press the button with a label."""
    return [button for button in app.button if button.label == label][place].click().run()


@pytest.mark.parametrize("language", Language)
def test_a_new_memorandum_is_one_page_that_a_reload_brings_back(
    here: tuple[Desk, int, int], language: Language
) -> None:
    desk, known_id, _ = here
    translate = Translator(language)
    due = Wording("Due").in_language(language)
    app = desk.open(Role.COORDINATOR, "new_memorandum", lang=language.value)
    assert not app.exception
    app.multiselect[0].select(app.multiselect[0].options[0]).run()
    app = press(app, translate("Add an obligation"), 1)
    field(app, Wording("Obligation", "workbook obligations").in_language(language)).set_value("Suhbat").run()
    app = press(app, translate("Save the memorandum"))
    assert translate("This must be filled in.") in [message.value for message in app.error]

    again = desk.open(Role.COORDINATOR, "new_memorandum", lang=language.value)
    assert again.text_area[0].value == "Suhbat"
    field(again, f"{due} *").set_value("01.12.2026").run()
    again = press(again, translate("Save the memorandum"))
    assert not again.exception
    with reading(desk.engine) as connection:
        new = select(Memorandum.number, Memorandum.id).where(Memorandum.id != known_id)
        saved = connection.execute(new).one()
        parties = select(func.count()).select_from(MemorandumNgo).where(MemorandumNgo.memorandum_id == saved.id)
        text = select(Obligation.text).where(Obligation.memorandum_id == saved.id)
        assert (connection.scalar(parties), connection.scalar(text)) == (1, "Suhbat")
    assert saved.number == f"{TODAY.year}-1"
