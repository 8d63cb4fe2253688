"""Access policy: one table, :data:`POLICY`, of who may see or do what and where, and the functions that query it.

Nothing else compares roles. The table is checked where data is read or written (:mod:`queries.row_filter` turns its
answers into conditions on rows), not only in the menu. ``docs/rights.md`` is generated from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from data.language import N_, DomainError


class Role(StrEnum):
    """Roles of accounts; ``PUBLIC`` is anyone, if the operator enables it."""

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

ACCOUNT_ROLES = tuple(role for role in Role if role is not Role.PUBLIC)
"""Roles that accounts have."""

# The column of an account that says where it acts; other roles act in the whole country.
PLACE_COLUMNS: Mapping[Role, str] = {
    Role.REGIONAL: "region_soato",
    Role.DISTRICT: "district_soato",
    Role.COORDINATOR: "district_soato",
    Role.NGO: "ngo_id",
}


class ScopeKind(StrEnum):
    """Level of a scope."""

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
        """Return the whole country."""
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
    """Person that asks: the role and where it acts. ``region_soato`` is set for district roles too."""

    role: Role
    account_id: int | None = None
    login: str = ""
    region_soato: str | None = None
    district_soato: str | None = None
    ngo_id: int | None = None

    @classmethod
    def visitor(cls) -> Actor:
        """Return the actor of a visitor without an account."""
        return cls(Role.PUBLIC)

    @property
    def is_signed_in(self) -> bool:
        """Whether the actor has an account."""
        return self.role is not Role.PUBLIC

    @property
    def home_scope(self) -> Scope:
        """Scope that the actor works in."""
        match PLACE_COLUMNS.get(self.role):
            case "region_soato" if self.region_soato:
                return Scope.region(self.region_soato)
            case "district_soato" if self.district_soato:
                return Scope.district(self.district_soato)
            case "ngo_id" if self.ngo_id is not None:
                return Scope.ngo(self.ngo_id)
            case _:
                return Scope.nation()


class Where(StrEnum):
    """Places where a role may perform an action.

    In its own area, of an NGO a leader sees what the NGO did there; of its own NGO, a person sees it in any area.
    """

    ANYWHERE = "anywhere"
    OWN_AREA = "own area"
    OWN_AREA_AND_SUMS = "own area; every region and the nation as a whole"
    OWN_NGO = "own NGO"


class Action(StrEnum):
    """Actions that the policy permits or forbids."""

    SEE_INDICATORS = "see_indicators"
    SEE_TRACK_RECORDS = "see_track_records"
    SEE_METHOD = "see_method"
    CHOOSE_AREA = "choose_area"
    SEE_SUMS = "see_sums"
    SEE_EVALUATIONS = "see_evaluations"
    SEE_FORMALITY = "see_formality"
    SEE_RECORDS = "see_records"
    SEE_ATTENTION = "see_attention"
    READ_SINGLE_EVALUATIONS = "read_single_evaluations"
    READ_OWN_EVALUATIONS = "read_own_evaluations"
    EVALUATE_EVENT = "evaluate_event"
    CONFIRM_ANSWER = "confirm_answer"
    ANSWER_RECOMMENDATION = "answer_recommendation"
    REOPEN_EVENT = "reopen_event"
    SEE_MEETINGS = "see_meetings"
    PREPARE_PACK = "prepare_pack"
    OPEN_PACK = "open_pack"
    TAKE_DECISION = "take_decision"
    REPORT_DECISION = "report_decision"
    EDIT_RECORDS = "edit_records"
    PROPOSE_EVENT = "propose_event"
    ANSWER_PROPOSAL = "answer_proposal"
    ASK_INFORMATION = "ask_information"
    ANSWER_REQUEST = "answer_request"
    EDIT_REFERENCE = "edit_reference"
    IMPORT_WORKBOOK = "import_workbook"
    MANAGE_OWN_ACCOUNT = "manage_own_account"
    CHOOSE_NOTICES = "choose_notices"
    MANAGE_ACCOUNTS = "manage_accounts"
    SEE_AUDIT = "see_audit"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Roles that may perform an action, and where; a role that is not listed may not.

    ``text`` and ``condition`` (what else must be true) are printed in ``docs/rights.md``. ``is_of_areas``: the action
    is never asked for on a single NGO.
    """

    text: str
    who: Mapping[Role, Where]
    condition: str = ""
    is_of_areas: bool = False


def _leaders(own: Where = Where.OWN_AREA) -> dict[Role, Where]:
    return {
        Role.NATIONAL: Where.ANYWHERE,
        Role.REGIONAL: own,
        Role.DISTRICT: own,
        Role.COORDINATOR: own,
        Role.ADMIN: Where.ANYWHERE,
    }


_EVERYONE = dict.fromkeys(Role, Where.ANYWHERE)
_NGO = {Role.NGO: Where.OWN_NGO}
_COORDINATORS = {Role.COORDINATOR: Where.OWN_AREA, Role.ADMIN: Where.ANYWHERE}
_ADMIN = {Role.ADMIN: Where.ANYWHERE}

