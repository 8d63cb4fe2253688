"""Route ``/document/<id>``: a document of a record as a download, for those who may see the record."""

from __future__ import annotations

import logging
from functools import partial
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from components.registers.documents import DOCUMENT_PATH
from data.database.engine import reading
from data.dates import clock
from data.documents import DocumentKind, MissingFileError, read_file
from data.language import DomainError
from data.policy import Actor, ForbiddenError
from data.registers.entry import NoRecordError
from queries.registers.documents import NoDocumentError, find_document
from web.auth.origin import sign_in_address
from web.page import show_page
from web.server_context import ServerContext, translator

logger = logging.getLogger(__name__)

_NEVER_KEPT = {"Cache-Control": "no-store"}
# The largest id that both databases know.
_LARGEST_ID = 2**31 - 1


def document_routes(server_context: ServerContext) -> list[Route]:
    """Return the route; GET only."""
    path = f"{DOCUMENT_PATH}/{{document_id:int}}"
    return [Route(path, partial(_send_document, server_context), methods=["GET"])]


async def _send_document(server_context: ServerContext, request: Request) -> Response:
    """Respond with the file as an attachment, which no browser shows at our address.

    Redirect to sign-in without a session, 404 for anyone who may not see the record.
    """
    actor = await run_in_threadpool(server_context.actor, request, now=clock.now())
    if actor is None:
        return RedirectResponse(sign_in_address(request.scope), status_code=303, headers=_NEVER_KEPT)
    document_id = request.path_params["document_id"]
    if document_id > _LARGEST_ID:
        return _refused(server_context, request, NoDocumentError(), status=404)
    try:
        name, kind, content = await run_in_threadpool(_content, server_context, actor, document_id)
    except (ForbiddenError, NoRecordError, NoDocumentError):
        return _refused(server_context, request, NoDocumentError(), status=404)
    except MissingFileError as error:
        logger.error("The file of document %s cannot be read", document_id)  # noqa: TRY400 - no traceback helps
        return _refused(server_context, request, error, status=500)
    disposition = f"attachment; filename=\"document{kind.value}\"; filename*=UTF-8''{quote(name)}"
    headers = {**_NEVER_KEPT, "Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return Response(content, media_type=kind.media_type, headers=headers)


def _content(server_context: ServerContext, actor: Actor, document_id: int) -> tuple[str, DocumentKind, bytes]:
    with reading(server_context.engine) as connection:
        name, file = find_document(connection, actor, document_id=document_id)
    return name, file.kind, read_file(file)


def _refused(server_context: ServerContext, request: Request, error: DomainError, *, status: int) -> Response:
    translate = translator(request)
    words = {
        "title": translate("No such document"),
        "text": translate.render(error.message),
        "back": translate("Back to the overview"),
    }
    return show_page(server_context, request, "refused.html", context={"form": words}, status=status)
