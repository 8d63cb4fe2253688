"""Parts that every page shares: logo, person, language, demo badge and footer."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from components.charts.palette import ACCENT
from components.shell.address import Param, choices, choose, list_address
from components.shell.filters import Filters
from components.shell.request_context import RequestContext, current_context
from data.directory import CREDIT_LINE
from data.effectiveness.method_version import METHOD_EDITION
from data.language import Language, Translator
from data.policy import ROLE_LABELS, ScopeKind

_ASSETS = Path(__file__).parents[1] / "assets"
LOGO, LOGO_ICON = _ASSETS / "logo.svg", _ASSETS / "logo-icon.svg"
PRODUCT_NAME = "Hamkor"
DISTRICT_PAGE, EVENT_PAGE = "pages/district.py", "pages/event.py"
OVERVIEW_ADDRESS = "/overview"
DISTRICT_ADDRESS, EVALUATIONS_ADDRESS, MEETING_ADDRESS = "/district", "/evaluations", "/meeting"
MEMORANDA_ADDRESS, MEMORANDUM_ADDRESS = "/memoranda", "/memorandum"
PLAN_ADDRESS, EVENT_ADDRESS, PLAN_ITEM_ADDRESS = "/plan", "/event", "/plan-item"
NGO_ADDRESS, MAHALLA_ADDRESS, REGISTERS_ADDRESS = "/ngo", "/mahalla", "/registers"
REQUESTS_ADDRESS = "/requests"
LANGUAGE_KEY = "language_switch"
SIGN_IN_PATH, SIGN_OUT_PATH = "/sign-in", "/sign-out"


def _render_link(path: str, text: str) -> None:
    """Draw a link that leaves the app in the same tab; Streamlit's own links open another tab.

    A language that the reader has chosen is added to the link. A default one is not: it would be taken for a choice and
    override the account's.
    """
    language = choices().get(Param.LANGUAGE, "")
    href = f"{path}?lang={language}" if language else path
    # Not in Markdown: for a tag in it the browser would load and run a parser of 190 kB.
    st.html(f'<a href="{href}" target="_self" style="color: {ACCENT}">{escape(text)}</a>')


def render_back_link(path: str, text: str) -> None:
    """Draw the link from the page of a record to the list that it is in, with the reader's choices."""
    address = escape(list_address(path))
    style = "font: 1.15rem 'Material Symbols Rounded'; vertical-align: text-bottom"
    arrow = f'<i aria-hidden="true" translate="no" style="{style}">arrow_back</i>'
    st.html(f'<a href="{address}" target="_self" style="color: {ACCENT}">{arrow} {escape(text)}</a>')


def render_logo() -> None:
    """Draw the logo above the menu and, where the menu is folded, in the header."""
    st.logo(str(LOGO), size="large", icon_image=str(LOGO_ICON))


def _take_language() -> None:
    choose(Param.LANGUAGE, str(st.session_state[LANGUAGE_KEY]))


def pick_language(translate: Translator) -> None:
    """Draw the language selector; nothing else changes with it."""
    st.session_state[LANGUAGE_KEY] = translate.language.value
    st.selectbox(
        translate("Language"),
        [language.value for language in Language],
        format_func=lambda code: Language(code).own_name,
        key=LANGUAGE_KEY,
        on_change=_take_language,
        icon=":material/language:",
        label_visibility="collapsed",
    )


def render_person(context: RequestContext, home: str) -> None:
    """Draw who is signed in and for which area; a visitor gets a sign-in link."""
    translate = context.translate
    if not context.actor.is_signed_in:
        _render_link(SIGN_IN_PATH, translate("Sign in"))
        return
    role = translate(ROLE_LABELS[context.actor.role])
    st.caption(f":material/person: **{escape_markdown(context.actor.login)}**  \n{role}  \n{home}")
    _render_link(SIGN_OUT_PATH, translate("Sign out"))


def escape_markdown(text: str) -> str:
    """Return a text with Markdown's special characters escaped."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()<>#+-.!|~:$" else sign for sign in text)


def render_sidebar(filters: Filters) -> None:
    """Draw the person and the language below the menu."""
    context = current_context()
    with st.sidebar:
        st.space("small")
        pick_language(context.translate)
        has_area = context.actor.home_scope.kind is not ScopeKind.NGO
        render_person(context, filters.directory.of_scope(context.actor.home_scope).name if has_area else "")


def render_title(title: str, context: RequestContext) -> None:
    """Draw the title of a page, with the demo badge where demo data are loaded."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title(title, anchor=False, width="content")
        if context.demo_date:
            translate = context.translate
            help_text = translate("All figures and names of organisations are invented for showing.")
            st.badge(translate("Demo data"), icon=":material/science:", color="orange", help=help_text)


def render_footer(translate: Translator) -> None:
    """Draw the credit of the map data and the version of the method."""
    st.space("small")
    st.caption(translate(CREDIT_LINE) + "  \n" + translate("Method version {version}", version=METHOD_EDITION))


def render_sign_in_prompt(translate: Translator) -> None:
    """Draw the sign-in link for someone without a valid session."""
    st.title(translate("You are not signed in"))
    st.write(translate("Your session has ended or you have not signed in yet. Nothing was lost."))
    _render_link(SIGN_IN_PATH, translate("Sign in"))