POLICY: Mapping[Action, Rule] = {
    Action.SEE_INDICATORS: Rule(
        text="See the published figures: indicators, targets, effectiveness, status of memoranda by district",
        who=_EVERYONE,
        condition="The figures of a single NGO are not published: they are for those who see its records.",
        is_of_areas=True,
    ),
    Action.SEE_TRACK_RECORDS: Rule(
        text="See the public track record of each NGO, and the support given to NGOs",
        who=_EVERYONE,
        condition="Where the operator has opened the product to the public (`PUBLIC_VIEW`). Name, STIR, home district, "
        "memoranda in force, events held by year and direction; nothing from evaluations.",
        is_of_areas=True,
    ),
    Action.SEE_METHOD: Rule(text="Read how the figures are made", who=_EVERYONE),
    Action.CHOOSE_AREA: Rule(
        text="Choose an area on the pages",
        who={**_EVERYONE, Role.REGIONAL: Where.OWN_AREA_AND_SUMS},
        is_of_areas=True,
    ),
    Action.SEE_SUMS: Rule(
        text="See sums that are not published: events by direction, planned and actual, forecasts, ratings, "
        "problems met",
        who={**_leaders(Where.OWN_AREA_AND_SUMS), **_NGO},
        condition="A confidential evaluation counts only once it is released together with at least 4 others, "
        "all by at least 3 NGOs.",
    ),
    Action.SEE_EVALUATIONS: Rule(
        text="Open the page of evaluations",
        who=_leaders(Where.OWN_AREA_AND_SUMS),
        condition="Each part of the page shows what the other rows of this table allow.",
        is_of_areas=True,
    ),
    Action.SEE_FORMALITY: Rule(
        text="See how many mahallas, events and NGOs of a district look formal",
        who=_leaders(Where.ANYWHERE),
        condition="The rows behind a number are for those who see the area's records. Only named evaluations count.",
        is_of_areas=True,
    ),
    Action.SEE_RECORDS: Rule(
        text="See records in full: memoranda, events, obligations, recommendations, who has not evaluated",
        who={**_leaders(), **_NGO},
        condition="A recommendation is shown from the day of its release on; of a confidential one neither NGO nor "
        "event. An NGO sees its own from the first day. Holidays are the same for everyone.",
    ),
    Action.SEE_ATTENTION: Rule(
        text="See what needs attention now, and what falls due in the coming months", who=_leaders()
    ),
    Action.READ_SINGLE_EVALUATIONS: Rule(
        text="Read what a single NGO said: comments, figures of its evaluations, its name beside a recommendation",
        who={
            Role.REGIONAL: Where.OWN_AREA,
            Role.DISTRICT: Where.OWN_AREA,
            Role.COORDINATOR: Where.OWN_AREA,
            Role.NGO: Where.OWN_NGO,
            Role.ADMIN: Where.ANYWHERE,
        },
        condition="Leaders read named evaluations only, and none that corrects one which was released among "
        "confidential ones.",
    ),
    Action.READ_OWN_EVALUATIONS: Rule(
        text="Read one's own evaluations, confidential ones too, and all figures made of them",
        who=_NGO,
    ),
    Action.EVALUATE_EVENT: Rule(
        text="Evaluate a joint event, correct the evaluation",
        who=_NGO,
        condition="The NGO took part, the event is recorded as held, and its evaluation is open.",
    ),
    Action.CONFIRM_ANSWER: Rule(
        text="Confirm or reopen the answer to a recommendation",
        who=_NGO,
        condition="Its own recommendation; one that was declined twice is not reopened.",
    ),
    Action.ANSWER_RECOMMENDATION: Rule(
        text="Answer a recommendation, report it done",
        who=_COORDINATORS,
        condition="From the day of its release on.",
    ),
    Action.REOPEN_EVENT: Rule(
        text="Open a closed event again for evaluation",
        who=_COORDINATORS,
        condition="The event was held; for at most 90 days, with a reason.",
    ),
    Action.SEE_MEETINGS: Rule(text="See meetings and their decisions", who=_leaders(), is_of_areas=True),
    Action.PREPARE_PACK: Rule(text="Prepare the pack of a meeting", who=_leaders(), is_of_areas=True),
    Action.OPEN_PACK: Rule(
        text="Open a pack and its files",
        who=_leaders(),
        condition="Who may not read what a single NGO said gets the pack without it.",
        is_of_areas=True,
    ),
    Action.TAKE_DECISION: Rule(text="Record a meeting, take a decision", who=_leaders(), is_of_areas=True),
    Action.REPORT_DECISION: Rule(
        text="Report a decision done, correct it",
        who=_leaders(),
        is_of_areas=True,
    ),
    Action.EDIT_RECORDS: Rule(
        text="Enter, correct, withdraw and restore memoranda, obligations, plan items, events, requests, support, "
        "trainings and awards",
        who=_COORDINATORS,
        condition="An event that an NGO has evaluated is not withdrawn.",
    ),
    Action.PROPOSE_EVENT: Rule(
        text="Propose a joint event or a plan item",
        who=_NGO,
        condition="To its home district, or one where it has a memorandum; the NGO sees its own proposals only.",
    ),
    Action.ANSWER_PROPOSAL: Rule(
        text="Accept or decline a proposal of an NGO",
        who=_COORDINATORS,
        condition="Once; a proposal is declined with a reason.",
    ),
    Action.ASK_INFORMATION: Rule(
        text="Ask the other side for information",
        who={**_COORDINATORS, **_NGO},
        condition="An NGO asks its home district, or one where it has a memorandum. Never about a named person.",
    ),
    Action.ANSWER_REQUEST: Rule(
        text="Answer a request for information",
        who={**_COORDINATORS, **_NGO},
        condition="Once, by the side that did not ask; an NGO answers requests to itself.",
    ),
    Action.EDIT_REFERENCE: Rule(
        text="Enter and correct NGOs, mahallas, inhabitants, offences, targets, holidays, and evaluations sent on "
        "paper; merge mahallas that were entered twice",
        who=_ADMIN,
    ),
    Action.IMPORT_WORKBOOK: Rule(
        text="Upload a workbook, see past uploads and undo them",
        who=_COORDINATORS,
        condition="Only sheets and districts whose records the person may enter; a coordinator sees its own uploads.",
    ),
    Action.MANAGE_OWN_ACCOUNT: Rule(
        text="See and end one's own sessions, change one's password and language",
        who=dict.fromkeys(ACCOUNT_ROLES, Where.ANYWHERE),
        condition="Only of the account itself; a new password needs the old one.",
    ),
    Action.CHOOSE_NOTICES: Rule(
        text="Choose which notices come, and how; make a calendar link",
        who=dict.fromkeys(ACCOUNT_ROLES, Where.ANYWHERE),
        condition="For the own account alone. Notices and calendar hold what the person may see, nothing confidential.",
    ),
    Action.MANAGE_ACCOUNTS: Rule(
        text="Make accounts and their links, change role and place, deactivate and reactivate, end sessions",
        who=_ADMIN,
        condition="Nobody sees or sets another's password. An administrator does not change role or state of its own "
        "account, and one who can sign in is always left.",
    ),
    Action.SEE_AUDIT: Rule(
        text="See and download the audit log",
        who=_ADMIN,
        condition="Without the entries that would tell who sent a confidential evaluation. A download is an entry too.",
    ),
}


