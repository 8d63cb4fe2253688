"""Fields of the evaluation form: each calls ``on_change`` when its answer changes, and shows the result below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from components.evaluations.form_state import OnChange, OpenForm, errors, last_saved
from components.evaluations.texts import (
    OTHER_PROBLEM_QUESTION,
    PARTICIPANTS_QUESTION,
    PROBLEM_QUESTION,
    REPEAT_QUESTION,
    VISIBILITY_EXPLAINED,
    VISIBILITY_QUESTION,
    Question,
    rating_text,
)
from components.evaluations.typed_text import render_typed_notices
from components.shell.chrome import escape_markdown
from data.codes import Problem, Visibility, WouldRepeat
from data.dates.clock import TASHKENT
from data.evaluations import MOST_PARTICIPANTS, RATINGS, Item, problems_of
from data.language import N_, Translator
from data.texts.personal_data import PersonalData, Piece, personal_data_in

if TYPE_CHECKING:
    from queries.evaluations.drafts import Draft

PIECE_LABELS: Mapping[PersonalData, str] = {
    PersonalData.PASSPORT: N_("Passport number"),
    PersonalData.PINFL: N_("PINFL"),
    PersonalData.PHONE: N_("Phone number"),
}


def personal_data_text(pieces: Sequence[Piece], translate: Translator) -> str:
    """Return, as Markdown, that a text is not saved and which pieces of it have to go, each marked."""
    told = translate("This text is not saved yet: it looks as if it held data on persons. Take out what is marked:")
    lines = [
        f"- {translate(PIECE_LABELS[piece.kind])}: {escape_markdown(piece.before)}"
        f":gray-background[**{escape_markdown(piece.text.strip())}**]{escape_markdown(piece.after)}"
        for piece in pieces
    ]
    return "\n".join([told, "", *lines])


def _render_below(item: Item, translate: Translator, hint: str = "", *, typed: object = "") -> None:
    """Draw below a field: how to answer, that the answer was stored, or why it could not be.

    ``typed`` is what stands in a field for text.
    """
    error, saved = errors().get(item.value), last_saved()
    if error is not None:
        pieces = personal_data_in(str(typed)) if typed else ()
        told = personal_data_text(pieces, translate) if pieces else translate.render(error)
        st.error(told, icon=":material/block:")
    elif saved is not None and saved.item is item:
        time = f"{saved.at.astimezone(TASHKENT):%H:%M}"
        stored = translate("saved {time}", time=time)
        told = f":material/check: {stored}"
        gap = "  \n" if hint.endswith(".") else " · "
        st.caption(f"{hint}{gap}{told}" if hint else told)
    elif hint:
        st.caption(hint)


def pick_rating(question: Question, form: OpenForm, translate: Translator, *, on_change: OnChange) -> None:
    """Draw a rating from 1 to 5 with the meaning of its ends below."""
    st.segmented_control(
        translate(question.text),
        RATINGS,
        format_func=lambda rating: rating_text(rating, translate),
        key=form.key(question.item),
        on_change=on_change,
        args=(form,),
        required=True,
        width="stretch",
        wrap=False,
    )
    ends = translate("1 – {low}, 5 – {high}", low=translate(question.low), high=translate(question.high))
    _render_below(question.item, translate, ends)


def pick_repeat(form: OpenForm, translate: Translator, *, on_change: OnChange) -> None:
    """Draw the question whether the NGO would hold the event again."""
    st.segmented_control(
        translate(REPEAT_QUESTION.text),
        [code.value for code in WouldRepeat],
        format_func=lambda code: translate(WouldRepeat(code).label),
        key=form.key(REPEAT_QUESTION.item),
        on_change=on_change,
        args=(form,),
        required=True,
        width="stretch",
    )
    _render_below(REPEAT_QUESTION.item, translate)


def pick_problems(form: OpenForm, draft: Draft, translate: Translator, *, on_change: OnChange) -> None:
    """Draw the choice of any number of problems, with a text field for another one."""
    st.pills(
        translate(PROBLEM_QUESTION.text),
        [code.value for code in Problem],
        format_func=lambda code: translate(Problem(code).label),
        selection_mode="multi",
        key=form.key(PROBLEM_QUESTION.item),
        on_change=on_change,
        args=(form,),
    )
    _render_below(PROBLEM_QUESTION.item, translate)
    if Problem.OTHER in problems_of(draft.answers):
        pick_text(OTHER_PROBLEM_QUESTION, form, translate, on_change=on_change)


def pick_participants(form: OpenForm, translate: Translator, *, on_change: OnChange) -> None:
    """Draw a field for a number of people, which may stay empty."""
    st.number_input(
        translate(PARTICIPANTS_QUESTION.text),
        value=None,
        min_value=0,
        max_value=MOST_PARTICIPANTS,
        step=1,
        key=form.key(PARTICIPANTS_QUESTION.item),
        on_change=on_change,
        args=(form,),
    )
    _render_below(PARTICIPANTS_QUESTION.item, translate)


def pick_text(question: Question, form: OpenForm, translate: Translator, *, on_change: OnChange) -> None:
    """Draw a field for free text, stored when the field is left."""
    st.text_area(translate(question.text), key=form.key(question.item), on_change=on_change, args=(form,), height=100)
    render_typed_notices(question.item, translate)
    hint = translate(question.hint) if question.hint else ""
    _render_below(question.item, translate, hint, typed=st.session_state.get(form.key(question.item)))


def pick_visibility(form: OpenForm, translate: Translator, *, on_change: OnChange) -> None:
    """Draw the choice of who may see the evaluation, each explained in a sentence; none is preselected."""
    st.radio(
        translate(VISIBILITY_QUESTION.text),
        [code.value for code in Visibility],
        format_func=lambda code: translate(Visibility(code).label),
        captions=[translate(text) for text in VISIBILITY_EXPLAINED.values()],
        index=None,
        key=form.key(VISIBILITY_QUESTION.item),
        on_change=on_change,
        args=(form,),
    )
    _render_below(VISIBILITY_QUESTION.item, translate)
