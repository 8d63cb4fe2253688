"""Codes of the domain with their labels. The code is stored; the label is a message for the catalogues."""

from __future__ import annotations

from enum import StrEnum
from typing import Self, TypeAlias

from data.language import N_


class Labelled(StrEnum):
    """A code with its label, a message; members of two enums never share one."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member


class AreaLevel(Labelled):
    """Levels of an area that has meetings or targets of its own."""

    NATION = "nation", N_("Nation")
    REGION = "region", N_("Region")
    DISTRICT = "district", N_("District or city")


class Direction(Labelled):
    """Direction (subject) of a joint event, plan item or memorandum."""

    INFORMATION_EXCHANGE = "information_exchange", N_("Information exchange")
    LEGAL_OUTREACH = "legal_outreach", N_("Legal outreach")
    SOCIAL_HELP = "social_help", N_("Social help")
    REHABILITATION = "rehabilitation", N_("Social rehabilitation and adaptation")
    YOUTH_WORK = "youth_work", N_("Youth work")
    AT_RISK_WORK = "at_risk_work", N_("Work with at-risk groups")
    VICTIM_SUPPORT = "victim_support", N_("Victim support")
    PUBLIC_OVERSIGHT = "public_oversight", N_("Public oversight")


class EventForm(Labelled):
    """Form of a joint event."""

    LECTURE = "lecture", N_("Lecture or outreach talk")
    SEMINAR = "seminar", N_("Seminar")
    CONFERENCE = "conference", N_("Conference")
    TRAINING = "training", N_("Training")
    PREVENTIVE_MEETING = "preventive_meeting", N_("Preventive meeting")
    SOCIAL_AID_ACTION = "social_aid_action", N_("Social aid action")
    OPEN_LESSON = "open_lesson", N_("Open lesson")
    PREVENTION_DAY = "prevention_day", N_("Prevention day")
    RAID = "raid", N_("Raid or inspection")


class EventState(Labelled):
    """State of a joint event."""

    PLANNED = "planned", N_("Planned")
    HELD = "held", N_("Held")
    CANCELLED = "cancelled", N_("Cancelled")


class EntryState(Labelled):
    """State of an entry of plan and events on a day: of an event, or of a plan item that no event names.

    Overdue is what should have been held by then and is neither recorded as held nor as cancelled.
    """

    HELD = "entry_held", N_("Held")
    PLANNED = "entry_planned", N_("Planned")
    OVERDUE = "entry_overdue", N_("Overdue")
    CANCELLED = "entry_cancelled", N_("Cancelled")


class Partner(Labelled):
    """Other bodies that take part in an event."""

    MAHALLA_SEVEN = "mahalla_seven", N_("Mahalla seven")
    PROBATION = "probation", N_("Probation service")
    EDUCATION = "education", N_("Schools and universities")
    HEALTH = "health", N_("Health bodies")
    EMPLOYMENT = "employment", N_("Employment bodies")
    PROSECUTOR_COUNCIL = "prosecutor_council", N_("Coordination council of the prosecutor")
    VOLUNTEERS = "volunteers", N_("Volunteer groups of citizens")


class SupportKind(Labelled):
    """Forms of support named in a memorandum or given to an NGO."""

    VENUE = "venue", N_("Venue")
    TRANSPORT = "transport", N_("Transport")
    PRINTED_MATTER = "printed_matter", N_("Printed matter")
    EQUIPMENT = "equipment", N_("Equipment")
    GRANT = "grant", N_("Grant")


class MemorandumStatus(Labelled):
    """Status of a memorandum on a date, best first; ``NONE`` is a district without any."""

    IN_FORCE = "in_force", N_("In force")
    EXPIRING = "expiring", N_("Expiring")
    UPCOMING = "upcoming", N_("Upcoming")
    DRAFT = "draft", N_("Draft")
    EXPIRED = "expired", N_("Expired")
    TERMINATED = "terminated", N_("Terminated")
    NONE = "none", N_("No memorandum")


class InForce(Labelled):
    """Memoranda in force that the register can be narrowed to, beside those of one status."""

    RUNNING = "running", N_("In force, expiring ones too")
    ON_PAPER = "on_paper", N_("On paper only")


RegisterState: TypeAlias = MemorandumStatus | InForce


class Party(Labelled):
    """Parties of a memorandum."""

    NGO = "ngo", N_("NGO")
    POLICE = "police", N_("Internal affairs bodies")


class ObligationState(Labelled):
    """State of an obligation on a day."""

    OPEN = "open", N_("Open")
    OVERDUE = "overdue", N_("Overdue")
    FULFILLED = "fulfilled", N_("Fulfilled in time")
    FULFILLED_LATE = "fulfilled_late", N_("Fulfilled late")


class RequestKind(Labelled):
    """Kinds of information requests."""

    STATISTICS = "statistics", N_("Statistics and analysis")
    ARRANGEMENTS = "arrangements", N_("Arrangements for an event")
    LEGAL_INFORMATION = "legal_information", N_("Legal information")
    PLANS_AND_REPORTS = "plans_and_reports", N_("Plans and reports")
    OTHER = "other", N_("Other request")


class TrainingAudience(Labelled):
    """Audience of a training."""

    INSPECTORS = "inspectors", N_("Prevention inspectors")
    NGO = "ngo", N_("NGO staff")


class AwardRecipient(Labelled):
    """Recipients of an award."""

    NGO = "ngo", N_("An NGO")
    CITIZENS = "citizens", N_("Citizens")


class AwardKind(Labelled):
    """Kinds of awards."""

    LETTER = "letter", N_("Letter of thanks")
    GIFT = "gift", N_("Gift")
    MONEY = "money", N_("Money award")


class AwardGround(Labelled):
    """Grounds of an award for active part in prevention."""

    PREVENTION = "prevention", N_("Active part in prevention events")
    REPORTING = "reporting", N_("Reporting an offence prepared or committed")
    DETENTION = "detention", N_("Help in finding or detaining offenders")
    PUBLIC_ORDER = "public_order", N_("Help in keeping public order")
    YOUTH = "youth", N_("Prevention among young people")
    ADAPTATION = "adaptation", N_("Help in rehabilitation and adaptation")
    OTHER = "other", N_("Other ground")


class DecisionState(Labelled):
    """State of a meeting's decision on a day; an open one is overdue after its due date."""

    OPEN = "open", N_("Open")
    OVERDUE = "overdue", N_("Overdue")
    DONE = "done", N_("Done in time")
    DONE_LATE = "done_late", N_("Done late")


