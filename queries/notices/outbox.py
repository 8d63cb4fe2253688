"""Outbox: a notice is written in the transaction of what it tells, one row a person, with a delivery on each channel.

It goes to active accounts that act in the district or NGO (:func:`data.notices.kinds.told_roles`), chose a channel and
did not switch the kind off. Telling the same again adds nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, exists, insert, literal, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from data.codes import NoticeChannel, NoticeKind, NoticeStage
from data.notices.kinds import NOTICES, told_roles
from data.policy import Role, Scope, ScopeKind
from data.schema import Account, Notice, NoticeChoice, NoticeDelivery, NoticeKindOff

_PLACES = {
    ScopeKind.NATION: literal(""),
    ScopeKind.REGION: Account.region_soato,
    ScopeKind.DISTRICT: Account.district_soato,
    ScopeKind.NGO: Account.ngo_id,
}


@dataclass(frozen=True, kw_only=True)
class News:
    """Something to tell the people of a district or an NGO.

    ``key`` names the thing and, where it may happen again, the occasion; with kind and stage it makes the notice
    unique.
    """

    kind: NoticeKind
    place: Scope
    key: str
    path: str
    stage: NoticeStage = NoticeStage.TOLD
    number: str = ""
    day: date | None = None

    @property
    def full_key(self) -> str:
        """What no two notices of an account share."""
        return f"{self.kind}:{self.stage}:{self.key}"


@dataclass(frozen=True)
class Recipient:
    """Account that gets a notice, the role and place for which it does, and its channels."""

    account_id: int
    role: Role
    place: Scope
    channels: tuple[NoticeChannel, ...]


def tell(connection: Connection, *news: News, now: datetime) -> int:
    """Write the notices of what happened and return their number; called in the transaction of what they tell."""
    return sum(_write(connection, each, recipient, now) for each, recipient in _addressed(connection, news))


def _addressed(connection: Connection, news: Iterable[News]) -> Iterator[tuple[News, Recipient]]:
    by_group: dict[tuple[NoticeKind, ScopeKind], list[News]] = defaultdict(list)
    for each in news:
        by_group[each.kind, each.place.kind].append(each)
    for (kind, place_kind), group in by_group.items():
        codes = {each.place.code for each in group}
        by_place: dict[Scope, list[Recipient]] = defaultdict(list)
        for recipient in recipients(connection, kind, place_kind, codes=codes):
            by_place[recipient.place].append(recipient)
        for each in group:
            yield from ((each, recipient) for recipient in by_place.get(each.place, ()))


def recipients(connection: Connection, kind: NoticeKind, place: ScopeKind, *, codes: set[str]) -> list[Recipient]:
    """Return who gets a kind of notice in these districts or NGOs."""
    roles = [role.value for role in told_roles(kind, place)]
    column: Any = _PLACES[place]
    values = {int(code) for code in codes} if place is ScopeKind.NGO else codes
    rows = connection.execute(
        _choosers(kind).add_columns(column.label("place")).where(Account.role_code.in_(roles), column.in_(values))
    )
    return [Recipient(row.id, Role(row.role_code), Scope(place, str(row.place)), tuple(_channels(row))) for row in rows]


def _choosers(kind: NoticeKind) -> Select[*tuple[Any, ...]]:
    """Active accounts with a channel that did not switch the kind off."""
    is_off = exists().where(NoticeKindOff.account_id == Account.id, NoticeKindOff.kind_code == kind.value)
    has_mail = NoticeChoice.has_mail & Account.email.is_not(None)
    return (
        select(Account.id, Account.role_code, has_mail.label("has_mail"), NoticeChoice.chat_id)
        .join(NoticeChoice, NoticeChoice.account_id == Account.id)
        .where(Account.is_active, or_(has_mail, NoticeChoice.chat_id.is_not(None)), ~is_off.correlate(Account))
        .order_by(Account.id)
    )


def _channels(row: Any) -> Iterator[NoticeChannel]:  # noqa: ANN401 - a row of _choosers
    if row.has_mail:
        yield NoticeChannel.MAIL
    if row.chat_id is not None:
        yield NoticeChannel.TELEGRAM


def _write(connection: Connection, news: News, recipient: Recipient, now: datetime) -> int:
    if news.stage not in NOTICES[news.kind].texts:
        raise ValueError(f"{news.kind} has no text for {news.stage}")
    make_insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    values = {
        "account_id": recipient.account_id,
        "key": news.full_key,
        "kind_code": news.kind.value,
        "stage_code": news.stage.value,
        "number": news.number,
        "day": news.day,
        "path": news.path,
        "role_code": recipient.role.value,
        "place_code": recipient.place.code,
        "made_at": now,
    }
    added = make_insert(Notice).values(**values).on_conflict_do_nothing().returning(Notice.id)
    notice_id = connection.scalar(added)
    if notice_id is None:
        return 0
    rows = [{"notice_id": notice_id, "channel_code": channel.value, "due_at": now} for channel in recipient.channels]
    connection.execute(insert(NoticeDelivery), rows)
    return 1
