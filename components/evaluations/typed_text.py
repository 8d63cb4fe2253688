"""Text being typed, kept in the reader's tab until the server has it, and what is said of it below its field.

The script is served as a file (``components/assets/typed-text.js``): the content security policy allows none in a page.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from html import escape

import streamlit as st

from components.charts.palette import ATTENTION, MUTED_TEXT
from components.evaluations.form_state import OpenForm, typed_fields
from components.shell.static_files import asset_url, json_attribute
from data.evaluations import Item
from data.language import N_, Translator

SCRIPT = "typed-text.js"
# The element of the script takes no room, nor does that of notices that are all hidden.
_STYLE = f"""<style>
[data-testid=stElementContainer]:has(script[data-owner]),
[data-testid=stElementContainer]:has([data-typed]):not(:has([data-typed]:not([hidden]))) {{ display: none; }}
[data-typed] {{ margin: 0; font-size: .875rem; color: {MUTED_TEXT}; }}
[data-typed][data-notice=other], [data-typed][data-notice=unable] {{ color: {ATTENTION}; }}
[data-typed] q {{ display: block; quotes: none; white-space: pre-wrap; overflow-wrap: anywhere; user-select: all; }}
</style>"""
NOTICES: Mapping[str, str] = {
    "kept": N_("Not saved yet. This tab keeps the text until it is saved; signing out deletes it."),
    "restored": N_("This text had not been saved before. It was kept in this tab and is saved now."),
    "other": N_("What you typed here was not saved, and another text was saved meanwhile. Yours, to be copied:"),
    "unable": N_("Not saved yet, and your browser keeps nothing: the text is lost if you leave before it is saved."),
}


def render_typed_notices(item: Item, translate: Translator) -> None:
    """Draw, hidden, what may be said below the field of an item."""
    notices = "".join(
        f'<p data-typed="{item}" data-notice="{code}" role="status" hidden>{escape(translate(text))}'
        f"{'<q></q>' if code == 'other' else ''}</p>"
        for code, text in NOTICES.items()
    )
    st.html(_STYLE + notices)


def keep_typed_text(owner: str, form: OpenForm) -> None:
    """Keep what is typed into a form from now on, and put back what was kept; ``owner`` is the login of the account."""
    fields = {
        item.value: {"key": form.key(item), "text": text, "isSaved": is_saved}
        for item, (text, is_saved) in typed_fields(form).items()
    }
    _run_script(owner, f'data-form="{escape(form.submission_id)}" data-fields="{json_attribute(fields)}"')


def drop_typed_text(owner: str, open_forms: Collection[str]) -> None:
    """Delete what is kept of other accounts, and of other forms than the open ones (submission ids of its drafts)."""
    _run_script(owner, f'data-open="{json_attribute(sorted(open_forms))}"')


def _run_script(owner: str, attributes: str) -> None:
    named = f'data-owner="{escape(owner)}" {attributes}'
    st.html(
        f'{_STYLE}<script src="{escape(asset_url(SCRIPT))}" {named}></script>',
        unsafe_allow_javascript=True,
    )