class DecisionCauseKind(Labelled):
    """Kinds of causes of a decision."""

    INDICATOR = "indicator", N_("Indicator")
    RECOMMENDATION = "recommendation", N_("Recommendation")
    OBLIGATION = "obligation", N_("Obligation")
    MEMORANDUM = "memorandum", N_("Memorandum")
    REQUEST = "request", N_("Information request")
    DECISION = "decision", N_("Earlier decision")


class FormalityReason(Labelled):
    """Reasons why cooperation looks done for form's sake: for review, never a conclusion."""

    ONE_EVENT_A_YEAR = "one_event_a_year", N_("One event a year in the mahalla")
    QUARTER_END = "quarter_end", N_("Events crowded into the last five days of a quarter")
    ALL_FIVES = "all_fives", N_("Nothing but fives")
    SAME_TEXT = "same_text", N_("The same text sent twice")
    NO_PLAN_ITEM = "no_plan_item", N_("Events without a plan item")
    NEVER_ANSWERED = "never_answered", N_("No recommendation ever answered")


class AttentionKind(Labelled):
    """Kinds of things that need someone's attention."""

    EXPIRING = "expiring", N_("Memoranda that expire within 90 days")
    ON_PAPER = "on_paper", N_("Memoranda on paper only")
    OBLIGATION_OVERDUE = "obligation_overdue", N_("Overdue obligations")
    RECOMMENDATION_OVERDUE = "recommendation_overdue", N_("Overdue recommendations")
    DECISION_OVERDUE = "decision_overdue", N_("Overdue decisions of meetings")
    EVENT_PASSED = "event_passed", N_("Planned events past their day")
    NOT_EVALUATED = "not_evaluated", N_("Events that no NGO has evaluated")
    REQUEST_OVERDUE = "request_overdue", N_("Overdue information requests")
    REQUEST_DUE = "request_due", N_("Information requests due within 3 working days")
    PROPOSAL_WAITING = "proposal_waiting", N_("Proposals of NGOs that wait for an answer")


