"""Agenda of a coordination meeting by the level of its area; each meeting opens with its last decisions."""

from __future__ import annotations

from collections.abc import Sequence

from data.codes import AgendaItem
from data.language import N_, DomainError
from data.policy import ScopeKind

_OF_WIDER_SCOPES = frozenset({AgendaItem.MAP, AgendaItem.TIERS, AgendaItem.MOVERS, AgendaItem.HELP})


class EmptyAgendaError(DomainError):
    """Raised where no agenda item was chosen."""

    def __init__(self) -> None:
        super().__init__(N_("Choose at least one item of the agenda. Nothing was finalised yet."))


def agenda_for(kind: ScopeKind) -> tuple[AgendaItem, ...]:
    """Return all items for a nation, region or district in the order of the meeting. Raises ValueError for an NGO."""
    if kind is ScopeKind.NGO:
        raise ValueError("coordination meetings are held by areas, not by NGOs")
    if kind is ScopeKind.DISTRICT:
        return tuple(item for item in AgendaItem if item not in _OF_WIDER_SCOPES)
    return tuple(AgendaItem)


def chosen_agenda(kind: ScopeKind, chosen: Sequence[AgendaItem]) -> tuple[AgendaItem, ...]:
    """Return the chosen items in the order of the meeting, each once.

    Raises EmptyAgendaError; ValueError for an item that a meeting of this kind does not have.
    """
    every = agenda_for(kind)
    if strange := set(chosen) - set(every):
        raise ValueError(f"not on the agenda of a {kind}: {sorted(strange)}")
    if not chosen:
        raise EmptyAgendaError
    return tuple(item for item in every if item in chosen)
