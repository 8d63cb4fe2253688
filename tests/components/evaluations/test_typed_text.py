"""What the script that keeps typed text is told, whatever was typed."""

from __future__ import annotations

import json
import re
from html import unescape

from streamlit.testing.v1 import AppTest

HOSTILE = '</script><style>"]]>--> &quot; ʻ'


def page() -> None:
    """A page that tells the script of a form with a text."""
    from unittest.mock import patch

    from components.evaluations import typed_text
    from components.evaluations.form_state import OpenForm
    from data.codes import DraftItem
    from tests.components.evaluations.test_typed_text import HOSTILE

    class Form(OpenForm):
        submission_id = "7"

        def key(self, item: object) -> str:
            return str(item)

    with patch.object(typed_text, "typed_fields", lambda _form: {DraftItem.COMMENT: (HOSTILE, True)}):
        typed_text.keep_typed_text("login", Form.__new__(Form))


def test_no_text_can_end_the_attribute_that_it_stands_in() -> None:
    [drawn] = AppTest.from_function(page).run().get("html")
    [fields] = re.findall(r'data-fields="([^"]*)"', drawn.proto.body)
    assert not {"<", ">"} & set(unescape(fields))
    assert json.loads(unescape(fields))["comment"]["text"] == HOSTILE