class AttentionOwner(Labelled):
    """Who has to act on what needs attention; the first two have the codes of :class:`Party`."""

    NGO = "ngo", N_("NGO")
    POLICE = "police", N_("Internal affairs bodies")
    COORDINATOR = "coordinator", N_("District coordinator")
    NAMED = "named", N_("The owner of the decision")


class OutlookKind(Labelled):
    """Kinds of things that fall due in the next months."""

    PLAN_ITEM = "plan_item", N_("Plan items without an event")
    EVENT = "event", N_("Planned joint events")
    MEMORANDUM = "memorandum", N_("Memoranda whose term ends")
    OBLIGATION = "obligation", N_("Obligations due")
    REQUEST = "request", N_("Answers to requests due")
    ANSWER = "answer", N_("Answers to recommendations due")
    RECOMMENDATION = "recommendation", N_("Recommendations to be carried out")
    DECISION = "decision", N_("Decisions of meetings due")
    EVALUATION = "evaluation", N_("Evaluations that close")


class DayKind(Labelled):
    """What a day is that differs from the week."""

    DAY_OFF = "day_off", N_("Day off")
    WORKING = "working", N_("Working day")


class ProposalKind(Labelled):
    """Things that an NGO proposes."""

    EVENT = "event", N_("Joint event")
    PLAN_ITEM = "plan_item", N_("Plan item")


class ProposalState(Labelled):
    """States of an NGO's proposal."""

    PROPOSED = "proposed", N_("Waits for an answer")
    ACCEPTED = "accepted", N_("Accepted")
    DECLINED = "declined", N_("Declined")


class NoticeKind(Labelled):
    """Kinds of notices that a person may switch off; :mod:`data.notices.kinds` says who gets which."""

    REQUEST_ASKED = "request_asked", N_("New information requests")
    REQUEST_ANSWERED = "request_answered", N_("Answers to information requests")
    REQUEST_DEADLINE = "request_deadline", N_("Deadlines of information requests")
    PROPOSAL_MADE = "proposal_made", N_("New proposals of joint events and plan items")
    PROPOSAL_ANSWERED = "proposal_answered", N_("Answers to proposals of joint events and plan items")
    RECOMMENDATION_ANSWERED = "recommendation_answered", N_("Answers to recommendations")
    OBLIGATION_DEADLINE = "obligation_deadline", N_("Deadlines of obligations")
    MEMORANDUM_EXPIRY = "memorandum_expiry", N_("Expiry of memoranda")
    EVALUATION_CLOSING = "evaluation_closing", N_("Last days to evaluate an event")
    WEEKLY_SUMMARY = "weekly_summary", N_("Weekly summary")


class NoticeStage(StrEnum):
    """What a notice tells of its kind: how a thing was answered, or how near or past a deadline is."""

    TOLD = "told"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DONE = "done"
    DUE = "due"
    OVERDUE = "overdue"
    QUARTER = "90_days"
    MONTH = "30_days"


class NoticeChannel(Labelled):
    """Ways on which notices reach people."""

    MAIL = "mail", N_("E-mail")
    TELEGRAM = "telegram", N_("Telegram")


