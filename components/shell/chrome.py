"""Parts that every page shares: logo, person, language, demo badge and footer."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from pathlib import Path

import streamlit as st

from components.charts.palette import ACCENT
from components.shell.address import Param, choices, choose, link_to, list_address
from components.shell.areas import NATION_CODE
from components.shell.filters import Filters, current_filters
from components.shell.request_context import RequestContext, current_context, current_page
from data.directory import CREDIT_LINE
from data.effectiveness.method_version import METHOD_EDITION
from data.language import Language, Translator
from data.policy import ROLE_LABELS, Action, ScopeKind, may

_ASSETS = Path(__file__).parents[1] / "assets"
LOGO, LOGO_ICON = _ASSETS / "logo.svg", _ASSETS / "logo-icon.svg"
PRODUCT_NAME = "Hamkor"
DISTRICT_PAGE, EVENT_PAGE, DESK_PAGE = "pages/district.py", "pages/event.py", "pages/desk.py"
OVERVIEW_ADDRESS, DISTRICT_ADDRESS = "/overview", "/district"
EVALUATIONS_ADDRESS, MEETING_ADDRESS = "/evaluations", "/meeting"
MEMORANDA_ADDRESS, MEMORANDUM_ADDRESS = "/memoranda", "/memorandum"
PLAN_ADDRESS, EVENT_ADDRESS, PLAN_ITEM_ADDRESS = "/plan", "/event", "/plan-item"
NGO_ADDRESS, MAHALLA_ADDRESS, REGISTERS_ADDRESS = "/ngo", "/mahalla", "/registers"
DESK_ADDRESS, MY_ORGANISATION_ADDRESS, METHOD_ADDRESS = "/desk", "/my-organisation", "/method"
ACCOUNTS_ADDRESS, AUDIT_ADDRESS = "/accounts", "/audit"
MY_ACCOUNT_ADDRESS, NOTICES_ADDRESS = "/my-account", "/notices"
LANGUAGE_KEY = "language_switch"
_ESCAPED = re.compile(r"\\(.)")
SIGN_IN_PATH, SIGN_OUT_PATH, OPEN_PATH = "/sign-in", "/sign-out", "/open"


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


def pick_language(translate: Translator, *, on_choose: Callable[[Language], None], key: str = LANGUAGE_KEY) -> None:
    """Draw the language selector; nothing else changes with it. ``on_choose`` gets the chosen language."""
    st.session_state[key] = translate.language.value

    def take() -> None:
        code = str(st.session_state[key])
        choose(Param.LANGUAGE, code)
        on_choose(Language(code))

    st.selectbox(
        translate("Language"),
        [language.value for language in Language],
        format_func=lambda code: Language(code).own_name,
        key=key,
        on_change=take,
        icon=":material/language:",
        label_visibility="collapsed",
    )


def render_person(context: RequestContext, home: str) -> None:
    """Draw who is signed in and for which area; a visitor gets links to the public page and to sign-in."""
    translate = context.translate
    if not context.actor.is_signed_in:
        _render_link(OPEN_PATH, translate("About, NGOs and open data"))
        _render_link(SIGN_IN_PATH, translate("Sign in"))
        return
    role = translate(ROLE_LABELS[context.actor.role])
    st.caption(f":material/person: **{escape_markdown(context.actor.login)}**  \n{role}  \n{home}")
    _render_link(MY_ACCOUNT_ADDRESS, translate("My account"))
    _render_link(NOTICES_ADDRESS, translate("Notices"))
    _render_link(SIGN_OUT_PATH, translate("Sign out"))


def escape_markdown(text: str) -> str:
    """Return a text with Markdown's special characters escaped."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()<>#+-.!|~:$" else sign for sign in text)


def render_sidebar(filters: Filters, *, on_language: Callable[[Language], None]) -> None:
    """Draw the person and the language below the menu; ``on_language`` gets a language that was chosen."""
    context = current_context()
    with st.sidebar:
        st.space("small")
        pick_language(context.translate, on_choose=on_language)
        has_area = context.actor.home_scope.kind is not ScopeKind.NGO
        render_person(context, filters.directory.of_scope(context.actor.home_scope).name if has_area else "")


def render_breadcrumb(title: str, context: RequestContext, *, record_district: str = "") -> None:
    """Draw the areas above what is shown, each as a link where the reader may choose it, and what is shown as the last.

    ``record_district`` is the SOATO of a record's district; its page is about the record that ``title`` names. The
    country stands alone: without the line, all below it would move, and a map be loaded anew, at each way there and
    back.
    """
    filters, directory = current_filters(), current_filters().directory
    area = directory[record_district or filters.area.code]
    above = [directory[NATION_CODE], *([directory[area.region_soato]] if area.region_soato in directory else [])]
    trail = [*(each for each in above if each.code != area.code), area]
    choosable = set(directory.choosable(context.actor)) if may(context.actor, Action.SEE_INDICATORS) else set()
    items = []
    for each in trail:
        is_last = each is area and not record_district
        if is_last or each.code not in choosable:
            items.append(f"<li{' aria-current=page' if is_last else ''}>{escape(each.name)}</li>")
            continue
        path = f"/{current_page()}"
        if record_district or path == DISTRICT_ADDRESS:
            path = DISTRICT_ADDRESS if each is area else OVERVIEW_ADDRESS
        items.append(
            f'<li><a href="{escape(link_to(path, area=each.code))}" target="_self">{escape(each.name)}</a></li>'
        )
    if record_district:
        plain = _ESCAPED.sub(r"\1", title)
        items.append(f'<li aria-current="page">{escape(plain)}</li>')
    name = escape(context.translate("You are here"))
    st.html(f'<nav aria-label="{name}"><ol class="hamkor-crumbs">{"".join(items)}</ol></nav>')


def render_title(title: str, context: RequestContext, *, record_district: str = "", has_area: bool = True) -> None:
    """Draw where the reader is and the title of the page, with the demo badge where demo data are loaded.

    ``record_district`` as for :func:`render_breadcrumb`; without ``has_area`` the page is about no area.
    """
    if has_area:
        render_breadcrumb(title, context, record_district=record_district)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title(title, anchor=False, width="content")
        if context.demo_date:
            translate = context.translate
            help_text = translate("All figures and names of organisations are invented for showing.")
            st.badge(translate("Demo data"), icon=":material/science:", color="gray", help=help_text)


def render_footer(translate: Translator) -> None:
    """Draw the credit of the map data and the version of the method."""
    st.space("small")
    st.caption(translate(CREDIT_LINE) + "  \n" + translate("Method version {version}", version=METHOD_EDITION))


def render_sign_in_prompt(translate: Translator) -> None:
    """Draw the sign-in link for someone without a valid session."""
    st.title(translate("You are not signed in"))
    st.write(translate("Your session has ended or you have not signed in yet. Nothing was lost."))
    _render_link(SIGN_IN_PATH, translate("Sign in"))
