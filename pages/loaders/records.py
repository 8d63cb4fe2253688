"""Options of the forms of registers, in the reader's words."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from components.registers.options import FormOptions
from components.registers.values import month_names
from components.shell.cache import cached_query
from components.shell.filters import Filters
from components.shell.formatter import Formatter
from data.codes import Direction
from data.database.engine import reading
from data.policy import Actor
from data.registers.entry import LIST_SEPARATOR
from queries.registers.options import DistrictOptions, district_options, ngos_by_stir, writable_districts


def load_writable_districts(actor: Actor, *, register: str) -> tuple[str, ...]:
    """Return the districts (SOATO) for which the actor may enter records of a register."""
    with reading() as connection:
        return writable_districts(connection, actor, register=register)


def load_form_options(
    filters: Filters, fmt: Formatter, *, districts: tuple[str, ...], district_soato: str, year: int
) -> FormOptions:
    """Return the options of a form: the districts that may be chosen, and what there is in the one that is chosen."""
    names = filters.directory.names()
    shown = {soato: names[soato] for soato in districts}
    if not district_soato:
        return FormOptions(districts=shown)
    found: DistrictOptions = cached_query(district_options, district_soato=district_soato, year=year)
    memoranda, items = found.memoranda, found.plan_items
    return FormOptions(
        districts=shown,
        ngos={stir: f"{name} · {stir}" for stir, name in zip(found.ngos["stir"], found.ngos["name"], strict=True)},
        mahallas=tuple(found.mahallas),
        numbers={
            "memoranda": {
                number: f"{number} · {title}"
                for number, title in zip(memoranda["number"], memoranda["title"], strict=True)
            },
            "plans": {str(row["number"]): _item_text(row, fmt) for row in items.to_dict("records")},
        },
        links={
            "ngos": dict(zip(found.ngos["stir"], found.ngos["ngo_id"], strict=True)),
            "mahallas": found.mahallas,
        }
        | {
            register: dict(zip(frame["number"], frame["record_id"], strict=True))
            for register, frame in (("memoranda", memoranda), ("plans", items))
        },
    )


def load_named_ngos(options: FormOptions, texts: Iterable[str]) -> FormOptions:
    """Return the options with every NGO that these texts name, for a list of several districts."""
    named = {stir for text in texts for stir in text.split(LIST_SEPARATOR) if stir}
    unknown = sorted(named - options.ngos.keys())
    if not unknown:
        return options
    with reading() as connection:
        found = ngos_by_stir(connection, stirs=unknown)
    names = {stir: f"{name} · {stir}" for stir, name in zip(found["stir"], found["name"], strict=True)}
    ids = dict(zip(found["stir"], found["ngo_id"], strict=True))
    links = {**options.links, "ngos": {**options.links.get("ngos", {}), **ids}}
    return replace(options, ngos={**options.ngos, **names}, links=links)


def _item_text(row: Mapping[Hashable, Any], fmt: Formatter) -> str:
    """Return a plan item as a form offers it: number, month, mahalla and direction."""
    direction = fmt.translate(Direction(row["direction_code"]).label)
    parts = (row["number"], month_names(fmt)[int(row["month"])], row["mahalla"], direction)
    return " · ".join(str(part) for part in parts if part)
