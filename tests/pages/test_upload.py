"""The page of uploads: choose, check, accept; refused rows, doubts, two people at once, undo; who may open it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest

from data.accounts.accounts import NewAccount, add_account
from data.database.engine import reading, writing
from data.language import Language, Translator
from data.policy import Role
from data.schema import JointEvent
from tests.data.workbook.books import EVENT, MEMORANDUM, Row, import_book, save_book
from tests.pages.conftest import Desk

DISTRICT = "1726294"


@pytest.fixture
def upload_desk(bare_desk: Desk) -> Desk:
    """App with an administrator, a coordinator and a leader of one district."""
    with writing(bare_desk.engine) as connection:
        for role in (Role.ADMIN, Role.COORDINATOR, Role.NATIONAL):
            place = DISTRICT if role is Role.COORDINATOR else None
            account = NewAccount(login=role.value, role=role, district_soato=place)
            add_account(connection, account, password=None, actor="test")
    bare_desk.sign_in_everyone()
    return bare_desk


def book(folder: Path, **rows: list[Row]) -> bytes:
    """Content of a workbook with a memorandum."""
    path = save_book(folder / "book.xlsx", memoranda=[MEMORANDUM], **rows)  # type: ignore[arg-type]
    return path.read_bytes()


def choose(app: AppTest, content: bytes, name: str = "book.xlsx") -> AppTest:
    """Choose a file and wait for its check."""
    return app.file_uploader[0].set_value((name, content, "application/octet-stream")).run()


def shown(app: AppTest) -> str:
    """All texts of the page."""
    kinds = ("markdown", "caption", "info", "warning", "error", "success", "html", "subheader")
    texts = [str(element.proto.body) for kind in kinds for element in app.get(kind)]
    return "\n".join([*texts, *(box.label for box in app.checkbox)]).replace("\\", "")


def events(desk: Desk) -> int:
    """Number of events."""
    with reading(desk.engine) as connection:
        return connection.scalar(select(func.count()).select_from(JointEvent)) or 0


@pytest.mark.parametrize("language", list(Language))
def test_a_file_is_checked_shown_and_accepted_in_every_language(
    upload_desk: Desk, tmp_path: Path, language: Language
) -> None:
    doubted = {**EVENT, "number": "T-2", "event_date": "3/2/26"}
    content = book(tmp_path, events=[EVENT, doubted, {**EVENT, "number": "T-3", "direction": "Koinot"}])
    app = choose(upload_desk.open(Role.COORDINATOR, "upload", lang=language.value), content)
    translate = Translator(language)
    assert not app.exception
    assert translate("Refused") in shown(app)
    assert events(upload_desk) == 0
    app.checkbox[0].check().run()
    app.button(key="upload_accept").click().run()
    assert not app.exception
    assert translate("The file {name} was accepted.", name="book.xlsx") in shown(app)
    assert events(upload_desk) == 2
    assert "do" not in app.query_params
    app.button(key="upload_next").click().run()
    assert translate("Past uploads") in shown(app)


def test_a_change_is_shown_cell_by_cell_and_undone_after_a_question(upload_desk: Desk, tmp_path: Path) -> None:
    app = choose(upload_desk.open(Role.COORDINATOR, "upload", lang="en"), book(tmp_path, events=[EVENT]))
    app.button(key="upload_accept").click().run()
    app.button(key="upload_next").click().run()
    app = choose(app, book(tmp_path, events=[{**EVENT, "participants_total": 1234}]), "second.xlsx")
    assert "<del>50</del> → <ins>1,234</ins>" in shown(app)
    app.button(key="upload_accept").click().run()
    app.button(key="undo_2").click().run()
    assert not [button for button in app.button if button.key == "undo_2"]
    app.button(key="undo_now").click().run()
    assert "The upload was undone" in shown(app)
    with reading(upload_desk.engine) as connection:
        assert connection.scalar(select(JointEvent.participants_total)) == 50
    app.button(key="undo_1").click().run()
    app.button(key="undo_now").click().run()
    assert "The upload was not undone" in shown(app)
    assert "T-1: changed since" in shown(app)


def test_what_others_changed_meanwhile_is_shown_before_anything_is_written(upload_desk: Desk, tmp_path: Path) -> None:
    app = choose(upload_desk.open(Role.COORDINATOR, "upload", lang="en"), book(tmp_path, events=[EVENT]))
    path = save_book(tmp_path / "other.xlsx", memoranda=[MEMORANDUM], events=[{**EVENT, "participants_total": 70}])
    import_book(upload_desk.engine, path)
    app.button(key="upload_accept").click().run()
    assert "Someone else changed these records meanwhile" in shown(app)
    assert "<del>70</del> → <ins>50</ins>" in shown(app)
    app.button(key="upload_accept").click().run()
    with reading(upload_desk.engine) as connection:
        assert connection.scalar(select(JointEvent.participants_total)) == 50


def test_an_unreadable_file_says_what_to_do_and_a_reload_that_nothing_was_changed(
    upload_desk: Desk, tmp_path: Path
) -> None:
    app = choose(upload_desk.open(Role.ADMIN, "upload", lang="en"), b"not a workbook")
    assert "is not an Excel workbook" in shown(app)
    assert "Nothing was changed" in shown(app)
    app = choose(upload_desk.open(Role.ADMIN, "upload", lang="en"), book(tmp_path))
    assert app.query_params["do"] == "checking"
    again = upload_desk.open(Role.ADMIN, "upload", lang="en", do="checking")
    assert "The page was loaded anew" in shown(again)


def test_a_check_stays_while_the_language_changes(upload_desk: Desk, tmp_path: Path) -> None:
    app = choose(upload_desk.open(Role.COORDINATOR, "upload", lang="en"), book(tmp_path, events=[EVENT]))
    app.selectbox(key="language_switch").set_value("ru").run()
    assert Translator(Language.RU)("What would come of it") in shown(app)
    app.button(key="upload_accept").click().run()
    assert events(upload_desk) == 1


def test_only_those_who_may_upload_open_the_page(upload_desk: Desk) -> None:
    assert upload_desk.open(Role.NATIONAL, "upload").error
    assert not upload_desk.open(Role.NATIONAL, "upload").file_uploader


def test_rows_to_correct_and_templates_are_offered(upload_desk: Desk) -> None:
    app = upload_desk.open(Role.COORDINATOR, "upload", lang="en")
    keys = {button.key for button in app.get("download_button")} if app.get("download_button") else set()
    assert not app.exception
    labels = {element.proto.label for element in app.get("download_button")}
    assert {"Download my rows", *(language.own_name for language in Language)} <= labels, keys
