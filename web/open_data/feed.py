"""Feed ``/api/v1/<table>.csv`` and ``.json``, and ``/api/v1/datapackage.json``, for programs and for proxies.

It stands before every other middleware: an answer that was made already costs no query, no session and no cookie.
"""

from __future__ import annotations

import json
import logging
import math
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qsl

from anyio import CapacityLimiter, to_thread
from sqlalchemy.exc import DBAPIError
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from data.directory import area_names
from data.language import N_, DomainError, Language, Translator
from data.open_data import AREA, NATION_CODE, OPEN_TABLES, YEAR
from web.headers import TRANSPORT_SECURITY
from web.open_data.rate_limit import RateLimit
from web.open_data.store import CSV, JSON, OPEN_HEADERS, PACKAGE_FILE, Answer, Header, OpenDataStore, Wanted
from web.proxy import address_of

logger = logging.getLogger(__name__)

API_PATH = "/api/v1/"
MOST_PARAMETERS = 5
# So many of those who ask for what is not made yet wait in threads; signing in and pages have the others.
THREADS = 4
METHODS = ("GET", "HEAD")
_PARAMETERS = {"area", "year", "lang"}
_EARLIEST, _LATEST = 2000, 2100
_YEAR_DIGITS = 4

_ALLOWED: list[Header] = [
    (b"access-control-allow-methods", b"GET, HEAD"),
    (b"access-control-allow-headers", b"If-None-Match"),
    (b"access-control-max-age", b"86400"),
    (b"allow", b"GET, HEAD, OPTIONS"),
]


class FeedError(DomainError):
    """Raised where a request cannot be answered; ``code`` is for programs, the message for people."""

    def __init__(self, message: str, code: str, status: HTTPStatus, **values: object) -> None:
        super().__init__(message, **values)
        self.code, self.status = code, status


@dataclass(frozen=True)
class Sent:
    """What is sent back."""

    status: int
    headers: list[Header]
    body: bytes


