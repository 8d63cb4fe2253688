"""What a decision of a meeting comes of."""

from __future__ import annotations

from dataclasses import dataclass

from data.codes import DecisionCauseKind


@dataclass(frozen=True, order=True)
class Cause:
    """What a decision comes of: the kind of the thing, and the key by which things of that kind are known.

    An indicator is known by its code, a recommendation and an earlier decision by their ``public_id``, the rest by id.
    """

    kind: DecisionCauseKind
    reference: str

    def __str__(self) -> str:
        return f"{self.kind.value}:{self.reference}"

    @classmethod
    def parse(cls, text: str) -> Cause:
        """The cause that :func:`str` wrote. Raises ValueError."""
        kind, _, reference = text.partition(":")
        return cls(DecisionCauseKind(kind), reference)
