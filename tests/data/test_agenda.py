"""The agenda of a meeting: what belongs to it, and in which order."""

from __future__ import annotations

import pytest

from data.agenda import EmptyAgendaError, agenda_for, chosen_agenda
from data.codes import AgendaItem
from data.policy import ScopeKind

WIDE = {AgendaItem.MAP, AgendaItem.TIERS, AgendaItem.MOVERS, AgendaItem.HELP}


def test_every_meeting_opens_with_what_was_decided_and_ends_with_what_to_decide() -> None:
    for kind in (ScopeKind.NATION, ScopeKind.REGION, ScopeKind.DISTRICT):
        agenda = agenda_for(kind)
        assert (agenda[0], agenda[-1]) == (AgendaItem.LAST_DECISIONS, AgendaItem.PROPOSALS)


def test_a_district_does_not_compare_districts_and_wider_areas_do() -> None:
    assert WIDE.isdisjoint(agenda_for(ScopeKind.DISTRICT))
    assert set(agenda_for(ScopeKind.DISTRICT)) | WIDE == set(AgendaItem)
    assert set(agenda_for(ScopeKind.REGION)) == set(agenda_for(ScopeKind.NATION)) == set(AgendaItem)


def test_an_ngo_has_no_coordination_meeting() -> None:
    with pytest.raises(ValueError, match="NGO"):
        agenda_for(ScopeKind.NGO)


def test_chosen_items_come_in_the_order_of_the_meeting_and_once() -> None:
    chosen = [AgendaItem.PROPOSALS, AgendaItem.MEMORANDA, AgendaItem.LAST_DECISIONS, AgendaItem.MEMORANDA]
    in_order = (AgendaItem.LAST_DECISIONS, AgendaItem.MEMORANDA, AgendaItem.PROPOSALS)
    assert chosen_agenda(ScopeKind.DISTRICT, chosen) == in_order


def test_an_empty_agenda_is_refused_in_words() -> None:
    with pytest.raises(EmptyAgendaError):
        chosen_agenda(ScopeKind.DISTRICT, [])


def test_an_item_that_the_meeting_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="map"):
        chosen_agenda(ScopeKind.DISTRICT, [AgendaItem.MAP])
