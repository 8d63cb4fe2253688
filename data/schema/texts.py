"""Keys of the texts of named evaluations, so that repeated texts are found without reading them all."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from data.schema.base import CODE_LENGTH, SOATO_LENGTH, Base

KIND_COMMENT, KIND_RECOMMENDATION = "comment", "recommendation"


class EvaluationText(Base):
    """Comment or recommendation of a named evaluation that counts, under the district and month of its event.

    ``text_key`` is equal for texts that differ in case, script, apostrophes, spaces and punctuation only; very short
    texts are left out. Kept by :mod:`data.aggregates`, as the sums are.
    """

    __tablename__ = "evaluation_text"
    __table_args__ = (
        Index(None, "district_soato", "year_month"),
        Index("ix_evaluation_text_month", "year_month", "district_soato", "ngo_id", "text_key"),
    )

    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id", ondelete="CASCADE"), primary_key=True)
    kind_code: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True)
    district_soato: Mapped[str] = mapped_column(String(SOATO_LENGTH))
    year_month: Mapped[int]
    ngo_id: Mapped[int]
    text_key: Mapped[int] = mapped_column(BigInteger)
