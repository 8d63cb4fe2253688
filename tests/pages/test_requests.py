"""Information requests on the pages: either side asks, the other answers, and both see it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from streamlit.testing.v1 import AppTest

from data.database.engine import reading, writing
from data.dates import clock
from data.language import Language
from data.policy import Actor, Role
from data.schema import InformationRequest, Ngo, RecordDraft
from queries.requests import answer
from tests.pages.conftest import Desk
from tests.pages.forms import fill_form, form_fields
from tests.worlds import DISTRICT, OTHER_DISTRICT, make_memorandum

TOPIC, PURPOSE, TEXT = "Tadbirlar soni", "Yillik reja uchun", "Yuz yigirma tadbir"


def press(app: AppTest, prefix: str) -> AppTest:
    """Press the button whose key begins so."""
    return next(button for button in app.button if (button.key or "").startswith(prefix)).click().run()


def html(app: AppTest) -> str:
    """Return the HTML that the page wrote."""
    return "".join(block.proto.body for block in app.get("html"))


def asked(office: Desk, role: Role = Role.NGO, **texts: str) -> AppTest:
    """Ask the other side on the page of requests."""
    app = press(office.open(role, "desk", lang="en"), "do-ask")
    return press(fill_form(app, kind="statistics", topic=TOPIC, purpose=PURPOSE, **texts), "save:")


def request(office: Desk) -> tuple[int, str, str]:
    """Return id, side and answer of the only request."""
    columns = (InformationRequest.id, InformationRequest.asked_by_code, InformationRequest.answer)
    with reading(office.engine) as connection:
        row = connection.execute(select(*columns)).one()
    return row.id, row.asked_by_code, row.answer


def test_an_ngo_asks_in_three_fields_and_the_coordinator_answers(office: Desk) -> None:
    app = press(office.open(Role.NGO, "desk", lang="en"), "do-ask")
    assert set(form_fields(app)) == {"kind", "topic", "purpose"}
    assert "Sent" in asked(office).success[0].value
    request_id, side, _ = request(office)
    assert side == "ngo"
    opened = {"record": str(request_id), "do": "answer", "lang": "en"}
    app = office.open(Role.COORDINATOR, "desk", **opened)
    assert len(app.get("file_uploader")) == 1, "that of the answer, and no second one of the record"
    assert not [button for button in app.button if (button.key or "").startswith("do-correct")]
    app = press(fill_form(app, answer=TEXT), "save:")
    assert "Answered" in app.success[0].value
    assert request(office)[2] == TEXT
    app = office.open(Role.NGO, "desk", record=str(request_id), lang="en")
    assert TEXT in html(app)
    assert PURPOSE in html(app)
    assert not [button for button in app.button if (button.key or "").startswith(("do-answer", "do-correct"))]


def test_a_coordinator_asks_in_four_fields_and_the_ngo_answers(office: Desk) -> None:
    app = press(office.open(Role.COORDINATOR, "desk", lang="en"), "do-ask")
    assert set(form_fields(app)) == {"stir", "kind", "topic", "purpose"}
    stir = next(option for option in form_fields(app)["stir"].options if "Umid" in option).split(" · ")[-1]
    app = press(fill_form(app, stir=stir, kind="statistics", topic=TOPIC, purpose=PURPOSE), "save:")
    request_id, side, _ = request(office)
    assert (side, len(app.success)) == ("police", 1)
    assert not [button for button in app.button if (button.key or "").startswith("do-answer")]
    app = press(office.open(Role.NGO, "desk", record=str(request_id), lang="en"), "do-answer")
    assert "Answered" in press(fill_form(app, answer=TEXT), "save:").success[0].value


def test_faults_stand_beside_their_fields_and_what_was_typed_stays(office: Desk) -> None:
    app = press(office.open(Role.NGO, "desk", do="ask", lang="en"), "save:")
    assert len(app.error) == len(form_fields(app)) + 1
    app = press(fill_form(app, kind="statistics", topic="AA1234567", purpose=PURPOSE), "save:")
    assert "passport" in app.error[0].value
    assert {code: form_fields(app)[code].value for code in ("topic", "purpose")} == {
        "topic": "AA1234567",
        "purpose": PURPOSE,
    }


def test_a_form_outlives_a_reload(office: Desk) -> None:
    fill_form(press(office.open(Role.NGO, "desk", lang="en"), "do-ask"), topic=TOPIC)
    app = office.open(Role.NGO, "desk", do="ask", lang="en")
    assert form_fields(app)["topic"].value == TOPIC
    press(fill_form(app, kind="statistics", purpose=PURPOSE), "save:")
    with reading(office.engine) as connection:
        assert connection.scalars(select(RecordDraft.form_id)).all() == []


def test_an_ngo_that_works_with_several_districts_chooses_one(office: Desk) -> None:
    with writing(office.engine) as connection:
        ngo_id = connection.scalar(select(Ngo.id))
        make_memorandum(connection, district_soato=OTHER_DISTRICT, ngo_ids=(int(ngo_id or 0),))
    app = press(office.open(Role.NGO, "desk", lang="en"), "do-ask")
    assert len(form_fields(app)) == 4
    assert form_fields(app)["district"].value is None
    press(fill_form(app, district=OTHER_DISTRICT, kind="other", topic=TOPIC, purpose=PURPOSE), "save:")
    with reading(office.engine) as connection:
        assert connection.scalar(select(InformationRequest.district_soato)) == OTHER_DISTRICT


def test_an_answer_that_came_meanwhile_is_told_with_what_was_typed(office: Desk) -> None:
    asked(office)
    request_id = request(office)[0]
    app = fill_form(office.open(Role.COORDINATOR, "desk", record=str(request_id), do="answer", lang="en"), answer=TEXT)
    other = Actor(Role.ADMIN, login="other")
    answer(office.engine, other, request_id=request_id, text="Boshqa", form_id="other", now=clock.now())
    app = press(app, "save:")
    assert "answered meanwhile" in app.error[0].value
    assert TEXT in app.error[0].value
    assert "Boshqa" in html(app)


def test_an_overdue_request_leads_from_the_attention_list_to_its_answer(office: Desk) -> None:
    asked(office)
    late = clock.today() - timedelta(days=20)
    with writing(office.engine) as connection:
        connection.execute(update(InformationRequest).values(sent_date=late, due_date=late + timedelta(days=14)))
    request_id = request(office)[0]
    page = html(office.open(Role.COORDINATOR, "district", area=DISTRICT, lang="en"))
    links = [part.split('"')[0] for part in page.split('href="') if part.startswith("/desk")]
    link = next(link for link in links if "do=" in link)
    assert f"record={request_id}" in link
    assert "do=answer" in link
    assert "6 days late" in html(office.open(Role.DISTRICT, "desk", lang="en"))


def test_leaders_read_requests_and_neither_ask_nor_answer(office: Desk) -> None:
    asked(office)
    app = office.open(Role.DISTRICT, "desk", lang="en")
    assert TOPIC in html(app)
    assert not [button for button in app.button if (button.key or "").startswith("do-")]
    app = office.open(Role.DISTRICT, "desk", record=str(request(office)[0]), do="answer", lang="en")
    assert not app.exception
    assert not form_fields(app)


@pytest.mark.parametrize("language", Language)
def test_lists_and_forms_speak_every_language(office: Desk, language: Language) -> None:
    asked(office)
    request_id = str(request(office)[0])
    for role, address in (
        (Role.NGO, {"do": "ask"}),
        (Role.COORDINATOR, {"do": "ask"}),
        (Role.COORDINATOR, {"record": request_id, "do": "answer"}),
    ):
        app = office.open(role, "desk", lang=language.value, **address)
        assert not app.exception
        assert not app.error
        assert [button for button in app.button if (button.key or "").startswith("save:")]
