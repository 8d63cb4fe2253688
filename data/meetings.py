"""Causes of a meeting's decisions."""

from __future__ import annotations

from dataclasses import dataclass

from data.codes import DecisionCauseKind


@dataclass(frozen=True, order=True)
class Cause:
    """Cause of a decision: the kind of the thing and its key.

    Indicators have their code as key, recommendations and earlier decisions their ``public_id``, other things their id.
    """

    kind: DecisionCauseKind
    reference: str

    def __str__(self) -> str:
        return f"{self.kind.value}:{self.reference}"

    @classmethod
    def parse(cls, text: str) -> Cause:
        """Return the cause that :func:`str` wrote. Raises ValueError."""
        kind, _, reference = text.partition(":")
        return cls(DecisionCauseKind(kind), reference)
