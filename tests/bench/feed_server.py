"""Serves the product with a folder of plain files beside it, so that both come from one server and process."""

from __future__ import annotations

import os

import streamlit as st
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from data.settings import ROOT
from server import lifespan, server_context
from web.routes import exception_handlers, middleware, routes

PEER_PATH, PEER_FOLDER = "/peer", "PEER_FOLDER"

if __name__ == "__main__":
    app = st.App(
        ROOT / "app.py",
        routes=[Mount(PEER_PATH, StaticFiles(directory=os.environ[PEER_FOLDER])), *routes(server_context)],
        middleware=middleware(server_context),
        exception_handlers=exception_handlers(server_context),
        lifespan=lifespan,
    )
    app.run(
        config={
            "server.port": server_context.settings.port,
            "server.headless": True,
            "server.fileWatcherType": "none",
            "browser.gatherUsageStats": False,
            "browser.serverAddress": "localhost",
        }
    )
