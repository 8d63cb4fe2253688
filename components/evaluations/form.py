"""Form in which an NGO evaluates a joint event: one column, all questions, the progress, a review and the button."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from components.evaluations.fields import (
    pick_participants,
    pick_problems,
    pick_rating,
    pick_repeat,
    pick_text,
    pick_visibility,
)
from components.evaluations.form_state import SEND, OnChange, OpenForm, errors, last_attempt, unsaved
from components.evaluations.texts import (
    ITEM_LABELS,
    RATING_QUESTIONS,
    TEXT_QUESTIONS,
    answer_texts,
    answers_html,
)
from components.evaluations.typed_text import keep_typed_text
from components.shell.chrome import SIGN_IN_PATH
from components.shell.confirmation import focus_field, render_confirmation
from components.shell.formatter import Formatter
from data.dates.clock import TASHKENT
from data.evaluations import ITEMS, REQUIRED, TEXT_LIMITS, missing_items
from data.language import N_, Message, Translator

if TYPE_CHECKING:
    from queries.evaluations.drafts import Draft

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
NOT_SENT = Message(N_("Nothing was sent: one answer could not be saved. The reason is said below it."))


def saved_time(draft: Draft) -> str:
    """Return the time of the last answer, in Tashkent."""
    return f"{draft.saved_at.astimezone(TASHKENT):%H:%M}"


def progress_text(draft: Draft, translate: Translator) -> str:
    """Return how many required answers are given, and when the last answer was stored."""
    counts = {"answered": answered_count(draft), "all": len(REQUIRED)}
    if not draft.answers:
        return translate("{answered} of {all} answered", **counts)
    return translate("{answered} of {all} answered, saved {time}", time=saved_time(draft), **counts)


def answered_count(draft: Draft) -> int:
    """Return the number of required answers that are given."""
    return len(set(REQUIRED) - set(missing_items(draft.answers)))


def render_form(
    form: OpenForm, draft: Draft, window: str, fmt: Formatter, *, owner: str, on_change: OnChange, on_send: OnChange
) -> None:
    """Draw all questions, the progress, the review and the button; each answer that changes calls ``on_change``.

    ``window`` says until when the event may be evaluated; ``owner`` is the login of the account.
    """
    translate = fmt.translate
    st.html(_STYLE)
    with st.container(key=AREA):
        st.caption(window)
        if draft.base_version:
            correcting = translate(
                "You are correcting version {version}; the old version is not lost.", version=draft.base_version
            )
            st.info(correcting, icon=":material/edit:")
        st.progress(answered_count(draft) / len(REQUIRED), text=progress_text(draft, translate))
        for question in RATING_QUESTIONS:
            pick_rating(question, form, translate, on_change=on_change)
        pick_repeat(form, translate, on_change=on_change)
        pick_problems(form, draft, translate, on_change=on_change)
        pick_participants(form, translate, on_change=on_change)
        for question in TEXT_QUESTIONS:
            pick_text(question, form, translate, on_change=on_change)
        pick_visibility(form, translate, on_change=on_change)
        _render_review(form, draft, fmt, on_send=on_send)
    keep_typed_text(owner, form)


def _render_review(form: OpenForm, draft: Draft, fmt: Formatter, *, on_send: OnChange) -> None:
    """Draw the answers to be sent and the button; or what is missing."""
    translate, missing = fmt.translate, missing_items(draft.answers)
    with st.container(border=True, key="review"):
        st.subheader(translate("Check and send"), anchor=False)
        st.caption(progress_text(draft, translate))
        if missing:
            names = "; ".join(translate(ITEM_LABELS[item]) for item in missing)
            st.markdown(translate("Still to answer: {items}", items=names))
        else:
            st.html(answers_html(answer_texts(draft.answers, fmt)))
        st.button(
            translate("Send the evaluation"),
            key=f"send:{form.submission_id}",
            type="primary",
            icon=":material/send:",
            width="stretch",
            disabled=bool(missing),
            on_click=on_send,
            args=(form,),
        )
        _render_refusal(form, translate)


def _render_refusal(form: OpenForm, translate: Translator) -> None:
    """Draw below the button why nothing was sent; the focus goes there, or to the first answer that is at fault."""
    attempt, faults = last_attempt(), errors()
    if attempt is None or not faults:
        return
    render_confirmation(
        translate.render(faults.get(SEND, NOT_SENT)), key="send_refused", kind="error", occasion=attempt
    )
    at_fault = next((item for item in ITEMS if item.value in faults), None)
    if SEND not in faults and at_fault is not None:
        focus_field(form.key(at_fault), occasion=attempt)


def render_session_ended(form: OpenForm, message: Message, translate: Translator) -> None:
    """Draw that the session ended, the sign-in link, and typed text that was not stored, to be copied."""
    st.error(translate.render(message), icon=":material/lock:")
    st.markdown(
        f'<a href="{SIGN_IN_PATH}?lang={translate.language}" target="_self">{escape(translate("Sign in"))}</a>',
        unsafe_allow_html=True,
    )
    lost = [answer for item, answer in unsaved(form).items() if item in TEXT_LIMITS and answer]
    if lost:
        st.caption(translate("This text is not saved yet. Copy it before you sign in."))
    for answer in lost:
        st.code(answer, language=None, wrap_lines=True)
