"""Confirmation beside an action: what is said in it, and for which occasions the focus moves."""

from __future__ import annotations

import re
from collections.abc import Mapping

from streamlit.testing.v1 import AppTest

from components.shell.static_files import ASSETS_FOLDER, ASSETS_PATH

HOSTILE = '<script>alert(1)</script> **bold** "quoted"'


def page() -> None:
    """Script that draws what the session state asks for."""
    import streamlit as st

    from components.shell.confirmation import focus_field, render_confirmation

    for asked in st.session_state["asked"]:
        if "text" in asked:
            render_confirmation(**asked)
        else:
            focus_field(**asked)


def drawn(*asked: Mapping[str, object]) -> AppTest:
    """Return the page with these confirmations and fields."""
    app = AppTest.from_function(page)
    app.session_state["asked"] = asked
    return app.run()


def occasions(app: AppTest) -> list[str]:
    """Return what each script of the page is run once for."""
    return re.findall(r'data-occasion="([^"]*)"', " ".join(element.proto.body for element in app.get("html")))


def test_a_result_is_a_box_of_its_kind_with_the_typed_text_as_text() -> None:
    app = drawn(
        {"text": HOSTILE, "key": "saved", "details": ["one_two", "*three*"]},
        {"text": "Not saved.", "key": "refused", "kind": "error"},
    )
    assert r"\<script\>" in app.success[0].value
    assert r"\*\*bold\*\*" in app.success[0].value
    assert app.success[0].value.endswith("\n\n- one\\_two\n\n- \\*three\\*")
    assert [error.value for error in app.error] == [r"Not saved\."]


def test_the_focus_moves_once_for_each_occasion() -> None:
    stays = {"text": "Saved.", "key": "saved", "occasion": "10:15"}
    app = drawn(stays)
    first = occasions(app)
    assert occasions(app.run()) == first
    app.session_state["asked"] = [{**stays, "occasion": "10:16"}]
    assert occasions(app.run()) != first


def test_without_an_occasion_every_run_moves_it() -> None:
    app = drawn({"text": "Not saved.", "key": "refused", "kind": "error"}, {"key": 'number"><b>'})
    first = occasions(app)
    assert len(set(first)) == 2
    assert not set(occasions(app.run())) & set(first)
    assert "<b>" not in app.get("html")[1].proto.body


def test_the_script_is_one_of_our_files() -> None:
    (source,) = re.findall(r'src="([^"?]*)\?v=[^"]+"', drawn({"key": "number"}).get("html")[0].proto.body)
    assert source.startswith(f"{ASSETS_PATH}/")
    assert (ASSETS_FOLDER / source.removeprefix(f"{ASSETS_PATH}/")).is_file()
