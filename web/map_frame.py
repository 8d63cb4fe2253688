"""Files of the map's iframe, with a cache lifetime and preload links.

Streamlit gives them no cache lifetime, so a browser would fetch them at every load, while the server runs the page.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.maps.geometry import frame_files
from web.assets import Assets

FRAME_PATH = "/component/streamlit_folium.st_folium"
PAGE_PATH = f"{FRAME_PATH}/index.html"


def frame_folder() -> Path:
    """Return the folder of the files of streamlit-folium, without importing it: the first run of the app does that."""
    spec = find_spec("streamlit_folium")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("streamlit_folium")
    return Path(spec.origin).parent / "frontend" / "build"


def preload_links() -> str:
    """Return the ``Link`` header with all files that the map's iframe needs."""
    scripts = [f"<{address}>; rel=preload; as=script" for _, address in frame_files().scripts]
    styles = [f"<{address}>; rel=preload; as=style" for _, address in frame_files().styles]
    return ", ".join(scripts + styles)


class MapFrame:
    """Pure ASGI middleware, as Streamlit reserves the routes under ``/component/``."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.files = ExceptionMiddleware(GZipMiddleware(Assets(directory=frame_folder()), compresslevel=6))
        self.links = preload_links()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the files of the iframe; pass everything else on."""
        if scope["type"] != "http" or not scope["path"].startswith(f"{FRAME_PATH}/"):
            await self.app(scope, receive, send)
            return

        async def send_with_links(message: Message) -> None:
            if message["type"] == "http.response.start" and scope["path"] == PAGE_PATH:
                MutableHeaders(scope=message)["Link"] = self.links
            await send(message)

        await self.files({**scope, "root_path": scope.get("root_path", "") + FRAME_PATH}, receive, send_with_links)
