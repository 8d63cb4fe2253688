"""Form selects that store codes, so that a change of language changes their texts and not the choice.

Streamlit's selects send the texts that they show, which differ by language. So each widget belongs to a language, and
the chosen code is stored beside it, also while the form is not on the page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, cast

import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from components.shell.request_context import current_context

Width = int | Literal["stretch"]


def _keep(name: str, key: str) -> None:
    st.session_state[name] = st.session_state[key]


def _widget_key(name: str) -> str:
    return f"{name}:{current_context().language}"


def clear_choice(name: str) -> None:
    """Reset to the default."""
    st.session_state.pop(name, None)
    st.session_state.pop(_widget_key(name), None)


def chosen_one(name: str, *, default: str) -> str:
    """Return what was chosen last by :func:`pick_one`, also for callbacks."""
    return str(st.session_state.get(name, default))


def pick_one(
    label: str, options: Mapping[str, str], *, name: str, default: str, is_long: bool = False, width: Width = "stretch"
) -> str:
    """Select one of the codes in ``options``; typing filters a long list. A removed code becomes the default."""
    key, kept = _widget_key(name), st.session_state.get(name, default)
    chosen = str(kept) if kept in options else default
    st.session_state[key] = chosen
    st.selectbox(
        label,
        list(options),
        format_func=lambda code: options.get(code, str(code)),
        key=key,
        on_change=_keep,
        args=(name, key),
        filter_mode="contains" if is_long else None,
        width=width,
    )
    return chosen


def chosen_many(name: str) -> list[str]:
    """Return what was chosen last by :func:`pick_many`, also for callbacks."""
    return list(_kept_codes(name, ()))


def pick_many(label: str, options: Mapping[str, str], *, name: str, placeholder: str) -> list[str]:
    """Select some of the codes in ``options``, none at first; removed codes are dropped.

    The write checks how many there may be, as Streamlit's message would be in English.
    """
    key = _widget_key(name)
    chosen = [code for code in _kept_codes(name, ()) if code in options]
    st.session_state[key] = chosen
    st.multiselect(
        label,
        list(options),
        format_func=lambda code: options.get(code, str(code)),
        key=key,
        on_change=_keep,
        args=(name, key),
        placeholder=placeholder,
        select_all=False,
    )
    return chosen


def pick_parts(options: Mapping[str, str], *, name: str) -> list[str]:
    """Draw the codes of ``options`` as checkboxes and return the ticked ones, in order; at first all are."""
    with st.container(gap="xxsmall"):
        return [code for code in options if _pick_part(options[code], key=f"{name}:{code}")]


def _pick_part(label: str, *, key: str) -> bool:
    st.session_state.setdefault(key, True)
    return st.checkbox(label, key=key, persist_state="session")


def persistent_expander(label: str, *, name: str, icon: str) -> ExpanderContainer:
    """Draw an expander that stays open or closed when the language changes; to Streamlit it would be another one."""
    language, noted = current_context().language, f"{name}:was_open"
    last_language, was_open = st.session_state.get(noted, (language, False))
    if last_language != language:
        st.session_state[name] = was_open
    opened = st.expander(label, icon=icon, key=name, on_change="rerun", type="compact")
    st.session_state[noted] = (language, bool(opened.open))
    return opened


def _kept_codes(name: str, default: Sequence[str]) -> Sequence[str]:
    return cast("Sequence[str]", st.session_state.get(name, default))
