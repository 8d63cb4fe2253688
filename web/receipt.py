"""Page ``/receipt/<submission id>``: a sent evaluation as a plain printable page, for the NGO that sent it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from components.evaluations.receipt import RECEIPT_PATH, receipt_facts
from components.evaluations.texts import answer_texts
from components.shell.formatter import Formatter
from data.database.engine import reading
from data.dates import clock
from data.language import Translator
from data.policy import Actor, ForbiddenError
from queries.evaluations.receipts import Receipt, ReceiptParties, receipt, receipt_parties
from web.auth.origin import sign_in_address
from web.page import show_page
from web.server_context import ServerContext, translator

Context = Mapping[str, object]
_SUBMISSION_ID = re.compile(r"[0-9A-Za-z-]{1,36}")


def receipt_routes(server_context: ServerContext) -> list[Route]:
    """Return the route; GET only."""
    return [Route(f"{RECEIPT_PATH}/{{submission_id}}", partial(_show_receipt, server_context), methods=["GET"])]


async def _show_receipt(server_context: ServerContext, request: Request) -> Response:
    """Respond with the receipt; redirect to sign-in without a session, 404 for anyone but the NGO that sent it."""
    actor = await run_in_threadpool(server_context.actor, request, now=clock.now())
    if actor is None:
        address = sign_in_address(request.scope)
        return RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})
    submission_id = request.path_params["submission_id"]
    context = None
    if _SUBMISSION_ID.fullmatch(submission_id):
        context = await run_in_threadpool(_context, server_context, actor, submission_id, translator(request))
    if context is None:
        return _not_found(server_context, request)
    return show_page(server_context, request, "receipt.html", context=context)


def _context(server_context: ServerContext, actor: Actor, submission_id: str, translate: Translator) -> Context | None:
    """Return the template's data; None where the actor's NGO has sent no such evaluation."""
    with reading(server_context.engine) as connection:
        try:
            sent = receipt(connection, actor, submission_id=submission_id)
        except ForbiddenError:
            return None
        if sent is None:
            return None
        soato = sent.event.district_soato
        parties = receipt_parties(connection, actor, district_soato=soato, language=translate.language)
    return _shown(sent, parties, Formatter(translate))


def _shown(sent: Receipt, parties: ReceiptParties, fmt: Formatter) -> Context:
    translate, event = fmt.translate, sent.event
    place = f"{event.mahalla}, {parties.district}" if event.mahalla else parties.district
    words = {
        "title": translate("Receipt {number}", number=sent.number),
        "answers": translate("What was sent"),
        "print": translate("To print or save this page, use the menu of your browser."),
        "back": translate("Back to my evaluations"),
    }
    cache_key = [
        (translate("NGO"), parties.ngo),
        (translate("Joint event"), event.title),
        (translate("Number of the event"), event.number),
        (translate("Date"), fmt.date(event.event_date)),
        (translate("Place"), place),
    ]
    return {
        "form": words,
        "facts": receipt_facts(sent, fmt),
        "about": cache_key,
        "said": answer_texts(sent.answers, fmt),
        "home": f"/?event={event.event_id}&lang={translate.language}",
    }


def _not_found(server_context: ServerContext, request: Request) -> Response:
    translate = translator(request)
    words = {
        "title": translate("No such receipt"),
        "text": translate("Your organisation has sent no evaluation with this receipt."),
        "back": translate("Sign in"),
    }
    return show_page(server_context, request, "refused.html", context={"form": words}, status=404)
