"""What the public pages share: the choices of an address, names of areas, and the frame around rows and words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from components.shell.chrome import DISTRICT_ADDRESS, OPEN_PATH, OVERVIEW_ADDRESS, SIGN_IN_PATH
from components.shell.formatter import Formatter
from data.directory import CREDIT_LINE, name_column
from data.effectiveness.method_version import METHOD_EDITION
from data.open_data import AREA, NATION_CODE, OPEN_TABLES, YEAR
from data.texts.search_keys import sort_key
from web.open_data.feed import API_PATH
from web.open_data.store import OpenDataStore, Wanted, narrowed
from web.page import show_page
from web.server_context import ServerContext, translator

DISTRICTS_PATH, NGOS_PATH, SUPPORT_PATH = f"{OPEN_PATH}/districts", f"{OPEN_PATH}/ngos", f"{OPEN_PATH}/support"
PAGE_ROWS = 25
LONGEST_SEARCH = 100
Context = dict[str, Any]


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its text, and the address that it leads to."""

    text: str
    href: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class Asked:
    """What a reader asks a page for: the rows of an area and year, found by a text, and which page of them."""

    area_code: str
    year: str
    find: str
    page: int

    @classmethod
    def of(cls, request: Request) -> Asked:
        """Return the choices of an address."""
        params = request.query_params
        page, year = params.get("page", ""), params.get("year", "")
        return cls(
            area_code=params.get("area", ""),
            year=year if _is_number(year) else "",
            find=params.get("find", "")[:LONGEST_SEARCH].strip(),
            page=int(page) if _is_number(page) else 1,
        )

    @property
    def params(self) -> dict[str, str]:
        """The choices as parameters of an address, without the page."""
        named = {"area": self.area_code, "year": self.year, "find": self.find}
        return {name: value for name, value in named.items() if value}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < len(text) <= 4


class Places:
    """Names of areas in a language, and the options of a choice of one."""

    def __init__(self, areas: pd.DataFrame, fmt: Formatter) -> None:
        language = fmt.translate.language
        names = areas[name_column(language)]
        self.names: Mapping[str, str] = dict(zip(areas[AREA], names, strict=True))
        self.regions: Mapping[str, str] = dict(zip(areas[AREA], areas["region_code"], strict=True))
        self._order = {code: sort_key(name, language) for code, name in self.names.items()}

    def __contains__(self, code: str) -> bool:
        return code in self.names

    def groups(self) -> list[tuple[tuple[str, str], list[tuple[str, str]]]]:
        """Return each region, as code and name, with its districts, in the order of the alphabet."""
        regions = [code for code, region in self.regions.items() if code == region]
        return [
            (
                (region, self.names[region]),
                [
                    (code, self.names[code])
                    for code in sorted(self.regions, key=self._order.__getitem__)
                    if self.regions[code] == region != code
                ],
            )
            for region in sorted(regions, key=self._order.__getitem__)
        ]

    def region(self, code: str) -> str:
        """Return the name of the region of a district."""
        return self.names[self.regions[code]]


