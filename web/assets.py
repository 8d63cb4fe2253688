"""Static files under ``/assets``: fonts, Leaflet, outlines, styles. What has a hash or version in its name, or a hash
as ``?v=``, never changes and is kept for good; anything else is asked for again after an hour."""

from __future__ import annotations

import hashlib
import mimetypes
import re
from functools import lru_cache

from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from components.maps.geometry import geometry_script
from data.settings import ROOT

ASSETS_FOLDER = ROOT / "components" / "assets"
ASSETS_PATH = "/assets"
FOR_GOOD = "public, max-age=31536000, immutable"
FOR_AN_HOUR = "public, max-age=3600"
_HASH_LENGTH = 12
_FIXED_NAME = re.compile(r"[.-]([0-9a-f]{8,}|\d+\.\d+\.\d+)[./]")
_TYPES = {".woff2": "font/woff2", ".js": "text/javascript", ".geojson": "application/geo+json"}

for _ending, _type in _TYPES.items():
    mimetypes.add_type(_type, _ending)


class Assets(StaticFiles):
    """Starlette's static files, which never leave their folder, with a long life in the browser."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, told how long it may be kept."""
        response = outlines() if path == geometry_script().name else await super().get_response(path, scope)
        is_fixed = _FIXED_NAME.search(path) or scope["query_string"].startswith(b"v=")
        response.headers["Cache-Control"] = FOR_GOOD if is_fixed else FOR_AN_HOUR
        return response


def outlines() -> Response:
    """The outlines of the map, which are made from the reference data and kept in memory."""
    return Response(geometry_script().content, media_type=_TYPES[".js"])


def assets_route() -> Mount:
    """The route that serves :data:`ASSETS_FOLDER`, compressed where it is text."""
    return Mount(ASSETS_PATH, app=GZipMiddleware(Assets(directory=ASSETS_FOLDER)), name="assets")


@lru_cache(maxsize=64)
def asset_url(name: str) -> str:
    """The address of a file under :data:`ASSETS_FOLDER` with its hash, so that a changed file is a new address."""
    digest = hashlib.sha256((ASSETS_FOLDER / name).read_bytes()).hexdigest()[:_HASH_LENGTH]
    return f"{ASSETS_PATH}/{name}?v={digest}"