class DeliveryState(Labelled):
    """State of a notice on one channel; ``UNKNOWN``: whether it arrived cannot be known, so it is not sent again."""

    WAITING = "waiting", N_("To be sent")
    SENDING = "sending", N_("Being sent")
    SENT = "sent", N_("Delivered to the channel")
    FAILED = "failed", N_("Not delivered")
    UNKNOWN = "unknown", N_("Outcome unknown")


class DeliveryFault(Labelled):
    """Why a delivery did not succeed; the texts of servers are not kept, as they may repeat secrets."""

    UNREACHABLE = "unreachable", N_("The server cannot be reached")
    TIMEOUT = "timeout", N_("The server does not answer in time")
    NOT_TRUSTED = "not_trusted", N_("The connection to the server cannot be encrypted or trusted")
    SIGN_IN_REFUSED = "sign_in_refused", N_("The server refuses the user, password or token of the settings")
    SENDER_REFUSED = "sender_refused", N_("The server refuses the sender address of the settings")
    RECIPIENT_REFUSED = "recipient_refused", N_("The server refuses the recipient")
    MESSAGE_REFUSED = "message_refused", N_("The server refuses the message")
    BLOCKED = "blocked", N_("The person has blocked the bot, so the chat was unlinked")
    NO_ADDRESS = "no_address", N_("The person has left the channel, or the account was switched off or changed")
    INTERRUPTED = "interrupted", N_("The sender was interrupted, or the connection was lost while sending")


class CalendarKind(Labelled):
    """Kinds of days in a person's calendar; the label names the day, ``{number}`` the thing."""

    REQUEST = "request", N_("Answer to information request {number} is due")
    OBLIGATION = "obligation", N_("Obligation of memorandum {number} is due")
    MEMORANDUM = "memorandum", N_("Memorandum {number}: last day in force")
    EVENT = "event", N_("Planned joint event {number}")
    EVALUATION = "evaluation", N_("Last day to evaluate joint event {number}")
    RECOMMENDATION = "recommendation", N_("Recommendation after joint event {number} is to be done")
    DECISION = "decision", N_("Decision of meeting {number} is due")


class YesNo(Labelled):
    """Answer to a question that has no third one; stored as a truth value."""

    YES = "yes", N_("Yes")
    NO = "no", N_("No")


class WouldRepeat(Labelled):
    """Answer to whether the NGO would hold the event again."""

    YES = "yes", N_("Yes")
    NO = "no", N_("No")
    UNSURE = "unsure", N_("Not sure")


class Visibility(Labelled):
    """Visibility of an evaluation."""

    NAMED = "named", N_("Named")
    CONFIDENTIAL = "confidential", N_("Confidential")


class EvaluationState(StrEnum):
    """State of an evaluation."""

    DRAFT = "draft"
    SUBMITTED = "submitted"


class EvaluationItem(Labelled):
    """Seven rated items of an evaluation; each is rated 1-5 or not applicable (null)."""

    PREPARATION = "preparation", N_("Preparation")
    READINESS = "readiness", N_("Readiness of the inspector")
    TIMELINESS = "timeliness", N_("Information in time")
    ROLES = "roles", N_("Division of roles")
    RESOURCES = "resources", N_("Resources")
    NEEDS = "needs", N_("Fit to the needs")
    RESULT = "result", N_("Result")


class DraftItem(StrEnum):
    """Items of a draft beside the seven ratings; an answer's ``item_code`` is one of these or an EvaluationItem."""

    WOULD_REPEAT = "would_repeat"
    PARTICIPANTS = "participants"
    PROBLEMS = "problems"
    OTHER_PROBLEM = "other_problem"
    COMMENT = "comment"
    RECOMMENDATION = "recommendation"
    VISIBILITY = "visibility"