class PublicPage:
    """A request for a public page, with the rows and words that it is made of."""

    def __init__(self, server_context: ServerContext, request: Request) -> None:
        self.server_context, self.request = server_context, request
        self.store: OpenDataStore = server_context.open_data
        self.translate = translator(request)
        self.fmt = Formatter(self.translate)
        self.asked = Asked.of(request)
        self.places = Places(self.store.frame("areas"), self.fmt)

    def link(self, path: str, **params: str) -> str:
        """Return the address of a page in the reader's language."""
        return str(
            self.request.url.replace(path=path, query="").include_query_params(
                **params, lang=self.translate.language.value
            )
        ).removeprefix(str(self.request.base_url).rstrip("/"))

    def district(self, code: str) -> Cell:
        """Return the cell of a district, which leads to its page of figures."""
        return Cell(self.places.names[code], self.link(DISTRICT_ADDRESS, area=code))

    def respond(self, name: str, *, status: int = 200, **context: object) -> Response:
        """Return a page made of a template."""
        edition, translate = self.store.edition(), self.translate
        frame = {
            "nav": self._nav(),
            "nav_name": translate("Public pages"),
            "demo": translate("Demo data: invented figures, not for use") if edition.is_demo else "",
            "foot": [
                translate("Data of {date}", date=self.fmt.date(edition.day)),
                translate("Method version {version}", version=METHOD_EDITION),
                translate(CREDIT_LINE),
            ],
            **self.asked.params,
        }
        return show_page(self.server_context, self.request, name, context={**frame, **context}, status=status)

    def _nav(self) -> list[Context]:
        translate, here = self.translate, self.request.url.path
        links = (
            (OPEN_PATH, translate("About")),
            (OVERVIEW_ADDRESS, translate("Map and indicators")),
            (DISTRICTS_PATH, translate("Districts")),
            (NGOS_PATH, translate("NGOs")),
            (SUPPORT_PATH, translate("Support")),
            (API_PATH, translate("Open data")),
            (SIGN_IN_PATH, translate("Sign in")),
        )
        return [{"href": self.link(path), "text": text, "is_current": path == here} for path, text in links]

    def listed(
        self, frame: pd.DataFrame, headings: list[str], cells: Callable[[Mapping[Any, Any]], list[Cell]]
    ) -> Context:
        """Return a page of rows, with what leads to the others."""
        pages = max(-(-len(frame) // PAGE_ROWS), 1)
        page = max(1, min(self.asked.page, pages))
        first = (page - 1) * PAGE_ROWS
        shown = frame.iloc[first : first + PAGE_ROWS]
        texts = {"first": self.fmt.number(first + 1), "last": self.fmt.number(first + len(shown))}
        path = self.request.url.path

        def turned(to: int) -> str:
            return self.link(path, **self.asked.params, page=str(to)) if 1 <= to <= pages else ""

        return {
            "headings": headings,
            "rows": [cells(row) for row in shown.to_dict("records")],
            "count": self.translate("{first} to {last} of {count}", count=self.fmt.number(len(frame)), **texts),
            "empty": self.translate("Nothing was found. Choose another area or search for something else."),
            "previous": turned(page - 1),
            "next_page": turned(page + 1),
            "previous_text": self.translate("Previous page"),
            "next_text": self.translate("Next page"),
        }

    def filters(self, search: str, years: list[int] | None = None) -> Context:
        """Return the fields above a list: area, year where the list has years, and search where it is named."""
        translate, chosen = self.translate, self.asked
        return {
            "path": self.request.url.path,
            "area": {
                "label": translate("Area"),
                "every": self.places.names[NATION_CODE],
                "groups": self.places.groups(),
                "chosen": chosen.area_code,
            },
            "year": {
                "label": translate("Year"),
                "every": translate("All years"),
                "options": [str(year) for year in years or []],
                "chosen": chosen.year,
            },
            "search": {"label": search, "text": chosen.find},
            "language": translate.language.value,
            "submit": translate("Show"),
        }

    def narrowed(self, table: str) -> pd.DataFrame:
        """Return the rows of a table in the chosen area and year."""
        area = self.asked.area_code if self.asked.area_code in self.places else ""
        year = self.asked.year if YEAR in OPEN_TABLES[table] else ""
        return narrowed(self.store.frame(table), Wanted(table, "", area, year), areas=self.store.frame("areas"))


def no_page(server_context: ServerContext, request: Request) -> Response:
    """Return the page that says that there is nothing at an address."""
    translate = translator(request)
    words = {
        "title": translate("No such page"),
        "text": translate("There is no page at this address. Check it, or go on from the first page."),
        "back": translate("Back to the overview"),
    }
    return show_page(server_context, request, "refused.html", context={"form": words}, status=404)
