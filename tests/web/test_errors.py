"""A page that fails shows a number and no details; the log has them under that number."""

from __future__ import annotations

import logging
import re

import pytest
from streamlit.testing.v1 import AppTest


def failing_page() -> None:
    import streamlit as st

    from data.policy import ForbiddenError
    from web.errors import on_script_error

    error = ForbiddenError() if st.query_params.get("fault") == "known" else ValueError("password=hunter2")
    assert on_script_error(error), "Streamlit would show the traceback"


def shown(**params: str) -> str:
    """Return what the failing page shows."""
    page = AppTest.from_function(failing_page)
    page.query_params.update({"lang": "en", **params})
    page.run()
    assert not page.exception
    return page.error[0].value


def test_the_reader_gets_a_number_and_the_log_the_detail(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        text = shown()
    number = re.search(r"number ([0-9a-f]{8})\.", text)
    assert number
    assert "hunter2" not in text
    assert number[1] in caplog.text
    assert "hunter2" in caplog.text


def test_what_the_reader_can_understand_is_said_in_words(caplog: pytest.LogCaptureFixture) -> None:
    assert shown(fault="known") == "Your role does not allow this."
    assert not [record for record in caplog.records if record.name == "web.errors"]