class RecommendationAction(Labelled):
    """Actions of either side on a recommendation: the steps of its thread."""

    ASSIGNED = "assigned", N_("Owner and deadline set")
    ACCEPTED = "accepted", N_("Accepted")
    DECLINED = "declined", N_("Declined")
    DONE = "done", N_("Reported as done")
    CONFIRMED = "confirmed", N_("Confirmed and closed")
    REOPENED = "reopened", N_("Reopened")


class Problem(Labelled):
    """Problems met at a joint event."""

    NO_LEGAL_BASIS = "no_legal_basis", N_("No legal basis")
    INFORMAL = "informal", N_("Informal cooperation")
    INFORMATION_LATE = "information_late", N_("Information came late")
    NOT_DIGITAL = "not_digital", N_("Exchange is not digital")
    LACK_OF_MEANS = "lack_of_means", N_("Lack of equipment, transport or funds")
    UNEQUAL_GRANTS = "unequal_grants", N_("Unequal grants")
    NO_EXPERIENCE = "no_experience", N_("No experience or training")
    DISTRUST = "distrust", N_("Distrust of NGOs")
    GOALS_UNKNOWN = "goals_unknown", N_("Goals of NGOs are unknown")
    ONE_OFF = "one_off", N_("One-off or formal event")
    UNCLEAR_RESPONSIBILITY = "unclear_responsibility", N_("Unclear responsibility")
    WEAK_COORDINATION = "weak_coordination", N_("Weak coordination")
    INSPECTOR_OVERLOADED = "inspector_overloaded", N_("Inspector is overloaded")
    OTHER = "other", N_("Other problem")


class RecommendationState(Labelled):
    """State of a recommendation; ``CLOSED`` is the NGO's confirmation that it was done."""

    NEW = "new", N_("New")
    ACCEPTED = "accepted", N_("Accepted")
    DECLINED = "declined", N_("Declined")
    DONE = "done", N_("Done, awaiting the NGO")
    CLOSED = "closed", N_("Closed by the NGO")


class AgendaItem(Labelled):
    """Agenda items of a coordination meeting; :mod:`data.agenda` has those of each level."""

    LAST_DECISIONS = "last_decisions", N_("What was decided last time")
    MEMORANDA = "memoranda", N_("Memoranda and their expiry")
    INDICATORS = "indicators", N_("Indicators beside targets, other areas and the year before")
    MAP = "map", N_("Map of the districts")
    TIERS = "tiers", N_("Tiers of districts")
    MOVERS = "movers", N_("Districts whose index rose clearly")
    HELP = "help", N_("Districts that need help")
    PLAN = "plan", N_("Plan execution")
    EVENTS = "events", N_("Joint events by direction")
    RATINGS = "judgement", N_("How NGOs rate the events")
    COMMENTS = "voices", N_("What the NGOs said")
    PROBLEMS = "problems", N_("Problems met")
    RECOMMENDATIONS = "recommendations", N_("Recommendations: answered and overdue")
    PROPOSALS = "proposals", N_("Proposals for this meeting")


class HelpReason(Labelled):
    """Reasons why a district needs help, the most pressing first."""

    NO_MEMORANDUM = "no_memorandum", N_("No memorandum in force")
    LOWER_TIER = "lower_tier", N_("Index clearly in the lower half")
    OVERDUE = "overdue", N_("Overdue obligations, answers and decisions")
    ON_PAPER = "on_paper", N_("Memoranda on paper only")


class When(StrEnum):
    """Time of a value: in the pack's period, in the same months of the year before, or in the previous pack.

    ``BEFORE`` is the period just before, which packs of the first format were compared with.
    """

    NOW = "now"
    YEAR_BEFORE = "year_before"
    BEFORE = "before"
    LAST_PACK = "last_pack"


class ProposalBasis(StrEnum):
    """Basis of a proposal: a value that misses its target or is worse than that of all others, or something overdue.

    Packs of the first format compared with the region and the nation themselves.
    """

    TARGET = "target"
    OTHERS = "others"
    REGION = "region"
    NATION = "nation"
    OVERDUE = "overdue"
