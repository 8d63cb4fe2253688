"""Static files under ``/assets``: fonts, Leaflet, outlines, words, styles.

Files with a hash or version in their name, or a hash as ``?v=``, are cached for good; others for an hour.
"""

from __future__ import annotations

import gzip
import mimetypes
import re
from functools import cache, partial

from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from components.maps.geometry import geometry_script
from components.shell.static_files import ASSETS_FOLDER, ASSETS_PATH, StaticFile
from components.shell.streamlit_words import words_script

FOR_GOOD = "public, max-age=31536000, immutable"
FOR_AN_HOUR = "public, max-age=3600"
_FIXED_NAME = re.compile(r"[.-]([0-9a-f]{8,}|\d+\.\d+\.\d+)[./]")
SCRIPT_TYPE = "text/javascript"
_TYPES = {".woff2": "font/woff2", ".js": SCRIPT_TYPE}

for _ending, _type in _TYPES.items():
    mimetypes.add_type(_type, _ending)


class Assets(StaticFiles):
    """Starlette's static files with a ``Cache-Control`` header that lets the browser cache them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file with its cache lifetime."""
        response = await super().get_response(path, scope)
        is_fixed = _FIXED_NAME.search(path) or scope["query_string"].startswith(b"v=")
        response.headers["Cache-Control"] = FOR_GOOD if is_fixed else FOR_AN_HOUR
        return response


def assets_routes() -> list[BaseRoute]:
    """Return the routes that serve the outlines and :data:`ASSETS_FOLDER`, compressed where it is text."""
    made = [
        Route(f"{ASSETS_PATH}/{file.name}", partial(_show_script, file), methods=["GET"])
        for file in (geometry_script(), words_script())
    ]
    return [
        *made,
        Mount(ASSETS_PATH, app=GZipMiddleware(Assets(directory=ASSETS_FOLDER), compresslevel=6), name="assets"),
    ]


@cache
def _compressed(file: StaticFile) -> bytes:
    return gzip.compress(file.content, mtime=0)


def _show_script(file: StaticFile, request: Request) -> Response:
    """Return a script that is made when the server starts and compressed once."""
    headers = {"Cache-Control": FOR_GOOD, "Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(file.content, headers=headers, media_type=SCRIPT_TYPE)
    headers["Content-Encoding"] = "gzip"
    return Response(_compressed(file), headers=headers, media_type=SCRIPT_TYPE)
