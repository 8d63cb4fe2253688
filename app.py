"""Streamlit script of the app: finds the signed-in person, language and permitted pages, and draws the shared parts.

A plain Streamlit script; ``server.py`` serves it. It runs from the top at every click, so a session that was revoked
or a role that was taken away counts at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from components.shell.address import (
    SCREEN_PARAMS,
    Param,
    choices,
    query_params,
    read_address,
    valid_choice,
    write_address,
)
from components.shell.cache import show_domain_errors
from components.shell.chrome import (
    LOGO_ICON,
    PRODUCT_NAME,
    render_footer,
    render_logo,
    render_sidebar,
    render_sign_in_prompt,
)
from components.shell.filters import settle_filters
from components.shell.request_context import RequestContext, open_context, open_screen
from data.language import N_, Language, Translator
from data.policy import Action, permitted_actions
from pages.loaders.areas import load_area_directory
from pages.loaders.identity import find_context, preferred_language
from pages.writes.accounts import store_chosen_language


@dataclass(frozen=True)
class AppPage:
    """A page and what one must be permitted to open it; the page of a record is not listed in the menu."""

    file: str
    title: str
    icon: str
    url_path: str
    action: Action
    is_listed: bool = True


# The page at "/" must reserve another path, or its own address could not be given to it as well.
ROOT_PATH = "home"
# Addresses of before, and the pages that answer there now.
MOVED = {"requests": "pages/desk.py"}
SECTIONS: dict[str, tuple[AppPage, ...]] = {
    N_("Cooperation"): (
        AppPage("pages/my_evaluations.py", N_("My evaluations"), "edit_note", "my-evaluations", Action.EVALUATE_EVENT),
        AppPage(
            "pages/my_organisation.py",
            N_("My organisation"),
            "groups",
            "my-organisation",
            Action.READ_OWN_EVALUATIONS,
        ),
        AppPage("pages/overview.py", N_("Overview"), "dashboard", "overview", Action.SEE_INDICATORS),
        AppPage("pages/district.py", N_("District"), "location_on", "district", Action.SEE_INDICATORS),
        AppPage("pages/memoranda.py", N_("Memoranda"), "handshake", "memoranda", Action.SEE_RECORDS),
        AppPage(
            "pages/memorandum.py", N_("Memorandum"), "handshake", "memorandum", Action.SEE_RECORDS, is_listed=False
        ),
        AppPage(
            "pages/new_memorandum.py",
            N_("New memorandum"),
            "handshake",
            "new_memorandum",
            Action.EDIT_RECORDS,
            is_listed=False,
        ),
        AppPage("pages/plan.py", N_("Plan and events"), "event_note", "plan", Action.SEE_RECORDS),
        AppPage("pages/event.py", N_("Joint event"), "event", "event", Action.SEE_RECORDS, is_listed=False),
        AppPage("pages/plan_item.py", N_("Plan item"), "event_note", "plan-item", Action.SEE_RECORDS, is_listed=False),
        AppPage("pages/ngo.py", N_("NGO"), "groups", "ngo", Action.SEE_RECORDS, is_listed=False),
        AppPage("pages/mahalla.py", N_("Mahalla"), "location_home", "mahalla", Action.SEE_RECORDS, is_listed=False),
        AppPage("pages/desk.py", N_("Cooperation desk"), "contact_support", "desk", Action.SEE_RECORDS),
        AppPage("pages/registers.py", N_("Registers"), "inventory_2", "registers", Action.SEE_RECORDS),
        AppPage("pages/evaluations.py", N_("Evaluations"), "rate_review", "evaluations", Action.SEE_EVALUATIONS),
        AppPage("pages/effectiveness.py", N_("Effectiveness"), "insights", "effectiveness", Action.SEE_INDICATORS),
        AppPage("pages/meeting.py", N_("Meeting"), "groups", "meeting", Action.SEE_MEETINGS),
    ),
    N_("Administration"): (
        AppPage("pages/upload.py", N_("Upload"), "upload_file", "upload", Action.IMPORT_WORKBOOK),
        AppPage("pages/accounts.py", N_("Accounts"), "manage_accounts", "accounts", Action.MANAGE_ACCOUNTS),
        AppPage("pages/audit.py", N_("Audit log"), "history", "audit", Action.SEE_AUDIT),
        AppPage(
            "pages/my_account.py",
            N_("My account"),
            "account_circle",
            "my-account",
            Action.MANAGE_OWN_ACCOUNT,
            is_listed=False,
        ),
        AppPage(
            "pages/notices.py",
            N_("Notices"),
            "notifications",
            "notices",
            Action.CHOOSE_NOTICES,
            is_listed=False,
        ),
    ),
    N_("Reference"): (AppPage("pages/method.py", N_("Method"), "menu_book", "method", Action.SEE_METHOD),),
}


def _first_screen(permitted: frozenset[Action]) -> AppPage:
    """Return the page at "/": the first one that the role may open, else the first, which shows the sign-in link."""
    screens = [screen for screens in SECTIONS.values() for screen in screens]
    return next((screen for screen in screens if screen.is_listed and screen.action in permitted), screens[0])


def _menu(permitted: frozenset[Action], translate: Translator) -> dict[str, list[st.Page]]:
    """All pages by section; a page that the role may not open is hidden and shows a refusal when opened by its URL."""
    first = _first_screen(permitted)

    sections = {
        translate(section): [
            st.Page(
                screen.file,
                title=translate(screen.title),
                icon=f":material/{screen.icon}:",
                url_path=ROOT_PATH if screen is first else screen.url_path,
                default=screen is first,
                visibility="visible" if screen.is_listed and screen.action in permitted else "hidden",
            )
            for screen in screens
        ]
        for section, screens in SECTIONS.items()
    }
    titles = {screen.file: translate(screen.title) for screens in SECTIONS.values() for screen in screens}
    # The first page is served at "/" and not at its own URL.
    sections[""] = [
        st.Page(_redirect(file), title=titles[file], url_path=path, visibility="hidden")
        for path, file in {**MOVED, first.url_path: first.file}.items()
    ]
    return sections


def _redirect(file: str) -> Callable[[], None]:
    """Return a page that opens another one with the choices of the reader."""

    def redirect() -> None:
        st.switch_page(file, query_params=query_params())

    return redirect


def _language() -> Translator:
    return Translator(Language(valid_choice(Param.LANGUAGE, set(Language).__contains__, default=preferred_language())))


def _run_page(page: st.Page, context: RequestContext) -> None:
    filters = settle_filters(context, load_area_directory(context.translate))
    st.set_page_config(page_title=f"{page.title} · {filters.area.name} · {PRODUCT_NAME}")
    write_address()
    open_screen(page.url_path, *(choices().get(param, "") for param in SCREEN_PARAMS))
    render_sidebar(filters, on_language=store_chosen_language)
    page.run()
    render_footer(context.translate)


def main() -> None:
    """Run the app once: identity, language, menu, page and footer."""
    # Before st.navigation, which would take the icon of the page from the internet.
    st.set_page_config(page_icon=str(LOGO_ICON), layout="wide")
    read_address()
    translate = _language()
    context = find_context(translate)
    # All pages are listed: what is folded would have Streamlit's English words.
    page = st.navigation(_menu(permitted_actions(context.actor) if context else frozenset(), translate), expanded=True)
    render_logo()
    if context is None:
        st.set_page_config(page_title=PRODUCT_NAME)
        render_sign_in_prompt(translate)
        return
    open_context(context)
    with show_domain_errors(translate):
        _run_page(page, context)


main()
