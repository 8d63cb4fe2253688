"""What is told of requests, proposals and recommendations, and to whom.

Of a recommendation only a named one is told, to the NGO that made it: a message about a confidential one, to anybody
and at any time, could point at the NGO.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from data.codes import NoticeKind, NoticeStage, Party, ProposalState, RecommendationAction
from data.policy import Scope
from data.schema import Evaluation, InformationRequest, JointEvent, Recommendation
from queries.evaluations.visibility import is_open_to_leaders
from queries.notices.outbox import News, tell

REQUEST_PATH, PROPOSALS_PATH, NGO_PATH = "/desk?record={}", "/plan?view=proposals", "/ngo?record={}"
EVALUATION_PATH, MEMORANDUM_PATH = "/my-evaluations", "/memorandum?record={}"
OVERVIEW_PATH, DISTRICT_PATH = "/overview", "/district"
_ANSWERS = {
    RecommendationAction.ACCEPTED: NoticeStage.ACCEPTED,
    RecommendationAction.DECLINED: NoticeStage.DECLINED,
    RecommendationAction.DONE: NoticeStage.DONE,
}


def side_place(side: Party, *, district_soato: str, ngo_id: int) -> Scope:
    """Return where the people of a side are: in the district, or in the NGO."""
    return Scope.district(district_soato) if side is Party.POLICE else Scope.ngo(ngo_id)


def tell_request(connection: Connection, request_id: int, *, is_answer: bool, now: datetime) -> None:
    """Tell the other side that a request was asked, or the asking one that it was answered."""
    row = connection.execute(select(InformationRequest.__table__).where(InformationRequest.id == request_id)).one()
    asking = Party(row.asked_by_code)
    told = asking if is_answer else next(side for side in Party if side is not asking)
    tell(
        connection,
        News(
            kind=NoticeKind.REQUEST_ANSWERED if is_answer else NoticeKind.REQUEST_ASKED,
            place=side_place(told, district_soato=row.district_soato, ngo_id=row.ngo_id),
            key=str(request_id),
            path=REQUEST_PATH.format(request_id),
            number=row.number,
            day=row.answered_date if is_answer else row.due_date,
        ),
        now=now,
    )


def tell_proposal(
    connection: Connection, *, proposal_id: int, district_soato: str, proposed_date: date, now: datetime
) -> None:
    """Tell the coordinators of a district that an NGO proposes something."""
    news = News(
        kind=NoticeKind.PROPOSAL_MADE,
        place=Scope.district(district_soato),
        key=str(proposal_id),
        path=PROPOSALS_PATH,
        day=proposed_date,
    )
    tell(connection, news, now=now)


def tell_proposal_answer(connection: Connection, proposal: Row[Any], state: ProposalState, *, now: datetime) -> None:
    """Tell the NGO that its proposal, a row of ``Proposal``, was accepted or declined."""
    news = News(
        kind=NoticeKind.PROPOSAL_ANSWERED,
        stage=NoticeStage.ACCEPTED if state is ProposalState.ACCEPTED else NoticeStage.DECLINED,
        place=Scope.ngo(proposal.ngo_id),
        key=str(proposal.id),
        path=NGO_PATH.format(proposal.ngo_id),
        day=proposal.proposed_date,
    )
    tell(connection, news, now=now)


def tell_recommendation_step(
    connection: Connection, *, recommendation_id: int, action: RecommendationAction, step_id: int, now: datetime
) -> None:
    """Tell the NGO of an answer to its recommendation, if that was made in a named evaluation."""
    stage = _ANSWERS.get(action)
    if stage is None:
        return
    named = (
        select(Evaluation.ngo_id, JointEvent.number)
        .join(Recommendation, Recommendation.evaluation_id == Evaluation.id)
        .join(JointEvent, JointEvent.id == Evaluation.event_id)
        .where(Recommendation.id == recommendation_id, is_open_to_leaders())
    )
    row = connection.execute(named).one_or_none()
    if row is None:
        return
    news = News(
        kind=NoticeKind.RECOMMENDATION_ANSWERED,
        stage=stage,
        place=Scope.ngo(row.ngo_id),
        key=str(step_id),
        path=EVALUATION_PATH,
        number=row.number,
    )
    tell(connection, news, now=now)
