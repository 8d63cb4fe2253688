"""Fields of an open form of a register in a page under test."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest

KINDS = ("text_input", "text_area", "selectbox", "button_group")


def form_fields(app: AppTest) -> dict[str, Any]:
    """Return the widgets of the open form by the code of their field."""
    found = [
        widget for kind in KINDS for widget in app.get(kind) if (getattr(widget, "key", "") or "").startswith("form-")
    ]
    return {str(getattr(widget, "key", "")).split(":")[-2]: widget for widget in found}


def fill_form(app: AppTest, **texts: str) -> AppTest:
    """Fill in fields of the open form, one after the other as a person does."""
    for code, text in texts.items():
        app = form_fields(app)[code].set_value(text).run()
    return app
