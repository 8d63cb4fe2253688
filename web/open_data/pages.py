"""Public pages under ``/open`` and ``/api/v1/``, as plain HTML: what this is, districts, NGOs, support, open data.

Their rows are those of the open data, so a page costs no query once these are made.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from components.open_data.package import column_title
from components.shell.chrome import OPEN_PATH, OVERVIEW_ADDRESS
from components.shell.formatter import is_missing
from data.indicators import INDICATORS, Panel, shown_on
from data.indicators.verdicts import TargetVerdict
from data.language import N_, Translator
from data.open_data import AREA, LICENCE, NATION_CODE, OPEN_TABLES, YEAR, FieldType, OpenTable
from web.open_data.feed import API_PATH, THREADS
from web.open_data.lists import show_districts, show_ngo, show_ngos, show_support
from web.open_data.public_page import DISTRICTS_PATH, NGOS_PATH, SUPPORT_PATH, Cell, Context, PublicPage, no_page
from web.open_data.store import CSV, JSON, LIFETIME_S, PACKAGE_FILE
from web.page import show_page
from web.proxy import address_of
from web.server_context import ServerContext, translator

_TYPES: Mapping[FieldType, str] = {
    FieldType.STRING: N_("text"),
    FieldType.INTEGER: N_("whole number"),
    FieldType.NUMBER: N_("number"),
    FieldType.BOOLEAN: N_("yes or no"),
    FieldType.DATE: N_("date"),
    FieldType.YEAR: N_("year"),
    FieldType.MONTH: N_("year and month"),
}


def open_routes(server_context: ServerContext) -> list[Route]:
    """Return the routes of the public pages; GET only. Where the operator has not opened them, nothing is there."""
    pages: Mapping[str, Callable[[PublicPage], Response]] = {
        OPEN_PATH: _about,
        DISTRICTS_PATH: show_districts,
        NGOS_PATH: show_ngos,
        f"{NGOS_PATH}/{{stir}}": show_ngo,
        SUPPORT_PATH: show_support,
        API_PATH: _open_data,
    }
    threads = CapacityLimiter(THREADS)
    return [
        *(Route(path, partial(_show, server_context, threads, page), methods=["GET"]) for path, page in pages.items()),
        Route(API_PATH.rstrip("/"), _to_api, methods=["GET"]),
        *(
            Route(f"{path}/{{rest:path}}", partial(_nothing, server_context), methods=["GET"])
            for path in ("/api", OPEN_PATH)
        ),
    ]


def _to_api(_request: Request) -> Response:
    return RedirectResponse(API_PATH, status_code=308)


async def _nothing(server_context: ServerContext, request: Request) -> Response:
    return no_page(server_context, request)


async def _show(
    server_context: ServerContext, threads: CapacityLimiter, page: Callable[[PublicPage], Response], request: Request
) -> Response:
    if not server_context.settings.public_view:
        return no_page(server_context, request)
    wait_s = server_context.open_data_limit.wait_s(address_of(request))
    if wait_s:
        return _too_many(server_context, request, math.ceil(wait_s))
    return await to_thread.run_sync(lambda: page(PublicPage(server_context, request)), limiter=threads)


def _about(page: PublicPage) -> Response:
    """Show what this is, how the country stands, who runs it, and how an NGO joins."""
    translate, settings = page.translate, page.server_context.settings
    texts = {
        "title": translate("Cooperation of prevention inspectors and NGOs"),
        "what": translate(
            "Hamkor shows, district by district, how the prevention inspectors of the internal affairs bodies and "
            "non-governmental organisations work together: memoranda, joint events, answers and support. Figures "
            "follow a published method; where there is too little data, no figure is shown."
        ),
        "no_persons": translate(
            "It holds no data on persons: no names of offenders, victims, children or inspectors. What a single "
            "organisation said in an evaluation is not public."
        ),
        "see": translate("What you can see"),
        "figures": translate("The country in figures"),
        "who": translate("Who runs it"),
        "join": translate("How an NGO joins"),
        "take": translate("Take the data"),
        "take_text": translate(
            "All tables of these pages are open data, as CSV and JSON with a description of each column. Licence: "
            "{licence}.",
            licence=LICENCE.name,
        ),
        "nobody": translate("The operator of this server has not given a name yet."),
        "ask": translate("Whom to ask"),
        "api": translate("Open data"),
    }
    return page.respond(
        "open_about.html",
        form=texts,
        steps=_steps(translate),
        links=[{"href": page.link(path), "text": text, "note": note} for path, text, note in _ways(translate)],
        figures=_nation_figures(page),
        operator=settings.operator,
        contact=settings.operator_contact,
        api=page.link(API_PATH),
    )


def _steps(translate: Translator) -> Sequence[str]:
    """Return how an NGO joins, step by step."""
    return (
        translate(
            "Ask for an account: give the name of the organisation, its STIR, its home district and an e-mail address. "
            "The coordinator of your district, an officer of the internal affairs body, can ask for you too."
        ),
        translate(
            "You get a login. With it you evaluate the joint events that you took part in, by name or confidentially, "
            "and propose events and items of the plan."
        ),
        translate(
            "Your recommendations get an answer with a deadline, and only you can close them. Taking part is free."
        ),
    )


def _ways(translate: Translator) -> Sequence[tuple[str, str, str]]:
    """Return address, name and content of what there is to see."""
    return (
        (OVERVIEW_ADDRESS, translate("Map and indicators"), translate("each area beside the others and the country")),
        (DISTRICTS_PATH, translate("Districts"), translate("where a memorandum is in force, and where there is none")),
        (NGOS_PATH, translate("NGOs"), translate("what each organisation signed and held")),
        (SUPPORT_PATH, translate("Support"), translate("what was given to NGOs, by whom and where")),
        ("/effectiveness", translate("Effectiveness"), translate("the index, and how sure it is")),
        ("/method", translate("Method"), translate("how each figure is computed")),
    )


def _nation_figures(page: PublicPage) -> Context:
    """Return the main indicators of the country in the newest year, each with its target's verdict."""
    translate, fmt = page.translate, page.fmt
    frame = page.store.frame("indicator_years")
    of_nation = frame[frame[AREA] == NATION_CODE]
    newest = of_nation[of_nation[YEAR] == of_nation[YEAR].max()]
    by_code = {row["indicator_code"]: row for row in newest.to_dict("records")}
    rows = []
    for code in shown_on(Panel.OVERVIEW_TILES):
        row, indicator = by_code[code], INDICATORS[code]
        address = page.link(OVERVIEW_ADDRESS, area=NATION_CODE, indicator=code)
        value = fmt.missing if is_missing(row["value"]) else fmt.indicator_value(indicator, row["value"])
        verdict = translate(TargetVerdict(row["target_verdict_code"]).label)
        rows.append([Cell(translate(indicator.name), address), Cell(value), Cell(verdict)])
    months = int(newest["months"].iloc[0])
    caption = translate.plural(
        "{year}, {n} month that is over", "{year}, {n} months that are over", months, year=int(newest[YEAR].iloc[0])
    )
    headings = [translate("Indicator"), translate("Value"), translate("Beside the target")]
    return {"headings": headings, "rows": rows, "caption": caption}


