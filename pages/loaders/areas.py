"""Areas to choose from, named in the reader's language."""

from __future__ import annotations

from sqlalchemy import Connection

from components.shell.areas import AreaDirectory, make_area_directory
from components.shell.cache import cached_reference
from data.language import Translator
from data.policy import Actor, Scope
from queries.directory.areas import districts, regions, successions


def load_area_directory(translate: Translator) -> AreaDirectory:
    """Return the nation, its regions and its districts."""
    return cached_reference(_read_directory, translate=translate)


def _read_directory(connection: Connection, actor: Actor, *, translate: Translator) -> AreaDirectory:
    return make_area_directory(
        regions(connection, actor),
        districts(connection, actor, scope=Scope.nation()),
        successions(connection, actor),
        translate,
    )
