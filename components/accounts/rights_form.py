"""Form of an account: its login, role and place, each with what is wrong beside it and beside the button."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from uuid import uuid4

import streamlit as st

from components.registers.form import FORM_WIDTH, render_form_style
from components.shell.areas import AreaDirectory
from components.shell.confirmation import focus_field, render_confirmation
from components.shell.formatter import Formatter
from components.shell.widgets import default_of
from data.accounts.accounts import MAXIMUM_LOGIN_LENGTH, NewAccount, login_key
from data.language import N_, Language, Message
from data.policy import ACCOUNT_ROLES, PLACE_COLUMNS, ROLE_LABELS, Role, ScopeKind

MOST_SHOWN = 12
LOGIN, ROLE, PLACE = "login", "role", "place"
NO_LOGIN = N_("A login has 1 to {maximum} characters and no spaces.")
NO_ROLE = N_("Choose the role.")
NO_PLACE = N_("Choose the area or the NGO.")
LABELS: Mapping[str, str] = {
    "region_soato": N_("Region"),
    "district_soato": N_("District"),
    "ngo_id": N_("NGO, by name or STIR"),
}
_KINDS = {"region_soato": ScopeKind.REGION, "district_soato": ScopeKind.DISTRICT}
FindNgos = Callable[[str], Mapping[str, str]]


@dataclass(kw_only=True)
class RightsForm:
    """An open form. ``places`` are codes by column, of the NGO its id; ``ngos`` names by id.

    ``found`` is what a typed name may mean, with the name; ``attempts`` counts how often saving was tried.
    """

    account_id: int = 0
    version: int = 0
    login: str = ""
    role: str = ""
    places: dict[str, str] = field(default_factory=dict)
    ngos: dict[str, str] = field(default_factory=dict)
    form_id: str = field(default_factory=lambda: uuid4().hex)
    found: tuple[str, Mapping[str, str]] | None = None
    faults: dict[str, Message] = field(default_factory=dict)
    error: Message | None = None
    attempts: int = 0

    @property
    def name(self) -> str:
        """Name of the form in the session and in the keys of its widgets."""
        return rights_form_name(self.account_id)

    @property
    def place_column(self) -> str:
        """Column of the place that the chosen role acts in, "" for none."""
        return PLACE_COLUMNS.get(Role(self.role), "") if self.role else ""

    def key(self, code: str, language: Language) -> str:
        """Return the key of a field's widget; a place has one for each kind of place."""
        kind = self.place_column if code == PLACE else ""
        return f"{self.name}:{self.form_id}:{code}{kind}:{language}"

    def wanted(self, language: Language) -> NewAccount | None:
        """Return the account that the form asks for, or note what is missing and return None."""
        self.attempts += 1
        self.faults, self.error = {}, None
        if not login_key(self.login):
            self.faults[LOGIN] = Message(NO_LOGIN, {"maximum": MAXIMUM_LOGIN_LENGTH})
        if not self.role:
            self.faults[ROLE] = Message(NO_ROLE)
        column = self.place_column
        code = self.places.get(column, "")
        if column and not code:
            self.faults[PLACE] = Message(NO_PLACE)
        if self.faults:
            return None
        return NewAccount(
            login=self.login,
            role=Role(self.role),
            region_soato=code if column == "region_soato" else None,
            district_soato=code if column == "district_soato" else None,
            ngo_id=int(code) if column == "ngo_id" else None,
            language=language,
        )


def rights_form_name(account_id: int) -> str:
    """Return the name of the form of an account, 0 for a new one."""
    return f"form-account-{account_id}"


def render_rights_form(
    form: RightsForm,
    directory: AreaDirectory,
    fmt: Formatter,
    *,
    find_ngos: FindNgos,
    on_save: Callable[[RightsForm], None],
    on_leave: Callable[[RightsForm], None],
    title: str,
    submit: str,
) -> None:
    """Draw the form; an existing account's login is not asked. ``find_ngos`` returns names by id for a typed text."""
    translate = fmt.translate
    render_form_style(fmt)
    with st.container(key=form.name, width=FORM_WIDTH, border=True):
        st.markdown(f"**{title}**")
        first = ROLE if form.account_id else LOGIN
        focus_field(form.key(first, translate.language), occasion=f"{form.form_id}:open")
        if not form.account_id:
            _render_login(form, fmt)
        _render_role(form, fmt)
        if form.place_column:
            _render_place(form, directory, fmt, find_ngos=find_ngos)
        _render_faults(form, fmt)
        with st.container(horizontal=True):
            st.button(
                submit,
                key=f"save:{form.name}:{form.form_id}",
                type="primary",
                icon=":material/check:",
                on_click=on_save,
                args=(form,),
            )
            st.button(
                translate("Leave the form"),
                key=f"drop:{form.name}:{form.form_id}",
                type="tertiary",
                on_click=on_leave,
                args=(form,),
            )


