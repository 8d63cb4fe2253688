"""What the rows of a workbook say, and what the database already holds of the same kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Generic, TypeVar

from data.codes import Direction, EventForm, EventState, SupportKind, Visibility, WouldRepeat
from data.texts.search_keys import search_key
from data.workbook.cells import Chosen
from data.workbook.folding import number_key
from data.workbook.places import Directory

Values = TypeVar("Values")
Key = tuple[str, str]
"""District (SOATO) and folded number."""
PlanKey = tuple[str, int, str]
"""District (SOATO), year and folded number of an item of a plan."""


@dataclass(frozen=True)
class MemorandumValues:
    """What a row says of a memorandum besides its key and its NGOs."""

    title: str = ""
    signed_date: date | None = None
    start_date: date | None = None
    expiry_date: date | None = None
    directions: tuple[Direction, ...] = ()
    supports: tuple[SupportKind, ...] = ()


@dataclass(frozen=True)
class EventValues:
    """What a row says of a joint event besides its key and its NGOs; ``memorandum`` is a folded number."""

    event_date: date
    direction: Direction
    form: EventForm
    state: EventState
    mahalla: str = ""
    title: str = ""
    memorandum: str = ""
    plan_item: PlanKey | None = None
    participants_total: int = 0
    participants_young: int = 0
    participants_women: int = 0
    participants_at_risk: int = 0
    participants_victims: int = 0
    cancel_reason: str = ""


@dataclass(frozen=True)
class PlanItemValues:
    """What a row says of an item of a plan besides its key; ``mahalla`` is a key, empty for the whole district."""

    month: int
    direction: Direction
    form: EventForm
    mahalla: str = ""
    stir: str = ""


@dataclass(frozen=True)
class EvaluationValues:
    """What a row says of an evaluation besides event and NGO; ``marks`` in the order of the items."""

    marks: tuple[int | None, ...]
    would_repeat: WouldRepeat | None = None
    participants_counted: int | None = None
    problems: tuple[Chosen, ...] = ()
    comment: str = ""
    recommendation: str = ""
    visibility: Visibility = Visibility.CONFIDENTIAL
    submitted_date: date | None = None


def same_values(first: object, second: object) -> bool:
    """Whether two records of one kind say the same; text is compared whatever its apostrophes, case and script."""
    for item in fields(first):  # type: ignore[arg-type]
        one, other = getattr(first, item.name), getattr(second, item.name)
        if one == other:
            continue
        if isinstance(one, str) and isinstance(other, str):
            one, other = search_key(one), search_key(other)
        if one != other:
            return False
    return True


@dataclass(frozen=True)
class Known(Generic[Values]):
    """A record of the database; the id is 0 where its natural key is its key."""

    id: int
    values: Values


@dataclass(frozen=True)
class KnownMemorandum:
    """A memorandum of the database; ``amended_expiry`` is set by its newest amendment that sets one."""

    id: int
    values: MemorandumValues
    stirs: frozenset[str]
    amended_expiry: date | None = None


@dataclass(frozen=True)
class KnownEvent:
    """A joint event of the database."""

    id: int
    key: Key
    number: str
    values: EventValues
    stirs: frozenset[str]


@dataclass(frozen=True)
class KnownEvaluation:
    """The current version of an evaluation of the database.

    ``is_sealed``: the NGO sent it itself, confidentially, so an import neither changes it nor tells anything of it.
    ``is_released``: it or a version before is in a batch of confidential ones.
    """

    id: int
    version: int
    values: EvaluationValues
    is_sealed: bool = False
    is_released: bool = False


@dataclass
class NewNgo:
    """An NGO that the database lacks."""

    stir: str
    name: str
    district_soato: str


@dataclass
class Standing:
    """What stands in the database of all that a workbook speaks of."""

    directory: Directory
    ngo_ids: dict[str, int] = field(default_factory=dict)
    ngo_names: dict[str, str] = field(default_factory=dict)
    mahalla_ids: dict[Key, int] = field(default_factory=dict)
    memoranda: dict[Key, KnownMemorandum] = field(default_factory=dict)
    events: dict[Key, KnownEvent] = field(default_factory=dict)
    evaluations: dict[tuple[int, str], KnownEvaluation] = field(default_factory=dict)
    plan_items: dict[PlanKey, Known[PlanItemValues]] = field(default_factory=dict)
    memorandum_ids: dict[Key, int] = field(default_factory=dict)
    plan_item_ids: dict[PlanKey, int] = field(default_factory=dict)


_MAHALLA_WORDS = frozenset(
    ["mfy", "mahalla", "mahallasi", "maxalla", "mahallya", "maxallya", "maxallasi", "sgm", "ssg"]
)
_ASSEMBLY = "fuqarolar yigini"


def mahalla_key(name: str) -> str:
    """The key by which a mahalla is found: its name folded, without the words for mahalla and assembly."""
    words = search_key(name).replace(_ASSEMBLY, " ").split()
    return " ".join(word for word in words if word not in _MAHALLA_WORDS) or " ".join(words)


def plan_key(district: str, year: int, *, number: str | None, item_id: int) -> PlanKey:
    """The key of an item; one without a number has its id, with a space that no folded number holds."""
    return district, year, f"id {item_id}" if number is None else number_key(number)


def plain_codes(chosen: Iterable[Chosen]) -> tuple[str, ...]:
    """The codes that a cell names, without repeats, in order."""
    return tuple(sorted({entry.code.value for entry in chosen}))
