"""Serves the floor app the way the product is served: through ``st.App``."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

app = st.App(Path(__file__).with_name("floor_app.py"))

if __name__ == "__main__":
    app.run(
        config={
            "server.port": int(os.environ["PORT"]),
            "server.headless": True,
            "browser.gatherUsageStats": False,
            "server.fileWatcherType": "none",
            # As Streamlit comes; the product's configuration, which lies in the same folder, switches it off.
            "runner.postScriptGC": True,
        }
    )
