"""Who may do what, and where: roles, rights and scopes, declared once and checked where data is read or written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from data.language import N_, DomainError


class Role(StrEnum):
    """Roles of accounts; ``PUBLIC`` is anyone, if the operator turns it on."""

    NATIONAL = "national"
    REGIONAL = "regional"
    DISTRICT = "district"
    COORDINATOR = "coordinator"
    NGO = "ngo"
    ADMIN = "admin"
    PUBLIC = "public"


ROLE_LABELS: Mapping[Role, str] = {
    Role.NATIONAL: N_("National leadership"),
    Role.REGIONAL: N_("Regional leadership"),
    Role.DISTRICT: N_("District leadership"),
    Role.COORDINATOR: N_("District coordinator"),
    Role.NGO: N_("NGO representative"),
    Role.ADMIN: N_("Administrator"),
    Role.PUBLIC: N_("Visitor"),
}


class ScopeKind(StrEnum):
    """How wide a scope is."""

    NATION = "nation"
    REGION = "region"
    DISTRICT = "district"
    NGO = "ngo"


@dataclass(frozen=True)
class Scope:
    """A nation, region, district or NGO; ``code`` is empty, a SOATO code or the NGO's id as text."""

    kind: ScopeKind
    code: str = ""

    @classmethod
    def nation(cls) -> Scope:
        """The whole country."""
        return cls(ScopeKind.NATION)

    @classmethod
    def region(cls, soato: str) -> Scope:
        """One region."""
        return cls(ScopeKind.REGION, soato)

    @classmethod
    def district(cls, soato: str) -> Scope:
        """One district."""
        return cls(ScopeKind.DISTRICT, soato)

    @classmethod
    def ngo(cls, ngo_id: int) -> Scope:
        """One NGO."""
        return cls(ScopeKind.NGO, str(ngo_id))


@dataclass(frozen=True)
class Actor:
    """Who asks: the role and where it acts. ``region_soato`` is set for district roles too."""

    role: Role
    account_id: int | None = None
    login: str = ""
    region_soato: str | None = None
    district_soato: str | None = None
    ngo_id: int | None = None

    @property
    def home_scope(self) -> Scope:
        """The scope that the actor works in."""
        if self.role is Role.REGIONAL and self.region_soato:
            return Scope.region(self.region_soato)
        if self.role in {Role.DISTRICT, Role.COORDINATOR} and self.district_soato:
            return Scope.district(self.district_soato)
        if self.role is Role.NGO and self.ngo_id is not None:
            return Scope.ngo(self.ngo_id)
        return Scope.nation()


class Right(StrEnum):
    """What a role may do."""

    SEE_INDICATORS = "see_indicators"
    SEE_ATTENTION = "see_attention"
    SEE_RECORDS = "see_records"
    SEE_EVALUATIONS = "see_evaluations"
    SEE_METHOD = "see_method"
    MAKE_PACK = "make_pack"
    TAKE_DECISION = "take_decision"
    WRITE_DISTRICT = "write_district"
    WRITE_EVALUATION = "write_evaluation"
    IMPORT = "import"
    MANAGE_ACCOUNTS = "manage_accounts"
    SEE_AUDIT = "see_audit"


_LEADERSHIP = frozenset(
    {
        Right.SEE_INDICATORS,
        Right.SEE_ATTENTION,
        Right.SEE_RECORDS,
        Right.SEE_EVALUATIONS,
        Right.SEE_METHOD,
        Right.MAKE_PACK,
        Right.TAKE_DECISION,
    }
)
RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.NATIONAL: _LEADERSHIP,
    Role.REGIONAL: _LEADERSHIP,
    Role.DISTRICT: _LEADERSHIP,
    Role.COORDINATOR: _LEADERSHIP | {Right.WRITE_DISTRICT},
    Role.NGO: frozenset({Right.SEE_INDICATORS, Right.SEE_RECORDS, Right.SEE_METHOD, Right.WRITE_EVALUATION}),
    Role.ADMIN: _LEADERSHIP | {Right.WRITE_DISTRICT, Right.IMPORT, Right.MANAGE_ACCOUNTS, Right.SEE_AUDIT},
    Role.PUBLIC: frozenset({Right.SEE_INDICATORS, Right.SEE_METHOD}),
}


class ForbiddenError(DomainError):
    """The actor has no right to this."""

    def __init__(self) -> None:
        super().__init__(N_("Your role does not allow this."))


def require(actor: Actor, right: Right) -> None:
    """Raise :class:`ForbiddenError` unless the actor's role has the right."""
    if right not in RIGHTS[actor.role]:
        raise ForbiddenError


def may_see_records(actor: Actor, *, region_soato: str, district_soato: str) -> bool:
    """Whether the actor sees a district in full (its memoranda, events and people to act), not only its indicators.

    National leadership sees everything aggregated, so it sees registers of memoranda but no evaluations of one NGO;
    that second rule belongs to the queries on evaluations.
    """
    if Right.SEE_RECORDS not in RIGHTS[actor.role]:
        return False
    if actor.role in {Role.NATIONAL, Role.ADMIN}:
        return True
    if actor.role is Role.REGIONAL:
        return actor.region_soato == region_soato
    return actor.district_soato == district_soato
