"""Whose receipt it is: the NGO that sent the evaluation, and the district of the event."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from data.language import Language
from data.rights import Actor
from data.schema import District, Ngo
from queries.evaluation_standing import evaluating_ngo

_DISTRICT_NAMES = {
    Language.UZ_LATN: District.name_uz_latn,
    Language.UZ_CYRL: District.name_uz_cyrl,
    Language.RU: District.name_ru,
    Language.EN: District.name_en,
}


@dataclass(frozen=True)
class ReceiptParties:
    """Names as a receipt shows them."""

    ngo: str
    district: str


def receipt_parties(connection: Connection, actor: Actor, *, district_soato: str, language: Language) -> ReceiptParties:
    """The name of the actor's NGO and of a district in a language. Raises ForbiddenError."""
    of_ngo = select(Ngo.name).where(Ngo.id == evaluating_ngo(actor))
    of_district = select(_DISTRICT_NAMES[language]).where(District.soato == district_soato)
    return ReceiptParties(
        ngo=connection.execute(of_ngo).scalar_one(), district=connection.execute(of_district).scalar_one()
    )
