"""What widgets show, and widgets whose choice stands in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.shell.address import Param, choices, choose, valid_choice
from components.shell.request_context import current_context

T = TypeVar("T")


def set_widget(key: str, value: object) -> None:
    """Set what a widget shows, only where it shows another value.

    A set value takes the place of what is being typed into the field while the page is redrawn for another one.
    """
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def default_of(key: str, value: T, *, empty: T) -> T:
    """Return the default to draw a field with that shows ``value``; ``empty`` where its value was set instead.

    A value that is set is sent as an order to show it, which takes the place of what is typed while the page is still
    being drawn. A field that is drawn for the first time needs no order: it begins with its default. So does one that
    shows the value already, should the browser not have it yet.
    """
    if key in st.session_state and st.session_state[key] != value:
        st.session_state[key] = value
        return empty
    return value


def _take(param: Param, key: str) -> None:
    """Put what a widget shows into the address; a list begins at its first page again."""
    choose(param, str(st.session_state[key]))
    choose(Param.PAGE, "")


def pick_pill(param: Param, label: str, options: Mapping[str, str], *, key: str, default: str) -> str:
    """Draw codes as pills with their texts and return the chosen one, which stands in the address."""
    chosen = valid_choice(param, options.__contains__, default=default)
    set_widget(key, chosen)
    st.pills(
        label,
        list(options),
        required=True,
        format_func=options.__getitem__,
        key=key,
        on_change=_take,
        args=(param, key),
        label_visibility="collapsed",
    )
    return chosen


def pick_filter(
    param: Param, label: str, options: Mapping[str, str], *, default: str, width: int, is_long: bool = False
) -> str:
    """Draw a select of codes that narrows a list and return the chosen one, which stands in the address.

    The language is part of the key, so that the choice survives a change of it; typing filters a long list.
    """
    chosen = valid_choice(param, options.__contains__, default=default)
    key = f"{param}:{current_context().language}"
    set_widget(key, chosen)
    st.selectbox(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        on_change=_take,
        args=(param, key),
        width=width,
        filter_mode="contains" if is_long else None,
    )
    return chosen


def pick_tab(options: Mapping[str, str], *, chosen: str, key: str, on_choose: Callable[[str], None]) -> DeltaGenerator:
    """Draw a tab for each code and return the container of the chosen one; ``on_choose`` gets the code of another."""
    codes = {label: code for code, label in options.items()}
    set_widget(key, options[chosen])
    tabs = st.tabs(list(options.values()), key=key, on_change=lambda: on_choose(codes[str(st.session_state[key])]))
    return tabs[list(options).index(chosen)]


def pick_search(label: str, *, key: str) -> str:
    """Draw the search of a list and return what was typed, which stands in the address."""
    set_widget(key, choices().get(Param.SEARCH, ""))
    st.text_input(label, key=key, icon=":material/search:", on_change=_take, args=(Param.SEARCH, key))
    return choices().get(Param.SEARCH, "").strip()
