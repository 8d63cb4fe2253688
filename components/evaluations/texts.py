"""Texts of the questions of an evaluation and its answers: the same in the form, the review and the receipt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from components.shell.formatter import Formatter
from data.codes import DraftItem, EvaluationItem, Problem, Visibility, WouldRepeat
from data.evaluations import NOT_APPLICABLE, Item, problems_of
from data.language import N_, Translator

HIGHEST_RATING = 5


@dataclass(frozen=True)
class Question:
    """Question about an item; ``low`` and ``high`` say what the ratings 1 and 5 mean, ``hint`` how to answer."""

    item: Item
    text: str
    low: str = ""
    high: str = ""
    hint: str = ""


RATING_QUESTIONS = (
    Question(
        EvaluationItem.PREPARATION, N_("Was the event well prepared?"), N_("not prepared"), N_("very well prepared")
    ),
    Question(
        EvaluationItem.READINESS,
        N_("Was the prevention inspector ready to cooperate?"),
        N_("not ready at all"),
        N_("fully ready"),
    ),
    Question(
        EvaluationItem.TIMELINESS,
        N_("Did you get information about the event in time?"),
        N_("too late or not at all"),
        N_("everything in time"),
    ),
    Question(
        EvaluationItem.ROLES,
        N_("Was it clear who does what?"),
        N_("not clear at all"),
        N_("fully clear"),
    ),
    Question(
        EvaluationItem.RESOURCES,
        N_("Were venue, transport and materials provided?"),
        N_("nothing was provided"),
        N_("everything was provided"),
    ),
    Question(
        EvaluationItem.NEEDS,
        N_("Did the event fit the needs of the mahalla?"),
        N_("not at all"),
        N_("fully"),
    ),
    Question(
        EvaluationItem.RESULT,
        N_("Did the participants benefit?"),
        N_("no result"),
        N_("a clear result"),
    ),
)
REPEAT_QUESTION = Question(DraftItem.WOULD_REPEAT, N_("Would you hold this event again?"))
PROBLEM_QUESTION = Question(DraftItem.PROBLEMS, N_("Which problems did you meet? (choose any)"))
PARTICIPANTS_QUESTION = Question(DraftItem.PARTICIPANTS, N_("How many participants did you count? (optional)"))
TEXT_QUESTIONS = (
    Question(
        DraftItem.COMMENT,
        N_("Your comment (optional)"),
        hint=N_("Name no persons and no phone or passport numbers."),
    ),
    Question(
        DraftItem.RECOMMENDATION,
        N_("What do you recommend? (optional)"),
        hint=N_("The district answers a recommendation, and you confirm when it is done."),
    ),
)
OTHER_PROBLEM_QUESTION = Question(DraftItem.OTHER_PROBLEM, N_("Which other problem?"))
VISIBILITY_QUESTION = Question(DraftItem.VISIBILITY, N_("Who may see this evaluation?"))
VISIBILITY_EXPLAINED: Mapping[Visibility, str] = {
    Visibility.NAMED: N_("The district sees your answers with the name of your organisation."),
    Visibility.CONFIDENTIAL: N_(
        "The district sees them only in sums of at least 5 evaluations by at least 3 NGOs, and your recommendation "
        "later, without your name and the event."
    ),
}
ITEM_LABELS: Mapping[Item, str] = {
    **{item: item.label for item in EvaluationItem},
    DraftItem.WOULD_REPEAT: N_("Would hold it again"),
    DraftItem.PARTICIPANTS: N_("Participants counted"),
    DraftItem.PROBLEMS: N_("Problems met"),
    DraftItem.OTHER_PROBLEM: N_("Other problem"),
    DraftItem.COMMENT: N_("Comment"),
    DraftItem.RECOMMENDATION: N_("Recommendation"),
    DraftItem.VISIBILITY: N_("Who may see it"),
}
LONG_ITEMS = frozenset({DraftItem.PROBLEMS, DraftItem.OTHER_PROBLEM, DraftItem.COMMENT, DraftItem.RECOMMENDATION})


@dataclass(frozen=True)
class AnswerText:
    """One answer as text; a long one is shown below its label."""

    label: str
    text: str
    is_long: bool = False


def rating_text(rating: str, translate: Translator) -> str:
    """Return a rating as a button shows it."""
    return translate("Not applicable") if rating == NOT_APPLICABLE else rating


def _answer_text(item: Item, answer: str, fmt: Formatter) -> str:
    translate = fmt.translate
    if item in tuple(EvaluationItem):
        if answer == NOT_APPLICABLE:
            return translate("Not applicable")
        return translate("{mark} of {highest}", mark=answer, highest=HIGHEST_RATING)
    if item is DraftItem.WOULD_REPEAT:
        return translate(WouldRepeat(answer).label)
    if item is DraftItem.VISIBILITY:
        return translate(Visibility(answer).label)
    if item is DraftItem.PARTICIPANTS:
        return fmt.number(int(answer))
    return answer


def answer_texts(answers: Mapping[str, str], fmt: Formatter) -> list[AnswerText]:
    """Return the given answers by label, in the form's order; texts of people as they are, not escaped."""
    translate = fmt.translate
    texts = []
    for item, label in ITEM_LABELS.items():
        answer = answers.get(item.value, "")
        if item is DraftItem.PROBLEMS:
            text = "; ".join(translate(problem.label) for problem in problems_of(answers))
        elif item is DraftItem.OTHER_PROBLEM and Problem.OTHER not in problems_of(answers):
            text = ""
        else:
            text = _answer_text(item, answer, fmt) if answer else ""
        if text:
            texts.append(AnswerText(translate(label), text, item in LONG_ITEMS))
    return texts


_LINE = "padding:.35rem 0;border-bottom:1px solid #dbe2ea"
_SHORT = f"{_LINE};display:flex;justify-content:space-between;gap:1rem"
_LABEL = "color:#46566a;font-weight:400"
_TEXT = "margin:0;font-weight:500;white-space:pre-wrap;overflow-wrap:anywhere"
_SHORT_TEXT = "margin:0;font-weight:500;white-space:nowrap"


def answers_html(texts: list[AnswerText]) -> str:
    """Return an HTML description list of answers; what people typed is escaped."""
    pairs = "".join(
        f'<div style="{_LINE if one.is_long else _SHORT}"><dt style="{_LABEL}">{escape(one.label)}</dt>'
        f'<dd style="{_TEXT if one.is_long else _SHORT_TEXT}">{escape(one.text)}</dd></div>'
        for one in texts
    )
    return f'<dl style="margin:0;padding:0">{pairs}</dl>'
