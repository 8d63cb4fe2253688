"""A database of an earlier version with rows in it comes to the newest schema and back, on both databases."""

from __future__ import annotations

from datetime import date

from alembic import command
from sqlalchemy import Engine, func, select, text, update

from data.codes import Visibility
from data.database.engine import reading, writing
from data.database.migrate import alembic_config, is_current, migrate
from data.schema import Evaluation, EvaluationDraft, EvaluationDraftAnswer, Recommendation, StaleCell
from tests.data.test_aggregates import assert_exact
from tests.worlds import make_evaluation, make_event, make_ngo, make_recommendation

BEFORE_DRAFTS = "0003"
HELD, SENT, WRITTEN = date(2025, 3, 1), date(2025, 3, 4), date(2025, 3, 5)


def _settle(engine: Engine) -> dict[Visibility | None, int]:
    """A named, a confidential and a further evaluation (by None), each with a recommendation: their ids."""
    made: dict[Visibility | None, int] = {}
    with writing(engine) as connection:
        for kind in (Visibility.NAMED, Visibility.CONFIDENTIAL, None):
            ngo = make_ngo(connection)
            event = make_event(connection, event_date=HELD, ngo_ids=(ngo,))
            evaluation = make_evaluation(
                connection,
                event_id=event,
                ngo_id=ngo,
                submitted_date=SENT,
                mark=4,
                visibility=kind or Visibility.CONFIDENTIAL,
            )
            make_recommendation(connection, evaluation_id=evaluation, created_date=WRITTEN)
            made[kind] = evaluation
    return made


def _downgrade(engine: Engine) -> None:
    with writing(engine) as connection:
        command.downgrade(alembic_config(connection), BEFORE_DRAFTS)


def test_rows_of_an_earlier_version_are_kept_and_named_recommendations_stay_open(engine: Engine) -> None:
    made = _settle(engine)
    _downgrade(engine)
    with writing(engine) as connection:
        assert not is_current(connection)
        kept = connection.execute(text("SELECT count(*) FROM recommendation WHERE created_date = '2025-03-05'"))
        assert kept.scalar_one() == len(made)
        connection.execute(update(Evaluation).where(Evaluation.id == made[None]).values(state_code="draft"))
    migrate(engine)
    with reading(engine) as connection:
        assert is_current(connection)
        released = dict(connection.execute(select(Recommendation.evaluation_id, Recommendation.released_date)).all())
        keys = connection.scalars(select(Recommendation.public_id)).all()
        marks = connection.scalars(select(Evaluation.mark_mean).order_by(Evaluation.id)).all()
    assert released == {made[Visibility.NAMED]: WRITTEN, made[Visibility.CONFIDENTIAL]: None}
    assert sorted(map(len, set(keys))) == [32, 32]
    assert marks == [4.0, 4.0]


def test_a_draft_of_an_earlier_version_goes_on_as_a_draft(engine: Engine) -> None:
    made = _settle(engine)
    _downgrade(engine)
    with writing(engine) as connection:
        connection.execute(update(Evaluation).where(Evaluation.id == made[None]).values(state_code="draft"))
    migrate(engine)
    with reading(engine) as connection:
        assert connection.scalar(select(func.count()).select_from(EvaluationDraft)) == 1
        answers = dict(connection.execute(select(EvaluationDraftAnswer.item_code, EvaluationDraftAnswer.value)).all())
    assert answers["preparation"] == "4"
    assert answers["visibility"] == Visibility.CONFIDENTIAL


def test_sums_are_exact_after_going_back_and_forth(engine: Engine) -> None:
    _settle(engine)
    assert_exact(engine)
    _downgrade(engine)
    migrate(engine)
    with reading(engine) as connection:
        assert connection.scalar(select(func.count()).select_from(StaleCell))
    assert_exact(engine)
    with writing(engine) as connection:
        connection.execute(update(Evaluation).values(is_current=False))
    assert_exact(engine)
