"""Readiness check: the database answers and has the newest schema."""

from __future__ import annotations

import logging
from enum import StrEnum

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse

from data.database.engine import reading
from data.database.migrate import is_current
from web.server_context import ServerContext

logger = logging.getLogger(__name__)


class Readiness(StrEnum):
    """States of the server, as reported by the readiness check."""

    READY = "ready"
    NO_DATABASE = "database does not answer"
    OLD_SCHEMA = "schema is not current"


def readiness(engine: Engine) -> Readiness:
    """Return the current state; the log gets the details."""
    try:
        with reading(engine) as connection:
            return Readiness.READY if is_current(connection) else Readiness.OLD_SCHEMA
    except DBAPIError:
        logger.exception("The database does not answer")
        return Readiness.NO_DATABASE


async def show_readiness(server_context: ServerContext, _request: Request) -> JSONResponse:
    """Respond 200 when ready, else 503."""
    state = await run_in_threadpool(readiness, server_context.engine)
    status = 200 if state is Readiness.READY else 503
    return JSONResponse({"status": state.value}, status_code=status, headers={"Cache-Control": "no-store"})
