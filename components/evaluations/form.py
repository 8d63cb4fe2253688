"""The form in which an NGO evaluates a joint event: one column, each answer stored on the server as it is given.

Only this part of the page runs again at an answer. It shows what the database holds: the draft, or the receipt once
the draft was sent, be it here, in another tab or on another device.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from components.evaluations.fields import (
    pick_mark,
    pick_participants,
    pick_problems,
    pick_repeat,
    pick_text,
    pick_visibility,
)
from components.evaluations.receipt import render_receipt
from components.evaluations.saving import (
    SEND,
    OpenForm,
    SessionEndedError,
    errors,
    forget_errors,
    person_now,
    send,
    take_stored,
    unsaved,
)
from components.evaluations.texts import (
    ITEM_LABELS,
    MARK_QUESTIONS,
    TEXT_QUESTIONS,
    answers_html,
    answers_in_words,
)
from components.shell.chrome import SIGN_IN_PATH
from components.shell.formatter import Formatter
from data.database.engine import get_engine, reading
from data.dates import clock
from data.dates.clock import TASHKENT
from data.language import DomainError, Translator
from queries.evaluations.answers import REQUIRED, TEXT_LIMITS
from queries.evaluations.drafts import Draft, DraftNotFoundError, missing_answers, open_draft, stored_drafts
from queries.evaluations.receipts import Receipt, receipt

AREA = "evaluation"
# What the theme file cannot say: targets that a thumb meets, six of them in one row on a phone, and long words in them
# wrapped instead of cut off; and no "Press Enter to apply" below a field, which Streamlit writes in English only.
_STYLE = """<style>
.st-key-evaluation [data-testid=stButtonGroup] button { min-height: 2.75rem; height: auto; }
.st-key-evaluation [data-testid^=stBaseButton-segmented_control] { padding-inline: 0.5rem; }
.st-key-evaluation [data-testid=stButtonGroup] button p { white-space: normal; overflow-wrap: anywhere; }
.st-key-evaluation [data-testid=InputInstructions] { display: none; }
</style>"""
FORM_WIDTH = 720


def saved_time(draft: Draft) -> str:
    """The time of the last answer, in Tashkent."""
    return f"{draft.saved_at.astimezone(TASHKENT):%H:%M}"


def progress_text(draft: Draft, translate: Translator) -> str:
    """How much of what must be answered is, and when the last answer was stored."""
    counts = {"answered": answered_count(draft), "all": len(REQUIRED)}
    if not draft.answers:
        return translate("{answered} of {all} answered", **counts)
    return translate("{answered} of {all} answered, saved {time}", time=saved_time(draft), **counts)


def answered_count(draft: Draft) -> int:
    """How many of the answers that must be given are."""
    return len(set(REQUIRED) - set(missing_answers(draft)))


@st.fragment
def render_evaluation(submission_id: str, translate: Translator) -> None:
    """The form of a draft, or the receipt of what it became."""
    form, fmt = OpenForm(submission_id, translate.language), Formatter(translate)
    try:
        actor = person_now()
    except SessionEndedError as error:
        _render_session_ended(form, error, translate)
        return
    with reading() as connection:
        drafts = stored_drafts(connection, actor, submission_id=submission_id)
        sent = None if drafts else receipt(connection, actor, submission_id=submission_id)
    if drafts:
        take_stored(form, drafts[0].answers)
        _render_form(form, drafts[0], fmt)
    elif sent is not None:
        _render_sent(sent, fmt)
    else:
        st.error(translate.render(DraftNotFoundError().message), icon=":material/block:")


def _render_session_ended(form: OpenForm, error: SessionEndedError, translate: Translator) -> None:
    """That the session ended, the way back in, and what was typed but not stored, to be copied."""
    st.error(translate.render(error.message), icon=":material/lock:")
    st.markdown(
        f'<a href="{SIGN_IN_PATH}?lang={translate.language}" target="_self">{escape(translate("Sign in"))}</a>',
        unsafe_allow_html=True,
    )
    lost = [answer for item, answer in unsaved(form).items() if item in TEXT_LIMITS and answer]
    if lost:
        st.caption(translate("This text is not stored yet. Copy it before you sign in."))
    for answer in lost:
        st.code(answer, language=None, wrap_lines=True)


def _render_sent(sent: Receipt, fmt: Formatter) -> None:
    translate = fmt.translate
    for message in errors().values():
        st.warning(translate.render(message), icon=":material/info:")
    st.success(translate("Your evaluation is sent. Thank you."), icon=":material/check_circle:")
    render_receipt(sent, fmt)
    render_correction(sent.event.event_id, translate)


def render_correction(event_id: int, translate: Translator) -> None:
    """The button that begins a correction of what was sent; the page then shows the form."""
    if not st.button(translate("Correct this evaluation"), key="correct", icon=":material/edit:", width="stretch"):
        return
    try:
        open_draft(get_engine(), person_now(), event_id=event_id, now=clock.now())
    except DomainError as error:
        st.error(translate.render(error.message), icon=":material/block:")
        return
    forget_errors()
    st.rerun()


def _render_form(form: OpenForm, draft: Draft, fmt: Formatter) -> None:
    """All questions, the progress, the review and the button."""
    translate = fmt.translate
    st.html(_STYLE)
    with st.container(key=AREA):
        st.progress(answered_count(draft) / len(REQUIRED), text=progress_text(draft, translate))
        for question in MARK_QUESTIONS:
            pick_mark(question, form, translate)
        pick_repeat(form, translate)
        pick_problems(form, draft, translate)
        pick_participants(form, translate)
        for question in TEXT_QUESTIONS:
            pick_text(question, form, translate)
        pick_visibility(form, translate)
        _render_review(form, draft, fmt)


def _render_review(form: OpenForm, draft: Draft, fmt: Formatter) -> None:
    """What will be sent, in words, and the button; or what is missing."""
    translate, missing = fmt.translate, missing_answers(draft)
    with st.container(border=True, key="review"):
        st.subheader(translate("Check and send"), anchor=False)
        st.caption(progress_text(draft, translate))
        if missing:
            names = "; ".join(translate(ITEM_LABELS[item]) for item in missing)
            st.markdown(translate("Still to answer: {items}", items=names))
        else:
            st.html(answers_html(answers_in_words(draft.answers, fmt)))
        error = errors().get(SEND)
        if error is not None:
            st.error(translate.render(error), icon=":material/block:")
        st.button(
            translate("Send the evaluation"),
            key=f"send:{form.submission_id}",
            type="primary",
            icon=":material/send:",
            width="stretch",
            disabled=bool(missing),
            on_click=send,
            args=(form,),
        )
