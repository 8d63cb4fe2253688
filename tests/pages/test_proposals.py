"""Proposals on the pages: an NGO proposes and sees what came of it, the coordinator answers."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from data.database.engine import reading, writing
from data.dates import clock
from data.language import Language
from data.policy import Role
from data.schema import Account, JointEvent, Proposal, RecordDraft
from tests.pages.conftest import Desk
from tests.pages.forms import fill_form, form_fields
from tests.worlds import DISTRICT, OTHER_DISTRICT, make_memorandum

TITLE = "Yoshlar bilan suhbat"


def _own_page(office: Desk, **address: str) -> AppTest:
    with reading(office.engine) as connection:
        ngo_id = connection.scalar(select(Account.ngo_id).where(Account.login == "n"))
    return office.open(Role.NGO, "ngo", record=str(ngo_id), **{"lang": "en", **address})


def _press(app: AppTest, prefix: str) -> AppTest:
    return next(button for button in app.button if (button.key or "").startswith(prefix)).click().run()


def _propose(office: Desk, day: str = "10.12.2030") -> AppTest:
    app = _press(_own_page(office), "do-propose")
    assert set(form_fields(app)) == {"kind", "wanted_date", "direction", "form", "title"}
    assert not any(field.value for field in form_fields(app).values())
    typed = {"kind": "event", "wanted_date": day, "direction": "youth_work", "form": "seminar", "title": TITLE}
    return _press(fill_form(app, **typed), "save:")


def _soon(office: Desk) -> AppTest:
    return _propose(office, f"31.12.{clock.now().year + 1}")


def _html(app: AppTest) -> str:
    return "".join(block.proto.body for block in app.get("html"))


def test_a_fault_is_told_and_keeps_what_was_typed(office: Desk) -> None:
    app = _propose(office, "kecha")
    assert "Choose a day" in app.error[0].value
    assert [form_fields(app)[code].value for code in ("wanted_date", "title")] == ["kecha", TITLE]


def test_a_form_outlives_a_reload_and_leaves_no_draft_once_it_is_sent(office: Desk) -> None:
    fill_form(_press(_own_page(office), "do-propose"), title=TITLE, direction="youth_work")
    app = _own_page(office, do="propose")
    assert [form_fields(app)[code].value for code in ("title", "direction")] == [TITLE, "youth_work"]
    day = f"31.12.{clock.now().year + 1}"
    _press(fill_form(app, kind="event", wanted_date=day, form="seminar"), "save:")
    with reading(office.engine) as connection:
        assert connection.scalars(select(RecordDraft.form_id)).all() == []
        assert connection.scalars(select(Proposal.title)).all() == [TITLE]


def test_a_proposal_goes_to_another_district_where_the_ngo_has_a_memorandum(office: Desk) -> None:
    with writing(office.engine) as connection:
        ngo_id = connection.scalar(select(Account.ngo_id).where(Account.login == "n"))
        make_memorandum(connection, district_soato=OTHER_DISTRICT, ngo_ids=(int(ngo_id or 0),))
    app = _press(_own_page(office), "do-propose")
    assert form_fields(app)["district"].value is None
    day = f"31.12.{clock.now().year + 1}"
    typed = {"kind": "event", "wanted_date": day, "direction": "youth_work", "form": "seminar", "title": TITLE}
    app = _press(fill_form(app, **typed), "save:")
    assert len(app.error) == 2, "one beside the district, one beside the button"
    _press(fill_form(app, district=OTHER_DISTRICT), "save:")
    with reading(office.engine) as connection:
        assert connection.scalars(select(Proposal.district_soato)).all() == [OTHER_DISTRICT]


def test_an_accepted_proposal_is_an_event_that_the_ngo_opens_from_its_list(office: Desk) -> None:
    assert "Sent" in _soon(office).success[0].value
    app = office.open(Role.COORDINATOR, "plan", view="proposals", lang="en")
    assert "Accepted" in _press(app, "accept-").success[0].value
    with reading(office.engine) as connection:
        event = connection.scalar(select(JointEvent.id))
    html = _html(_own_page(office))
    assert TITLE in html
    assert f"record={event}" in html


def test_a_declined_proposal_needs_a_reason_which_the_ngo_reads(office: Desk) -> None:
    _soon(office)
    app = _press(office.open(Role.COORDINATOR, "plan", view="proposals", lang="en"), "decline-")
    assert "Write a few words" in app.error[0].value
    next(field for field in app.text_input if (field.key or "").startswith("proposal_reason")).set_value("Zal band")
    assert "Declined" in _press(app, "decline-").success[0].value
    assert "Zal band" in _html(_own_page(office))


def test_the_attention_list_leads_to_the_proposals_and_leaders_only_read_them(office: Desk) -> None:
    _soon(office)
    for role in (Role.COORDINATOR, Role.DISTRICT):
        assert "view=proposals" in _html(office.open(role, "district", area=DISTRICT, lang="en"))
    app = office.open(Role.DISTRICT, "plan", view="proposals", lang="en")
    assert TITLE in _html(app)
    assert not [button for button in app.button if (button.key or "").startswith(("accept-", "decline-"))]


@pytest.mark.parametrize("language", Language)
def test_form_and_answers_speak_every_language(office: Desk, language: Language) -> None:
    _soon(office)
    with reading(office.engine) as connection:
        assert connection.scalar(select(Proposal.title)) == TITLE
    for app in (
        _own_page(office, lang=language.value, do="propose"),
        office.open(Role.COORDINATOR, "plan", view="proposals", lang=language.value),
    ):
        assert not app.exception
        assert not app.error
        assert [button for button in app.button if (button.key or "").startswith(("save:", "accept-"))]
