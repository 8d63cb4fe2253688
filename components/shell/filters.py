"""Filters: area, period, direction and indicator. They stay when the page changes and are stored in the URL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from typing import Literal, cast
from uuid import UUID

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.shell.address import Param, choose, is_id, valid_choice
from components.shell.areas import Area, AreaDirectory
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext, SessionKey, current_context, screen_state
from components.shell.widgets import pick_tab
from data.codes import Direction, EventForm, Labelled
from data.dates.period import Period, quarter_start, shift_month
from data.effectiveness.index import EQUAL_WEIGHTS, Weights
from data.indicators import INDICATORS, Indicator
from data.indicators.agreement import PLAN_EXECUTION
from data.language import N_, Translator
from data.policy import Actor, Scope, ScopeKind


class PeriodCode(Labelled):
    """Periods to choose from, relative to today; those that have not ended run to the current month."""

    LAST_12_MONTHS = "12m", N_("Last 12 months")
    THIS_YEAR = "year", N_("This year")
    LAST_YEAR = "year-1", N_("Last year")
    YEAR_BEFORE = "year-2", N_("The year before last")
    THIS_QUARTER = "quarter", N_("This quarter")
    LAST_QUARTER = "quarter-1", N_("Last quarter")


class EvaluationsPart(Labelled):
    """Parts of the Evaluations page, of which one is shown at a time."""

    RATINGS = "marks", N_("Ratings")
    PROBLEMS = "problems", N_("Problems met")
    COMMENTS = "comments", N_("What is said")
    COVERAGE = "coverage", N_("What is not evaluated")
    RECOMMENDATIONS = "recommendations", N_("You said – we did")


ALL_DIRECTIONS = "all"
ALL_FORMS = "all"
MONTHS_OF_QUARTER = 3
# Widths of fields in pixels: their longest words stand in them uncut. A phone of 360 pixels has room for 328, which
# period and direction share where no direction is chosen.
AREA_WIDTH, PERIOD_WIDTH, DIRECTION_WIDTH, FORM_WIDTH, INDICATOR_WIDTH = 260, 175, 328, 240, 345
FOUND_AREAS, MOST_FOUND = "found_areas", 12
AREA_KINDS = (ScopeKind.NATION, ScopeKind.REGION, ScopeKind.DISTRICT)


@dataclass(frozen=True)
class Filters:
    """Validated filters of this run."""

    directory: AreaDirectory
    area: Area
    period_code: PeriodCode
    period: Period
    direction: Direction | None
    indicator: Indicator
    form: EventForm | None
    part: EvaluationsPart
    weights: Weights = EQUAL_WEIGHTS
    pack_id: str = ""

    @property
    def scope(self) -> Scope:
        """Scope of the area."""
        return self.area.scope

    @property
    def of_all_directions(self) -> Filters:
        """Return the same filters over all directions, for figures that have none."""
        return replace(self, direction=None)

    @property
    def choices(self) -> tuple[object, ...]:
        """Cache key of the filters for charts."""
        return self.area.code, self.period, self.direction, self.indicator.code


def period_of(code: PeriodCode, today: date) -> Period:
    """Return the whole months of a code on a day; a period that has not ended stops at the current month."""
    start = quarter_start(today)
    if code is PeriodCode.THIS_YEAR:
        return Period.of_months(date(today.year, 1, 1), today.month)
    if code in {PeriodCode.LAST_YEAR, PeriodCode.YEAR_BEFORE}:
        return Period.of_year(today.year - (1 if code is PeriodCode.LAST_YEAR else 2))
    if code is PeriodCode.THIS_QUARTER:
        return Period.of_months(start, today.month - start.month + 1)
    if code is PeriodCode.LAST_QUARTER:
        return Period.of_months(shift_month(start, -MONTHS_OF_QUARTER), MONTHS_OF_QUARTER)
    return Period.last_complete_months(today)


def _home_code(actor: Actor, directory: AreaDirectory) -> str:
    return directory.of_scope(actor.home_scope).code


def settle_filters(context: RequestContext, directory: AreaDirectory) -> Filters:
    """Validate the filters of this run; values of the URL that this person may not choose become the default."""
    allowed = set(directory.choosable(context.actor))
    area = valid_choice(Param.AREA, allowed.__contains__, default=_home_code(context.actor, directory))
    period = PeriodCode(valid_choice(Param.PERIOD, set(PeriodCode).__contains__, default=PeriodCode.LAST_12_MONTHS))
    direction = valid_choice(Param.DIRECTION, set(Direction).__contains__, default=ALL_DIRECTIONS)
    indicator = valid_choice(Param.INDICATOR, INDICATORS.__contains__, default=PLAN_EXECUTION.code)
    form = valid_choice(Param.FORM, set(EventForm).__contains__, default=ALL_FORMS)
    part = valid_choice(Param.PART, _is_part, default=EvaluationsPart.RATINGS)
    weights = valid_choice(Param.WEIGHTS, _are_weights, default=EQUAL_WEIGHTS.text)
    filters = Filters(
        directory=directory,
        area=directory[area],
        period_code=period,
        period=period_of(period, context.today),
        direction=None if direction == ALL_DIRECTIONS else Direction(direction),
        indicator=INDICATORS[indicator],
        form=None if form == ALL_FORMS else EventForm(form),
        part=EvaluationsPart(part) if part in set(EvaluationsPart) else EvaluationsPart.RATINGS,
        weights=Weights.parse(weights),
        pack_id=valid_choice(Param.PACK, _is_pack_id, default=""),
    )
    st.session_state[SessionKey.VIEW] = filters
    return filters


def _is_part(code: str) -> bool:
    """Return whether a code is a part of the Evaluations page or, on the page of a record, the id of a part of it."""
    return code in set(EvaluationsPart) or is_id(code)


def _is_pack_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _are_weights(text: str) -> bool:
    try:
        Weights.parse(text)
    except ValueError:
        return False
    return True


def current_filters() -> Filters:
    """Return the filters that :func:`settle_filters` validated in this run."""
    return cast("Filters", st.session_state[SessionKey.VIEW])


def _take(param: Param, key: str) -> None:
    choose(param, str(st.session_state[key]))


def pick_choice(
    param: Param, label: str, options: Mapping[str, str], *, chosen: str, width: int | Literal["stretch"]
) -> None:
    """Draw a select of codes with translated options; its key has the language, so that the choice survives a change of
    it.

    The lists are short: typing finds nothing faster, and would open the keyboard of a phone.
    """
    key = f"{param}:{current_context().language}"
    st.session_state[key] = chosen
    st.selectbox(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        on_change=_take,
        args=(param, key),
        width=width,
        filter_mode=None,
    )


def _take_area(key: str, directory: AreaDirectory, codes: list[str]) -> None:
    typed = str(st.session_state[key])
    found = [typed] if typed in codes else directory.find(typed, codes)
    if len(found) == 1:
        choose(Param.AREA, found[0])
    else:
        screen_state()[FOUND_AREAS] = (key, typed, found)


def _choose_found(code: str) -> None:
    choose(Param.AREA, code)


def _render_found(key: str, directory: AreaDirectory, translate: Translator) -> None:
    """Draw the areas that a typed name may mean, each as a button, once, below the field with this key."""
    of_field, typed, found = cast("tuple[str, str, list[str]]", screen_state().get(FOUND_AREAS, ("", "", [])))
    if of_field != key:
        return
    del screen_state()[FOUND_AREAS]
    with st.container(key="areas-found", gap="xsmall"):
        if not found:
            text = translate("No area is called {name}. Type a part of its name.", name=typed)
        else:
            text = translate("Areas for “{name}”: {number}. Choose one.", name=typed, number=len(found))
        st.html(f'<span role="status">{escape(text)}</span>')
        with st.container(horizontal=True, gap="xsmall"):
            for code in found[:MOST_FOUND]:
                st.button(directory.name(code), key=f"area-found-{code}", on_click=_choose_found, args=(code,))


def _area_label(area: Area, fmt: Formatter) -> str:
    """Return the name of an area; that of a district that ended with its last day."""
    last_day = area.validity.last_day
    if last_day is None:
        return area.name
    return fmt.translate("{area}, until {date}", area=area.name, date=fmt.date(last_day))


def pick_area(
    filters: Filters,
    *,
    kinds: Sequence[ScopeKind] = AREA_KINDS,
    width: int | Literal["stretch"] = AREA_WIDTH,
) -> None:
    """Select an area of some kinds; a typed part of a name is found in any script and with any apostrophe.

    The browser finds what is in the names shown, this function everything else; of several areas the reader chooses.
    """
    context = current_context()
    codes = [code for code in filters.directory.choosable(context.actor) if filters.directory[code].scope.kind in kinds]
    key = f"area:{'+'.join(kinds)}:{context.language}"
    is_chosen = filters.area.code in codes
    st.session_state[key] = filters.area.code if is_chosen else None
    st.selectbox(
        context.translate("Area"),
        codes,
        index=0 if is_chosen else None,
        format_func=lambda code: _area_label(filters.directory[code], Formatter(context.translate)),
        key=key,
        on_change=_take_area,
        args=(key, filters.directory, codes),
        placeholder=context.translate("Choose a district"),
        accept_new_options=True,
        width=width,
    )
    _render_found(key, filters.directory, context.translate)


def pick_period(filters: Filters) -> None:
    """Select a period of whole months."""
    translate = current_context().translate
    options = {code.value: translate(code.label) for code in PeriodCode}
    pick_choice(Param.PERIOD, translate("Period"), options, chosen=filters.period_code.value, width=PERIOD_WIDTH)


def pick_direction(filters: Filters) -> None:
    """Select one direction of events or all of them."""
    translate = current_context().translate
    options = {ALL_DIRECTIONS: translate("All")}
    options |= {direction.value: translate(direction.label) for direction in Direction}
    pick_choice(
        Param.DIRECTION,
        translate("Direction"),
        options,
        chosen=filters.direction.value if filters.direction else ALL_DIRECTIONS,
        width=DIRECTION_WIDTH if filters.direction else "stretch",
    )


def pick_indicator(filters: Filters) -> None:
    """Select the indicator of the map and the ranking."""
    translate = current_context().translate
    options = {code: translate(indicator.name) for code, indicator in INDICATORS.items()}
    pick_choice(Param.INDICATOR, translate("Indicator"), options, chosen=filters.indicator.code, width=INDICATOR_WIDTH)


def pick_form(filters: Filters) -> None:
    """Select one form of events or all of them."""
    translate = current_context().translate
    options = {ALL_FORMS: translate("All")} | {form.value: translate(form.label) for form in EventForm}
    pick_choice(
        Param.FORM,
        translate("Form of event"),
        options,
        chosen=filters.form.value if filters.form else ALL_FORMS,
        width=FORM_WIDTH if filters.form else "stretch",
    )


def pick_part(filters: Filters) -> DeltaGenerator:
    """Draw a tab for each part of the Evaluations page and return the container of the one that is shown."""
    translate = current_context().translate
    parts = {part.value: translate(part.label) for part in EvaluationsPart}

    def take(code: str) -> None:
        choose(Param.PART, code)

    return pick_tab(parts, chosen=filters.part.value, key=f"{Param.PART}:{translate.language}", on_choose=take)
