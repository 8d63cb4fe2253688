"""Form of a proposal of an NGO. It is no register: an accepted proposal becomes an event or a plan item."""

from __future__ import annotations

from data.codes import Direction, EventForm, ProposalKind
from data.language import N_, Wording
from data.policy import Action
from data.registers.declaration import FieldKind, RegisterSheet, SheetField
from data.registers.shared import DISTRICT

PROPOSAL_FORM = RegisterSheet(
    "proposals",
    Wording("Proposals"),
    Wording("Proposals of NGOs"),
    key="title",
    written_by=Action.PROPOSE_EVENT,
    fields=(
        DISTRICT,
        SheetField("kind", FieldKind.CHOICE, Wording("What do you propose?"), is_required=True, choices=ProposalKind),
        SheetField(
            "wanted_date",
            FieldKind.DATE,
            Wording("Day"),
            is_required=True,
            note=N_("Of a plan item only the month counts."),
        ),
        SheetField("direction", FieldKind.CHOICE, Wording("Direction"), is_required=True, choices=Direction),
        SheetField("form", FieldKind.CHOICE, Wording("Form"), is_required=True, choices=EventForm),
        SheetField("title", FieldKind.TEXT, Wording("What it is about"), is_required=True),
    ),
)