def _open_data(page: PublicPage) -> Response:
    """Show the tables of the open data, each column with its description, and how to take them."""
    translate, fmt = page.translate, page.fmt
    limit = page.server_context.settings.open_data_requests
    rules = [
        translate(
            "A table is narrowed by `?area=` with `uz` or a SOATO code (a region brings its districts), and by "
            "`?year=`."
        ),
        translate(
            "Answers are made anew at most every {minutes} minutes. Send the `ETag` back in `If-None-Match`, and what "
            "has not changed is not sent again.",
            minutes=LIFETIME_S // 60,
        ),
        translate(
            "One address may ask {number} times a minute; then it is answered 429 with `Retry-After`.",
            number=fmt.number(limit),
        ),
        translate(
            "A confidential evaluation is only in figures of at least 5 evaluations by at least 3 NGOs, and what rests "
            "on too little has no value."
        ),
    ]
    return page.respond(
        "open_data.html",
        form={
            "title": translate("Open data"),
            "text": translate("The tables behind these pages, for anyone to use, as CSV and JSON."),
            "package": translate("Description of all tables for programs (`datapackage.json`)"),
            "licence": translate("Licence"),
            "rules": translate("How to take them"),
            "column": translate("Column"),
            "type": translate("Type"),
            "meaning": translate("Meaning"),
        },
        rules=rules,
        licence={"text": LICENCE.name, "href": LICENCE.address},
        package=f"{API_PATH}{PACKAGE_FILE}.{JSON}?lang={translate.language.value}",
        tables=[_described(page, table) for table in OPEN_TABLES.values()],
    )


def _described(page: PublicPage, table: OpenTable) -> Context:
    translate = page.translate
    return {
        "code": table.code,
        "title": translate(table.title),
        "text": translate(table.description),
        "files": [(ending.upper(), f"{API_PATH}{table.code}.{ending}") for ending in (CSV, JSON)],
        "columns": [
            {
                "code": column.code,
                "title": column_title(column, translate),
                "type": translate(_TYPES[column.type]) + (f", {column.unit}" if column.unit else ""),
                "text": translate(column.description),
                "codes": ", ".join(column.codes),
            }
            for column in table.columns
        ],
    }


def _too_many(server_context: ServerContext, request: Request, seconds: int) -> Response:
    translate = translator(request)
    words = {
        "title": translate("Not available at the moment"),
        "text": translate.plural(
            "Too many requests. Try again in {n} second.", "Too many requests. Try again in {n} seconds.", seconds
        ),
        "back": translate("Sign in"),
    }
    response = show_page(server_context, request, "refused.html", context={"form": words}, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response
