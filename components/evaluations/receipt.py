"""Receipt of a sent evaluation: its number, when it was sent and what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.evaluations.texts import answer_texts, answers_html
from components.shell.formatter import Formatter
from data.dates.clock import TASHKENT
from data.language import Language

if TYPE_CHECKING:
    from queries.evaluations.receipts import Receipt

RECEIPT_PATH = "/receipt"


def receipt_url(submission_id: str, language: Language) -> str:
    """Return the URL of the printable page."""
    return f"{RECEIPT_PATH}/{submission_id}?lang={language}"


def receipt_facts(receipt: Receipt, fmt: Formatter) -> list[str]:
    """Return sentences below the number: when it was sent, which version it is, whether it was late."""
    translate = fmt.translate
    at = receipt.submitted_at.astimezone(TASHKENT)
    facts = [
        translate("Sent on {date} at {time}, Tashkent time.", date=fmt.date(at.date()), time=f"{at:%H:%M}"),
        translate("Version {version}.", version=receipt.version),
    ]
    if receipt.is_late:
        facts.append(translate("Sent after the regular time and labelled late."))
    return facts


def render_receipt(receipt: Receipt, fmt: Formatter) -> None:
    """Draw the receipt, with a link to its printable page."""
    translate = fmt.translate
    with st.container(border=True, key="receipt"):
        st.subheader(translate("Receipt {number}", number=receipt.number), anchor=False)
        st.caption("  \n".join(receipt_facts(receipt, fmt)))
        st.html(answers_html(answer_texts(receipt.answers, fmt)))
        st.link_button(
            translate("Print or save as PDF"),
            receipt_url(receipt.submission_id, translate.language),
            icon=":material/print:",
            width="stretch",
        )
