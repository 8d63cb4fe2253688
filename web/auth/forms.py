"""Parsing of small posted forms, with limits on size and number of fields."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

MAXIMUM_BODY = 16 * 1024
MAXIMUM_FIELDS = 20


async def read_form(request: Request) -> Mapping[str, str]:
    """Fields of a URL-encoded form; responds 413 when the body is too large, 400 when it has too many fields."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MAXIMUM_BODY:
            raise HTTPException(status_code=413)
    try:
        fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MAXIMUM_FIELDS)
    except ValueError as error:
        raise HTTPException(status_code=400) from error
    return dict(fields)
