"""Codes of the domain and their words. The code is stored; the label is a message for the catalogues."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from data.language import N_


class AreaKind(StrEnum):
    """Kinds of region and district."""

    REGION = "region"
    REPUBLIC = "republic"
    CITY = "city"
    DISTRICT = "district"


class Direction(StrEnum):
    """What a joint event, a plan item or a memorandum is about."""

    INFORMATION_EXCHANGE = "information_exchange"
    LEGAL_OUTREACH = "legal_outreach"
    SOCIAL_HELP = "social_help"
    REHABILITATION = "rehabilitation"
    YOUTH_WORK = "youth_work"
    AT_RISK_WORK = "at_risk_work"
    VICTIM_SUPPORT = "victim_support"
    PUBLIC_OVERSIGHT = "public_oversight"


class EventForm(StrEnum):
    """In what form a joint event is held."""

    LECTURE = "lecture"
    SEMINAR = "seminar"
    CONFERENCE = "conference"
    TRAINING = "training"
    PREVENTIVE_MEETING = "preventive_meeting"
    SOCIAL_AID_ACTION = "social_aid_action"
    OPEN_LESSON = "open_lesson"
    PREVENTION_DAY = "prevention_day"
    RAID = "raid"


class EventState(StrEnum):
    """State of a joint event."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Partner(StrEnum):
    """Others who take part in an event."""

    MAHALLA_SEVEN = "mahalla_seven"
    PROBATION = "probation"
    EDUCATION = "education"
    HEALTH = "health"
    EMPLOYMENT = "employment"
    PROSECUTOR_COUNCIL = "prosecutor_council"
    VOLUNTEERS = "volunteers"


class SupportKind(StrEnum):
    """Forms of support named in a memorandum or given to an NGO."""

    VENUE = "venue"
    TRANSPORT = "transport"
    PRINTED_MATTER = "printed_matter"
    EQUIPMENT = "equipment"
    GRANT = "grant"


class MemorandumStatus(StrEnum):
    """Status of a memorandum on a date, best first; ``NONE`` is a district without any."""

    IN_FORCE = "in_force"
    EXPIRING = "expiring"
    UPCOMING = "upcoming"
    DRAFT = "draft"
    EXPIRED = "expired"
    TERMINATED = "terminated"
    NONE = "none"


class Party(StrEnum):
    """Sides of a memorandum."""

    NGO = "ngo"
    POLICE = "police"


class ObligationState(StrEnum):
    """State of an obligation on a day."""

    OPEN = "open"
    OVERDUE = "overdue"
    FULFILLED = "fulfilled"
    FULFILLED_LATE = "fulfilled_late"


class AttentionKind(StrEnum):
    """Kinds of things that need someone's attention."""

    EXPIRING = "expiring"
    ON_PAPER = "on_paper"
    OBLIGATION_OVERDUE = "obligation_overdue"
    RECOMMENDATION_OVERDUE = "recommendation_overdue"
    NOT_EVALUATED = "not_evaluated"


class WouldRepeat(StrEnum):
    """Would the NGO hold the event again?"""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Visibility(StrEnum):
    """Who may see an evaluation."""

    NAMED = "named"
    CONFIDENTIAL = "confidential"


class EvaluationState(StrEnum):
    """State of an evaluation."""

    DRAFT = "draft"
    SUBMITTED = "submitted"


class EvaluationItem(StrEnum):
    """The seven items of an evaluation; each is marked 1-5 or not applicable (null)."""

    PREPARATION = "preparation"
    READINESS = "readiness"
    TIMELINESS = "timeliness"
    ROLES = "roles"
    RESOURCES = "resources"
    NEEDS = "needs"
    RESULT = "result"


class DraftItem(StrEnum):
    """What a draft holds beside the seven marks; an answer's ``item_code`` is one of these or an EvaluationItem."""

    WOULD_REPEAT = "would_repeat"
    PARTICIPANTS = "participants"
    PROBLEMS = "problems"
    OTHER_PROBLEM = "other_problem"
    COMMENT = "comment"
    RECOMMENDATION = "recommendation"
    VISIBILITY = "visibility"


class RecommendationAction(StrEnum):
    """What either side does with a recommendation: the steps of its thread."""

    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DONE = "done"
    CONFIRMED = "confirmed"
    REOPENED = "reopened"


class Problem(StrEnum):
    """Problems met at a joint event."""

    NO_LEGAL_BASIS = "no_legal_basis"
    INFORMAL = "informal"
    INFORMATION_LATE = "information_late"
    NOT_DIGITAL = "not_digital"
    LACK_OF_MEANS = "lack_of_means"
    UNEQUAL_GRANTS = "unequal_grants"
    NO_EXPERIENCE = "no_experience"
    DISTRUST = "distrust"
    GOALS_UNKNOWN = "goals_unknown"
    ONE_OFF = "one_off"
    UNCLEAR_RESPONSIBILITY = "unclear_responsibility"
    WEAK_COORDINATION = "weak_coordination"
    INSPECTOR_OVERLOADED = "inspector_overloaded"
    OTHER = "other"


class RecommendationState(StrEnum):
    """State of a recommendation; ``CLOSED`` is the NGO's confirmation that it was done."""

    NEW = "new"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DONE = "done"
    CLOSED = "closed"