def _render_login(form: RightsForm, fmt: Formatter) -> None:
    key = form.key(LOGIN, fmt.translate.language)

    def take() -> None:
        form.login = str(st.session_state[key] or "")
        form.faults.pop(LOGIN, None)

    st.text_input(
        f"{fmt.translate('Login')} *",
        value=default_of(key, form.login, empty=""),
        key=key,
        max_chars=MAXIMUM_LOGIN_LENGTH,
        help=fmt.translate("With it the person signs in. It cannot be changed later."),
        on_change=take,
        autocomplete="off",
    )
    _render_fault(form, LOGIN, fmt)


def _render_role(form: RightsForm, fmt: Formatter) -> None:
    translate, key = fmt.translate, form.key(ROLE, fmt.translate.language)
    codes = [role.value for role in ACCOUNT_ROLES]

    def take() -> None:
        form.role, form.found = str(st.session_state[key] or ""), None
        form.faults.pop(ROLE, None)
        form.faults.pop(PLACE, None)

    chosen = default_of(key, form.role or None, empty=None)
    st.selectbox(
        f"{translate('Role')} *",
        codes,
        index=None if chosen is None else codes.index(chosen),
        format_func=lambda code: translate(ROLE_LABELS[Role(code)]),
        key=key,
        placeholder=translate("Not chosen"),
        filter_mode=None,
        on_change=take,
    )
    _render_fault(form, ROLE, fmt)


def _render_place(form: RightsForm, directory: AreaDirectory, fmt: Formatter, *, find_ngos: FindNgos) -> None:
    """Draw the choice of the place; a part of its name is found in any script."""
    column, key = form.place_column, form.key(PLACE, fmt.translate.language)
    options: Mapping[str, str] = form.ngos
    if column in _KINDS:
        options = {code: area.name for code, area in directory.areas.items() if area.scope.kind is _KINDS[column]}
    codes, code = list(options), form.places.get(column, "")

    def take() -> None:
        typed = str(st.session_state[key] or "")
        form.faults.pop(PLACE, None)
        form.found = None
        if typed in options or not typed:
            form.places[column] = typed
            return
        is_area = column in _KINDS
        found = {each: options[each] for each in directory.find(typed, codes)} if is_area else find_ngos(typed)
        form.places[column] = ""
        if len(found) == 1:
            _choose(form, next(iter(found)), found)
        else:
            form.found = (typed, found)

    chosen = default_of(key, code or None, empty=None)
    st.selectbox(
        f"{fmt.translate(LABELS[column])} *",
        codes,
        index=None if chosen is None else codes.index(chosen),
        format_func=lambda code: options.get(code, str(code)),
        key=key,
        placeholder=fmt.translate("Type a part of the name"),
        accept_new_options=True,
        on_change=take,
    )
    _render_found(form, fmt)
    _render_fault(form, PLACE, fmt)


def _render_found(form: RightsForm, fmt: Formatter) -> None:
    """Draw what a typed name may mean, each as a button."""
    if form.found is None:
        return
    typed, found = form.found
    with st.container(key=f"{form.name}:found", gap="xsmall"):
        text = fmt.translate("Found for “{name}”: {number}. Choose one.", name=typed, number=len(found))
        if not found:
            text = fmt.translate("Nothing is called {name}. Type a part of the name.", name=typed)
        st.html(f'<span role="status">{escape(text)}</span>')
        with st.container(horizontal=True, gap="xsmall"):
            for code, name in list(found.items())[:MOST_SHOWN]:
                st.button(name, key=f"{form.name}:found:{code}", on_click=_choose, args=(form, code, found))


def _choose(form: RightsForm, code: str, found: Mapping[str, str]) -> None:
    form.places[form.place_column], form.found = code, None
    if form.place_column not in _KINDS:
        form.ngos = {code: found[code]}


def _render_fault(form: RightsForm, code: str, fmt: Formatter) -> None:
    if code in form.faults:
        st.error(fmt.translate.render(form.faults[code]), icon=":material/block:")


def _render_faults(form: RightsForm, fmt: Formatter) -> None:
    """Draw beside the button what keeps the form from being saved, and move the focus to the first field at fault."""
    translate = fmt.translate
    with st.container(key=f"{form.name}:faults"):
        if not form.faults and form.error is None:
            return
        labels = {LOGIN: N_("Login"), ROLE: N_("Role"), PLACE: LABELS.get(form.place_column, "")}
        text = translate.render(form.error) if form.error is not None else translate("Not saved yet.")
        details = [translate(labels[code]) for code in form.faults]
        occasion = f"{form.form_id}:{form.attempts}"
        render_confirmation(text, key=f"{form.name}-fault", kind="error", details=details, occasion=occasion)
        for code in form.faults:
            focus_field(form.key(code, translate.language), occasion=occasion)
            return
