"""Choices inside a form: kept as codes, so that a change of language changes their words and nothing else.

A select of Streamlit's sends the words that it shows. In another language these are other words, so its widget belongs
to a language and what is chosen lives beside it, also while the form is not on the page.
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


def forget_choice(name: str) -> None:
    """Begin with the default again."""
    st.session_state.pop(name, None)
    st.session_state.pop(_widget_key(name), None)


def chosen_one(name: str, *, default: str) -> str:
    """What was chosen last by :func:`pick_one`, also for callbacks."""
    return str(st.session_state.get(name, default))


def pick_one(
    label: str, words: Mapping[str, str], *, name: str, default: str, is_long: bool = False, width: Width = "stretch"
) -> str:
    """One of the codes in ``words``; of a long list a part of the words finds it. A code that is gone gives way."""
    key, kept = _widget_key(name), st.session_state.get(name, default)
    chosen = str(kept) if kept in words else default
    st.session_state[key] = chosen
    st.selectbox(
        label,
        list(words),
        format_func=lambda code: words.get(code, str(code)),
        key=key,
        on_change=_keep,
        args=(name, key),
        filter_mode="contains" if is_long else None,
        width=width,
    )
    return chosen


def chosen_many(name: str) -> list[str]:
    """What was chosen last by :func:`pick_many`, also for callbacks."""
    return list(_kept_codes(name, ()))


def pick_many(label: str, words: Mapping[str, str], *, name: str, placeholder: str) -> list[str]:
    """Some of the codes in ``words``, none at first; those that are gone give way.

    How many there may be is for the write to say: Streamlit would say it in English.
    """
    key = _widget_key(name)
    chosen = [code for code in _kept_codes(name, ()) if code in words]
    st.session_state[key] = chosen
    st.multiselect(
        label,
        list(words),
        format_func=lambda code: words.get(code, str(code)),
        key=key,
        on_change=_keep,
        args=(name, key),
        placeholder=placeholder,
        select_all=False,
    )
    return chosen


def pick_parts(words: Mapping[str, str], *, name: str) -> list[str]:
    """The codes in ``words`` that are ticked, in their order; all of them at first."""
    with st.container(gap="xxsmall"):
        return [code for code in words if _pick_part(words[code], key=f"{name}:{code}")]


def _pick_part(label: str, *, key: str) -> bool:
    st.session_state.setdefault(key, True)
    return st.checkbox(label, key=key, persist_state="session")


def pick_fold(label: str, *, name: str, icon: str) -> ExpanderContainer:
    """A fold that stays open or closed in another language, where to Streamlit it would be another fold."""
    language, noted = current_context().language, f"{name}:was_open"
    last_language, was_open = st.session_state.get(noted, (language, False))
    if last_language != language:
        st.session_state[name] = was_open
    opened = st.expander(label, icon=icon, key=name, on_change="rerun", type="compact")
    st.session_state[noted] = (language, bool(opened.open))
    return opened


def _kept_codes(name: str, default: Sequence[str]) -> Sequence[str]:
    return cast("Sequence[str]", st.session_state.get(name, default))