LABELS: Mapping[StrEnum, str] = {
    Direction.INFORMATION_EXCHANGE: N_("Information exchange"),
    Direction.LEGAL_OUTREACH: N_("Legal outreach"),
    Direction.SOCIAL_HELP: N_("Social help"),
    Direction.REHABILITATION: N_("Social rehabilitation and adaptation"),
    Direction.YOUTH_WORK: N_("Youth work"),
    Direction.AT_RISK_WORK: N_("Work with at-risk groups"),
    Direction.VICTIM_SUPPORT: N_("Victim support"),
    Direction.PUBLIC_OVERSIGHT: N_("Public oversight"),
    EventForm.LECTURE: N_("Lecture or outreach talk"),
    EventForm.SEMINAR: N_("Seminar"),
    EventForm.CONFERENCE: N_("Conference"),
    EventForm.TRAINING: N_("Training"),
    EventForm.PREVENTIVE_MEETING: N_("Preventive meeting"),
    EventForm.SOCIAL_AID_ACTION: N_("Social aid action"),
    EventForm.OPEN_LESSON: N_("Open lesson"),
    EventForm.PREVENTION_DAY: N_("Prevention day"),
    EventForm.RAID: N_("Raid or inspection"),
    EventState.PLANNED: N_("Planned"),
    EventState.HELD: N_("Held"),
    EventState.CANCELLED: N_("Cancelled"),
    Partner.MAHALLA_SEVEN: N_("Mahalla seven"),
    Partner.PROBATION: N_("Probation service"),
    Partner.EDUCATION: N_("Schools and universities"),
    Partner.HEALTH: N_("Health bodies"),
    Partner.EMPLOYMENT: N_("Employment bodies"),
    Partner.PROSECUTOR_COUNCIL: N_("Coordination council of the prosecutor"),
    Partner.VOLUNTEERS: N_("Volunteer groups of citizens"),
    SupportKind.VENUE: N_("Venue"),
    SupportKind.TRANSPORT: N_("Transport"),
    SupportKind.PRINTED_MATTER: N_("Printed matter"),
    SupportKind.EQUIPMENT: N_("Equipment"),
    SupportKind.GRANT: N_("Grant"),
    MemorandumStatus.IN_FORCE: N_("In force"),
    MemorandumStatus.EXPIRING: N_("Expiring"),
    MemorandumStatus.UPCOMING: N_("Upcoming"),
    MemorandumStatus.DRAFT: N_("Draft"),
    MemorandumStatus.EXPIRED: N_("Expired"),
    MemorandumStatus.TERMINATED: N_("Terminated"),
    MemorandumStatus.NONE: N_("No memorandum"),
    Party.NGO: N_("NGO"),
    Party.POLICE: N_("Internal affairs bodies"),
    ObligationState.OPEN: N_("Open"),
    ObligationState.OVERDUE: N_("Overdue"),
    ObligationState.FULFILLED: N_("Fulfilled in time"),
    ObligationState.FULFILLED_LATE: N_("Fulfilled late"),
    WouldRepeat.YES: N_("Yes"),
    WouldRepeat.NO: N_("No"),
    WouldRepeat.UNSURE: N_("Not sure"),
    Visibility.NAMED: N_("Named"),
    Visibility.CONFIDENTIAL: N_("Confidential"),
    EvaluationItem.PREPARATION: N_("Preparation"),
    EvaluationItem.READINESS: N_("Readiness of the inspector"),
    EvaluationItem.TIMELINESS: N_("Information in time"),
    EvaluationItem.ROLES: N_("Division of roles"),
    EvaluationItem.RESOURCES: N_("Resources"),
    EvaluationItem.NEEDS: N_("Fit to the needs"),
    EvaluationItem.RESULT: N_("Result"),
    Problem.NO_LEGAL_BASIS: N_("No legal basis"),
    Problem.INFORMAL: N_("Informal cooperation"),
    Problem.INFORMATION_LATE: N_("Information came late"),
    Problem.NOT_DIGITAL: N_("Exchange is not digital"),
    Problem.LACK_OF_MEANS: N_("Lack of equipment, transport or funds"),
    Problem.UNEQUAL_GRANTS: N_("Unequal grants"),
    Problem.NO_EXPERIENCE: N_("No experience or training"),
    Problem.DISTRUST: N_("Distrust of NGOs"),
    Problem.GOALS_UNKNOWN: N_("Goals of NGOs are unknown"),
    Problem.ONE_OFF: N_("One-off or formal event"),
    Problem.UNCLEAR_RESPONSIBILITY: N_("Unclear responsibility"),
    Problem.WEAK_COORDINATION: N_("Weak coordination"),
    Problem.INSPECTOR_OVERLOADED: N_("Inspector is overloaded"),
    Problem.OTHER: N_("Other problem"),
    RecommendationState.NEW: N_("New"),
    RecommendationState.ACCEPTED: N_("Accepted"),
    RecommendationState.DECLINED: N_("Declined"),
    RecommendationState.DONE: N_("Done, awaiting the NGO"),
    RecommendationState.CLOSED: N_("Closed by the NGO"),
}

# Codes of one kind may equal those of another ("expiring" is a status too), so these have a mapping of their own.
ATTENTION_LABELS: Mapping[AttentionKind, str] = {
    AttentionKind.EXPIRING: N_("Memorandum is about to expire"),
    AttentionKind.ON_PAPER: N_("Memorandum is on paper only"),
    AttentionKind.OBLIGATION_OVERDUE: N_("Obligation is overdue"),
    AttentionKind.RECOMMENDATION_OVERDUE: N_("Recommendation is overdue"),
    AttentionKind.NOT_EVALUATED: N_("Event is not evaluated"),
}
