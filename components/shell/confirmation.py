"""Confirmation where the eye is: the result of an action beside it, and the focus on it or on the field at fault.

Streamlit cannot move the focus, so a script of ours does (``components/assets/focus.js``). It is served as a file: the
content security policy allows no script in the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Literal
from uuid import uuid4

import streamlit as st

from components.shell.chrome import escape_markdown
from components.shell.static_files import asset_url

Kind = Literal["success", "error"]


def render_confirmation(
    text: str, *, key: str, kind: Kind = "success", details: Sequence[str] = (), occasion: object = None
) -> None:
    """Draw the result of an action as a box, ``details`` as a list in it, and move focus and view to it once.

    Texts are shown as they are, never as markup. ``key`` is unique on the page. ``occasion`` is for a box that stays
    over several runs: anything that is another one at each action, such as its time; the focus moves once for each.
    Without it every call moves the focus.
    """
    body = "\n".join([escape_markdown(text), *(f"\n- {escape_markdown(detail)}" for detail in details)])
    with st.container(key=key, gap=None):
        if kind == "error":
            st.error(body, icon=":material/block:")
        else:
            st.success(body, icon=":material/check:")
        _run_script(key, occasion)


def focus_field(key: str, *, occasion: object = None) -> None:
    """Move focus and view to the input of the widget with a key; ``occasion`` as for :func:`render_confirmation`."""
    _run_script(key, occasion, is_field=True)


def _run_script(key: str, occasion: object, *, is_field: bool = False) -> None:
    once = uuid4().hex if occasion is None else f"{key} {occasion}"
    named = f'data-key="{escape(key)}" data-occasion="{escape(once)}"' + (" data-is-field" if is_field else "")
    st.html(
        f'<script src="{escape(asset_url("focus.js"))}" {named}></script>',
        unsafe_allow_javascript=True,
    )