class ForbiddenError(DomainError):
    """Raised where the actor has no right to the action."""

    def __init__(self) -> None:
        super().__init__(N_("Your role does not allow this."))


def where_may(actor: Actor, action: Action) -> Where | None:
    """Return where the actor may perform the action; None: nowhere."""
    return POLICY[action].who.get(actor.role)


def roles_with(action: Action) -> tuple[Role, ...]:
    """Return the roles that may perform the action somewhere."""
    return tuple(POLICY[action].who)


def permitted_actions(actor: Actor) -> frozenset[Action]:
    """Return the actions that the actor may perform somewhere."""
    return frozenset(action for action in Action if may(actor, action))


def may(actor: Actor, action: Action, place: Scope | None = None, *, region_soato: str | None = None) -> bool:
    """Return whether the actor may perform the action in a place; without a place, whether anywhere at all.

    ``region_soato`` is the region of a district: without it, a district is in nobody's region.
    """
    where = where_may(actor, action)
    if where is None or place is None:
        return where is not None
    if place.kind is ScopeKind.NGO and POLICY[action].is_of_areas:
        return False
    if where is Where.OWN_NGO:
        return actor.ngo_id is not None and (place.kind is not ScopeKind.NGO or place == actor.home_scope)
    if where is Where.OWN_AREA_AND_SUMS and place.kind in {ScopeKind.NATION, ScopeKind.REGION}:
        return True
    return where is Where.ANYWHERE or _is_of_own_area(actor.home_scope, place, region_soato)


def _is_of_own_area(home: Scope, place: Scope, region_soato: str | None) -> bool:
    """Return whether a place is the home area or in it; an NGO counts in any area, restricted to what it did there."""
    if home.kind not in {ScopeKind.REGION, ScopeKind.DISTRICT}:
        return False
    is_inside = place.kind is ScopeKind.DISTRICT and home == Scope(ScopeKind.REGION, region_soato or "")
    return place == home or is_inside or place.kind is ScopeKind.NGO


def require(actor: Actor, action: Action, place: Scope | None = None, *, region_soato: str | None = None) -> None:
    """Raise :class:`ForbiddenError` unless :func:`may` is true."""
    if not may(actor, action, place, region_soato=region_soato):
        raise ForbiddenError


def sees_in_full(actor: Actor, place: Scope, *, region_soato: str | None = None) -> bool:
    """Return whether the actor sees everyone's records in an area, not only those of its own NGO."""
    is_own = where_may(actor, Action.SEE_RECORDS) is Where.OWN_NGO
    return not is_own and may(actor, Action.SEE_RECORDS, place, region_soato=region_soato)
