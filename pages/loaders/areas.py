"""Areas to choose from, named in the reader's language."""

from __future__ import annotations

from sqlalchemy import Connection

from components.shell.areas import AreaBook, make_area_book
from components.shell.cache import cached_query
from data.language import Translator
from data.policy import Actor, Scope
from queries.directory.areas import districts, regions


def load_area_book(translate: Translator) -> AreaBook:
    """Return the nation, its regions and its districts."""
    return cached_query(_read_book, translate=translate)


def _read_book(connection: Connection, actor: Actor, *, translate: Translator) -> AreaBook:
    return make_area_book(regions(connection, actor), districts(connection, actor, scope=Scope.nation()), translate)
