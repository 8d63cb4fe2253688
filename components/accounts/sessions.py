"""Open sessions of an account, each with a button that ends it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from components.registers.history import moment_text
from components.shell.chrome import escape_markdown
from components.shell.formatter import Formatter

UNKNOWN_ADDRESS = "–"


def render_sessions(frame: pd.DataFrame, fmt: Formatter, *, on_end: Callable[[str], None]) -> None:
    """Draw the rows of :func:`queries.accounts.administration.open_sessions`; ``on_end`` gets ``id_hash``, "" for all.

    Where the rows have ``is_current``, that session is the reader's own here and has no button.
    """
    translate = fmt.translate
    if frame.empty:
        st.caption(translate("Nobody is signed in."))
        return
    current = list(frame["is_current"]) if "is_current" in frame else [False] * len(frame)
    for number, (row, is_current) in enumerate(zip(frame.to_dict("records"), current, strict=True)):
        started, seen = (pd.Timestamp(row[name]).to_pydatetime() for name in ("created_at", "last_seen_at"))
        about = translate(
            "Signed in {started}, last used {seen}, address {address}",
            started=moment_text(started, fmt),
            seen=moment_text(seen, fmt),
            address=row["address"] or UNKNOWN_ADDRESS,
        )
        with st.container(horizontal=True, vertical_alignment="center", key=f"session-{number}"):
            st.markdown(escape_markdown(about), width="content")
            if is_current:
                st.badge(translate("This device"), color="blue")
            else:
                # Not the whole hash: a key stands in the page.
                st.button(
                    translate("Sign it out"),
                    key=f"end-session-{row['id_hash'][:12]}",
                    type="tertiary",
                    icon=":material/logout:",
                    on_click=on_end,
                    args=(str(row["id_hash"]),),
                )
    others = len(frame) - sum(current)
    if others > 1 or (others and any(current)):
        label = translate("Sign all others out") if any(current) else translate("Sign all out")
        st.button(label, key="end-sessions", icon=":material/logout:", on_click=on_end, args=("",))
