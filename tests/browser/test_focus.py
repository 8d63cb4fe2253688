"""Moving the focus to a message or a field (``components/assets/focus.js``), in a page without Streamlit."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from components.shell.static_files import ASSETS_FOLDER

pytestmark = pytest.mark.browser

DRAWN_LATER = """
    const place = document.createElement("div");
    place.className = "st-key-form";
    place.innerHTML = "<input id=first>";
    document.body.append(place);
"""


@pytest.fixture
def page(guarded: BrowserContext) -> Page:
    """A page with one field, where the focus is to go to a form that is not drawn yet."""
    opened = guarded.new_page()
    opened.set_content("<input id=other>")
    opened.evaluate(
        """(source) => {
            const script = document.createElement("script");
            Object.assign(script.dataset, { key: "form", occasion: "opened", isField: "" });
            script.textContent = source;
            document.body.append(script);
        }""",
        (ASSETS_FOLDER / "focus.js").read_text(encoding="utf-8"),
    )
    return opened


def test_the_first_field_of_a_form_has_the_focus_once_it_is_drawn(page: Page) -> None:
    page.evaluate(DRAWN_LATER)
    expect(page.locator("#first")).to_be_focused()


def test_a_field_chosen_without_a_key_meanwhile_keeps_the_focus_and_what_is_typed(page: Page) -> None:
    page.evaluate("document.querySelector('#other').focus()")
    page.evaluate(DRAWN_LATER)
    page.wait_for_timeout(200)
    page.keyboard.insert_text("Birinchi nom")
    expect(page.locator("#other")).to_have_value("Birinchi nom")