class OpenDataFeed:
    """Pure ASGI middleware: answers requests for files of the open data, and passes others on."""

    def __init__(
        self, app: ASGIApp, *, store: OpenDataStore, limit: RateLimit, is_open: bool, is_always_secure: bool
    ) -> None:
        self.app, self.store, self.limit = app, store, limit
        self.is_open, self.is_always_secure = is_open, is_always_secure
        self.threads = CapacityLimiter(THREADS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request below the path of the feed where the operator has opened it."""
        path = scope["path"] if self.is_open and scope["type"] == "http" else ""
        if not path.startswith(API_PATH) or path == API_PATH:
            await self.app(scope, receive, send)
            return
        sent = await self._sent(scope, path.removeprefix(API_PATH))
        headers = sent.headers
        if self.is_always_secure or scope["scheme"] == "https":
            headers = [*headers, (b"strict-transport-security", TRANSPORT_SECURITY.encode())]
        await send({"type": "http.response.start", "status": sent.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else sent.body})

    async def _sent(self, scope: Scope, name: str) -> Sent:
        wait_s = self.limit.wait_s(address_of(Request(scope)))
        if scope["method"] == "OPTIONS":
            return Sent(HTTPStatus.NO_CONTENT, [*OPEN_HEADERS, *_ALLOWED], b"")
        query = scope["query_string"]
        try:
            if wait_s:
                return _too_many(_language_of(query), wait_s)
            if scope["method"] not in METHODS:
                raise FeedError(N_("Only `GET` is answered here."), "method", HTTPStatus.METHOD_NOT_ALLOWED)
            wanted = wanted_of(name, query)
            answer = self.store.find(wanted)
            if answer is None:
                answer = await to_thread.run_sync(self.store.make, wanted, limiter=self.threads)
        except FeedError as error:
            return _refused(error, _language_of(query))
        except DBAPIError:
            logger.exception("The database does not answer")
            busy = FeedError(
                N_("The database does not answer. Try again in a minute."),
                "unavailable",
                HTTPStatus.SERVICE_UNAVAILABLE,
            )
            return _refused(busy, _language_of(query))
        return _answered(answer, scope["headers"])


def wanted_of(name: str, query: bytes) -> Wanted:
    """Return the file that an address names, by the part below the path and its parameters. Raises FeedError."""
    file, _, ending = name.rpartition(".")
    is_package = (file, ending) == (PACKAGE_FILE, JSON)
    if not is_package and (file not in OPEN_TABLES or ending not in {CSV, JSON}):
        raise FeedError(
            N_("There is no such table. {address} lists the tables."),
            "no_table",
            HTTPStatus.NOT_FOUND,
            address=API_PATH,
        )
    given = _parameters(query)
    area, year = given.get("area", ""), given.get("year", "")
    has = (lambda _column: False) if is_package else OPEN_TABLES[file].__contains__
    if area and not (has(AREA) and (area == NATION_CODE or area in area_names(Language.EN))):
        raise FeedError(
            N_("This table has no such area. An area is `uz` or a SOATO code."), "no_area", HTTPStatus.BAD_REQUEST
        )
    is_year = year.isascii() and year.isdigit() and len(year) == _YEAR_DIGITS and _EARLIEST <= int(year) <= _LATEST
    if year and not (has(YEAR) and is_year):
        raise FeedError(N_("This table has no such year."), "no_year", HTTPStatus.BAD_REQUEST)
    language = Language.parse(given.get("lang")).value if is_package else ""
    return Wanted(file, ending, "" if area == NATION_CODE else area, year, language)


def _parameters(query: bytes) -> dict[str, str]:
    if not query:
        return {}
    try:
        pairs = parse_qsl(query.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        pairs = [("", "")]
    given = dict(pairs)
    if len(given) != len(pairs) or not given.keys() <= _PARAMETERS:
        raise FeedError(
            N_("Only the parameters `area`, `year` and `lang` are known, each once."),
            "parameter",
            HTTPStatus.BAD_REQUEST,
        )
    return given


def _language_of(query: bytes) -> Language:
    try:
        return Language.parse(_parameters(query).get("lang"))
    except FeedError:
        return Language.parse(None)


def _answered(answer: Answer, headers: list[Header]) -> Sent:
    """Return the file, compressed where the client takes that, or that it has it already."""
    is_packed = False
    for name, value in headers:
        if name == b"if-none-match" and _is_same(value, answer.etag):
            return Sent(HTTPStatus.NOT_MODIFIED, answer.same_headers, b"")
        if name == b"accept-encoding":
            is_packed = _takes_gzip(value)
    if is_packed:
        return Sent(HTTPStatus.OK, answer.packed_headers, answer.packed)
    return Sent(HTTPStatus.OK, answer.plain_headers, answer.plain)


def _is_same(asked: bytes, etag: bytes) -> bool:
    """Return whether a list of tags names one, weakly compared."""
    if asked == etag:
        return True
    tag = etag.removeprefix(b"W/")
    return asked.strip() == b"*" or any(each.strip().removeprefix(b"W/") == tag for each in asked.split(b","))


def _takes_gzip(accepted: bytes) -> bool:
    for each in accepted.lower().split(b","):
        coding, _, weight = each.partition(b";")
        if coding.strip() == b"gzip":
            return weight.replace(b" ", b"") not in {b"q=0", b"q=0.0", b"q=0.00", b"q=0.000"}
    return False


def _too_many(language: Language, wait_s: float) -> Sent:
    seconds, translate = math.ceil(wait_s), Translator(language)
    text = translate.plural(
        "Too many requests. Try again in {n} second.", "Too many requests. Try again in {n} seconds.", seconds
    )
    sent = _said("too_many", text, HTTPStatus.TOO_MANY_REQUESTS, language)
    return Sent(sent.status, [*sent.headers, (b"retry-after", str(seconds).encode())], sent.body)


def _refused(error: FeedError, language: Language) -> Sent:
    sent = _said(error.code, Translator(language).render(error.message), error.status, language)
    extra = {
        HTTPStatus.METHOD_NOT_ALLOWED: [(b"allow", b"GET, HEAD, OPTIONS")],
        HTTPStatus.SERVICE_UNAVAILABLE: [(b"retry-after", b"60")],
    }
    return Sent(sent.status, [*sent.headers, *extra.get(error.status, [])], sent.body)


def _said(code: str, text: str, status: HTTPStatus, language: Language) -> Sent:
    body = json.dumps({"error": {"code": code, "message": text}}, ensure_ascii=False).encode()
    headers = [
        *OPEN_HEADERS,
        (b"cache-control", b"no-store"),
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-language", language.html_code.encode()),
        (b"content-length", str(len(body)).encode()),
    ]
    return Sent(status, headers, body)
