"""Public pages of lists: memoranda by district, NGOs with the track record of each, support given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from components.shell.formatter import Formatter, is_missing
from data.codes import Direction, MemorandumStatus, SupportKind
from data.open_data import AREA, YEAR
from data.texts.search_keys import search_key
from web.open_data.public_page import NGOS_PATH, Cell, Context, PublicPage, no_page


def show_districts(page: PublicPage) -> Response:
    """Show the status of memoranda of each district."""
    translate, fmt = page.translate, page.fmt
    frame = page.narrowed("memorandum_status")
    key = search_key(page.asked.find)
    if key:
        frame = frame[[key in search_key(page.places.names[code]) for code in frame[AREA]]]
    order = {status.value: place for place, status in enumerate(MemorandumStatus)}
    frame = frame.sort_values("status_code", key=lambda codes: -codes.map(order), kind="stable")
    counts = frame["status_code"].value_counts()
    labels = ((translate(status.label), int(counts.get(status.value, 0))) for status in MemorandumStatus)

    def cells(row: Mapping[Any, Any]) -> list[Cell]:
        return [
            page.district(row[AREA]),
            Cell(page.places.region(row[AREA])),
            Cell(translate(MemorandumStatus(row["status_code"]).label)),
            *(_number(fmt, row[name]) for name in ("in_force", "on_paper")),
        ]

    headings = [translate("District or city"), translate("Region"), translate("Memorandum status")]
    headings += [translate("In force"), translate("On paper only")]
    return page.respond(
        "open_list.html",
        form={
            "title": translate("Memoranda by district"),
            "text": translate("A district has the status of the best of its memoranda. Its name leads to its figures."),
            "summary": "; ".join(f"{label}: {fmt.number(number)}" for label, number in labels if number),
        },
        filters=page.filters(translate("Name of the district")),
        table=page.listed(frame, headings, cells),
    )


def show_ngos(page: PublicPage) -> Response:
    """Show the NGOs of an area."""
    translate, fmt = page.translate, page.fmt
    frame = page.narrowed("ngos")
    key = search_key(page.asked.find)
    if key:
        is_found = [
            key in search_key(name) or key == stir for name, stir in zip(frame["ngo_name"], frame["stir"], strict=True)
        ]
        frame = frame[is_found]

    def cells(row: Mapping[Any, Any]) -> list[Cell]:
        return [
            Cell(row["ngo_name"], page.link(f"{NGOS_PATH}/{row['stir']}")),
            Cell(row["stir"]),
            page.district(row[AREA]),
            *(_number(fmt, row[name]) for name in ("in_force", "events_held")),
        ]

    headings = [translate("NGO"), translate("STIR"), translate("Home district")]
    headings += [translate("Memoranda in force"), translate("Events held")]
    return page.respond(
        "open_list.html",
        form={
            "title": translate("NGOs"),
            "text": translate("What each organisation signed and held together with prevention inspectors."),
            "summary": "",
        },
        filters=page.filters(translate("Name or STIR")),
        table=page.listed(frame, headings, cells),
    )


def show_ngo(page: PublicPage) -> Response:
    """Show the track record of one NGO."""
    translate, fmt = page.translate, page.fmt
    stir = page.request.path_params["stir"]
    found = page.store.frame("ngos")
    found = found[found["stir"] == stir]
    if found.empty:
        return no_page(page.server_context, page.request)
    ngo = found.iloc[0]
    facts = [
        (translate("STIR"), Cell(stir)),
        (translate("Home district"), page.district(ngo[AREA])),
        (translate("State"), Cell(translate("Active") if ngo["is_active"] else translate("No longer active"))),
    ]
    back = page.link(NGOS_PATH, area=ngo[AREA])
    return page.respond(
        "open_ngo.html",
        form={
            "title": ngo["ngo_name"],
            "back": translate("NGOs of the district"),
            "none": translate("None is recorded."),
        },
        facts=facts,
        back=back,
        tables=[_memoranda_of(page, stir), _events_of(page, stir), _support_of(page, stir)],
        total=translate("Joint events held: {number}", number=fmt.number(int(ngo["events_held"]))),
    )


def _memoranda_of(page: PublicPage, stir: str) -> Context:
    translate, fmt, frame = page.translate, page.fmt, page.store.frame("ngo_memoranda")
    rows = [
        [
            Cell(row["number"]),
            page.district(row[AREA]),
            Cell(translate(MemorandumStatus(row["status_code"]).label)),
            Cell(fmt.date(row["signed_date"])),
            Cell(fmt.date(row["expiry_date"])),
        ]
        for row in frame[frame["stir"] == stir].to_dict("records")
    ]
    headings = [translate("Number"), translate("District or city"), translate("Status"), translate("Signed")]
    return {"title": translate("Memoranda in force"), "headings": [*headings, translate("Expires")], "rows": rows}


def _events_of(page: PublicPage, stir: str) -> Context:
    """Return the events of an NGO by direction, with a column for each year."""
    translate, fmt, frame = page.translate, page.fmt, page.store.frame("ngo_events")
    own = frame[frame["stir"] == stir]
    held = {(row["direction_code"], row[YEAR]): row["events_held"] for row in own.to_dict("records")}
    years = sorted({year for _, year in held})
    directions = [direction for direction in Direction if any(code == direction for code, _ in held)]

    def line(label: str, codes: Sequence[str]) -> list[Cell]:
        counts = (sum(held.get((code, year), 0) for code in codes) for year in years)
        return [Cell(label), *(_number(fmt, count) for count in counts)]

    rows = [line(translate(direction.label), [direction.value]) for direction in directions]
    if rows:
        rows.append(line(translate("All directions"), [direction.value for direction in directions]))
    headings = [translate("Direction"), *(str(year) for year in years)]
    return {"title": translate("Joint events held, by direction and year"), "headings": headings, "rows": rows}


def _support_of(page: PublicPage, stir: str) -> Context:
    translate, frame = page.translate, page.store.frame("support")
    rows = [_support_cells(page, row, has_ngo=False) for row in frame[frame["stir"] == stir].to_dict("records")]
    return {"title": translate("Support received"), "headings": _support_headings(page, has_ngo=False), "rows": rows}


def show_support(page: PublicPage) -> Response:
    """Show the support given in an area and year."""
    translate, fmt = page.translate, page.fmt
    frame = page.narrowed("support")
    key = search_key(page.asked.find)
    if key:
        texts = zip(frame["ngo_name"], frame["source"], strict=True)
        frame = frame[[key in search_key(name) or key in search_key(source) for name, source in texts]]
    years = sorted(page.store.frame("support")[YEAR].unique().tolist(), reverse=True)
    amount = int(frame["amount_uzs"].fillna(0).sum())
    return page.respond(
        "open_list.html",
        form={
            "title": translate("Support given to NGOs"),
            "text": translate("Venues, transport, printed matter, equipment and grants, as districts recorded them."),
            "summary": translate("Amounts in all: {amount} soʻm", amount=fmt.number(amount)),
        },
        filters=page.filters(translate("NGO or source"), years),
        table=page.listed(frame, _support_headings(page), lambda row: _support_cells(page, row, has_ngo=True)),
    )


def _support_headings(page: PublicPage, *, has_ngo: bool = True) -> list[str]:
    translate = page.translate
    first = [translate("Date"), *([translate("NGO")] if has_ngo else [])]
    return [
        *first,
        translate("District or city"),
        translate("Form of support"),
        translate("Amount, soʻm"),
        translate("Source"),
    ]


def _support_cells(page: PublicPage, row: Mapping[Any, Any], *, has_ngo: bool) -> list[Cell]:
    amount = row["amount_uzs"]
    ngo = Cell(row["ngo_name"], page.link(f"{NGOS_PATH}/{row['stir']}"))
    return [
        Cell(page.fmt.date(row["support_date"])),
        *([ngo] if has_ngo else []),
        page.district(row[AREA]),
        Cell(page.translate(SupportKind(row["kind_code"]).label)),
        Cell("–", is_number=True) if is_missing(amount) else _number(page.fmt, amount),
        Cell(row["source"] or "–"),
    ]


def _number(fmt: Formatter, number: float) -> Cell:
    return Cell(fmt.number(number), is_number=True)
