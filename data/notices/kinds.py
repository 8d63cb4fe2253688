"""Kinds of notices, a row each: who gets it, what it says, and when it comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.codes import NoticeKind, NoticeStage
from data.language import N_, Language, Message, Translator
from data.policy import PLACE_COLUMNS, POLICY, Action, Actor, Role, ScopeKind, may

CHOICES_PATH = "/notices"
"""Path of the page where a person chooses what comes, and how."""
CALENDAR_PATH = "/calendar"
"""Path of the calendars, which their secret follows."""
LONGEST_NUMBER = 40


@dataclass(frozen=True, kw_only=True)
class NoticeRule:
    """Rule of a kind of notice.

    ``actions``: a notice to a district or an NGO goes to the accounts there that may perform this action. ``texts``:
    its one sentence, by stage, with ``{number}`` and ``{date}``. ``when`` says when it comes.
    """

    actions: Mapping[ScopeKind, Action]
    texts: Mapping[NoticeStage, str]
    when: str


_DISTRICT, _NGO = ScopeKind.DISTRICT, ScopeKind.NGO
# The column of an account that says in which place of a kind it acts; the nation is no column's.
_COLUMNS = {ScopeKind.NATION: None, ScopeKind.REGION: "region_soato", _DISTRICT: "district_soato", _NGO: "ngo_id"}

NOTICES: Mapping[NoticeKind, NoticeRule] = {
    NoticeKind.REQUEST_ASKED: NoticeRule(
        actions={_DISTRICT: Action.ANSWER_REQUEST, _NGO: Action.ANSWER_REQUEST},
        texts={NoticeStage.TOLD: N_("Information request {number}: an answer is expected by {date}")},
        when=N_("When the other side asks for information."),
    ),
    NoticeKind.REQUEST_ANSWERED: NoticeRule(
        actions={_DISTRICT: Action.ASK_INFORMATION, _NGO: Action.ASK_INFORMATION},
        texts={NoticeStage.TOLD: N_("Information request {number} was answered")},
        when=N_("When the other side answers a request."),
    ),
    NoticeKind.REQUEST_DEADLINE: NoticeRule(
        actions={_DISTRICT: Action.ANSWER_REQUEST, _NGO: Action.ANSWER_REQUEST},
        texts={
            NoticeStage.DUE: N_("Information request {number}: the answer is due on {date}"),
            NoticeStage.OVERDUE: N_("Information request {number}: the answer was due on {date} and is overdue"),
        },
        when=N_("When an answer of your side is due in 3 working days, and when it is overdue."),
    ),
    NoticeKind.PROPOSAL_MADE: NoticeRule(
        actions={_DISTRICT: Action.ANSWER_PROPOSAL},
        texts={NoticeStage.TOLD: N_("A proposal of an NGO of {date} waits for an answer")},
        when=N_("When an NGO proposes a joint event or a plan item."),
    ),
    NoticeKind.PROPOSAL_ANSWERED: NoticeRule(
        actions={_NGO: Action.PROPOSE_EVENT},
        texts={
            NoticeStage.ACCEPTED: N_("The proposal of your organisation of {date} was accepted"),
            NoticeStage.DECLINED: N_("The proposal of your organisation of {date} was declined"),
        },
        when=N_("When a proposal of your organisation is accepted or declined."),
    ),
    NoticeKind.RECOMMENDATION_ANSWERED: NoticeRule(
        actions={_NGO: Action.CONFIRM_ANSWER},
        texts={
            NoticeStage.ACCEPTED: N_("Your recommendation after joint event {number} was accepted"),
            NoticeStage.DECLINED: N_("Your recommendation after joint event {number} was declined"),
            NoticeStage.DONE: N_("Your recommendation after joint event {number} was reported as done"),
        },
        when=N_(
            "When a named recommendation is answered or reported as done. Of a confidential one no notice is sent: it "
            "could point at your organisation."
        ),
    ),
    NoticeKind.OBLIGATION_DEADLINE: NoticeRule(
        actions={_DISTRICT: Action.EDIT_RECORDS, _NGO: Action.SEE_RECORDS},
        texts={
            NoticeStage.DUE: N_("Memorandum {number}: an obligation is due on {date}"),
            NoticeStage.OVERDUE: N_("Memorandum {number}: an obligation was due on {date} and is overdue"),
        },
        when=N_("When an obligation of your side is due in 7 days, and when it is overdue."),
    ),
    NoticeKind.MEMORANDUM_EXPIRY: NoticeRule(
        actions={_DISTRICT: Action.EDIT_RECORDS},
        texts=dict.fromkeys(
            (NoticeStage.QUARTER, NoticeStage.MONTH), N_("Memorandum {number} is in force until {date}")
        ),
        when=N_("When a memorandum expires in 90 days, and in 30 days."),
    ),
    NoticeKind.EVALUATION_CLOSING: NoticeRule(
        actions={_NGO: Action.EVALUATE_EVENT},
        texts={NoticeStage.DUE: N_("Joint event {number} can be evaluated until {date}")},
        when=N_("When an event that your organisation has not evaluated stays open for 5 more days."),
    ),
    NoticeKind.WEEKLY_SUMMARY: NoticeRule(
        actions=dict.fromkeys((ScopeKind.NATION, ScopeKind.REGION, _DISTRICT), Action.SEE_ATTENTION),
        texts={NoticeStage.TOLD: N_("Summary of the week before {date}")},
        when=N_(
            "On Mondays: what changed in the week before and what needs attention, in numbers, with a PDF of your area."
        ),
    ),
}


def told_roles(kind: NoticeKind, place: ScopeKind) -> frozenset[Role]:
    """Return the roles whose accounts get a notice to such a place: those who act in it and not in a wider one."""
    action = NOTICES[kind].actions.get(place)
    if action is None:
        return frozenset()
    return frozenset(role for role in POLICY[action].who if PLACE_COLUMNS.get(role) == _COLUMNS[place])


def kinds_for(actor: Actor) -> tuple[NoticeKind, ...]:
    """Return the kinds of notices that the actor can get."""
    home = actor.home_scope
    return tuple(
        kind
        for kind, rule in NOTICES.items()
        if home.kind in rule.actions and may(actor, rule.actions[home.kind], home)
    )


@dataclass(frozen=True, kw_only=True)
class NoticeText:
    """What a notice says: kind and stage of the thing, its number and day, and the path of its page."""

    kind: NoticeKind
    stage: NoticeStage
    number: str
    day: date | None
    path: str

    @property
    def message(self) -> Message:
        """The sentence, a message; a number is on one line, and no longer than numbers are."""
        number = " ".join(self.number.split())[:LONGEST_NUMBER]
        return Message(
            NOTICES[self.kind].texts[self.stage],
            {"number": number, "date": "" if self.day is None else f"{self.day:%d.%m.%Y}"},
        )


@dataclass(frozen=True)
class NoticeFile:
    """PDF that goes with a notice."""

    name: str
    content: bytes


FOOTER = N_("You get this because you chose it. What comes, and how: {address}")


def letter(text: NoticeText, *, language: Language, public_address: str, lines: Sequence[str] = ()) -> tuple[str, str]:
    """Return the subject and the body of a notice in a language; ``lines`` stand under its sentence."""
    translate = Translator(language)
    sentence = translate.render(text.message)
    footer = translate(FOOTER, address=f"{public_address}{CHOICES_PATH}")
    body = "\n".join([f"{sentence}.", *lines])
    return f"Hamkor: {sentence}", f"{body}\n\n{public_address}{text.path}\n\n-- \n{footer}\n"


def chat_text(text: NoticeText, *, language: Language, public_address: str, lines: Sequence[str] = ()) -> str:
    """Return a notice as a message of a chat."""
    return "\n".join([f"{Translator(language).render(text.message)}.", *lines, f"{public_address}{text.path}"])
