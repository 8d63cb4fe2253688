"""People of a district and its NGO who chose notices, for tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Engine, insert, select

from data.accounts.accounts import NewAccount, add_account
from data.codes import NoticeKind
from data.database.engine import reading, writing
from data.language import Language
from data.policy import Actor, Role
from data.schema import Account, Notice, NoticeChoice, NoticeDelivery
from data.settings import Settings
from queries.notices.news import REQUEST_PATH
from queries.notices.outbox import News, tell
from tests.bot_server import TOKEN, BotServer
from tests.mail_server import MAIL_PASSWORD, USER, MailServer
from tests.worlds import DISTRICT, REGION, make_ngo

NOW = datetime(2026, 11, 30, 6, tzinfo=UTC)
TODAY = date(2026, 11, 30)
ADDRESS = "https://hamkor.test"
CHAT = 7_000_000_001


@dataclass(frozen=True)
class Office:
    """Coordinator and leader of a district, an NGO of it, an administrator; all but the leader get mail."""

    engine: Engine
    coordinator: Actor
    leader: Actor
    ngo: Actor
    admin: Actor

    def choose(self, actor: Actor, *, has_mail: bool = True, chat_id: int | None = None) -> None:
        """Store the channels of an account."""
        with writing(self.engine) as connection:
            values = {"account_id": actor.account_id, "has_mail": has_mail, "chat_id": chat_id}
            connection.execute(insert(NoticeChoice).values(**values))

    def notices(self) -> list[tuple[str, str, str]]:
        """Return login, kind and stage of each notice."""
        columns = (Account.login, Notice.kind_code, Notice.stage_code)
        statement = select(*columns).join(Notice, Notice.account_id == Account.id).order_by(Notice.id)
        with reading(self.engine) as connection:
            return [(row.login, row.kind_code, row.stage_code) for row in connection.execute(statement)]

    def deliveries(self) -> list[Any]:
        """Return the rows of deliveries."""
        with reading(self.engine) as connection:
            return list(connection.execute(select(NoticeDelivery.__table__).order_by(NoticeDelivery.id)))

    def states(self) -> list[str]:
        """Return the states of deliveries."""
        return [row.state_code for row in self.deliveries()]

    def tell(self, *numbers: str, now: datetime = NOW) -> None:
        """Tell the NGO of requests with these numbers."""
        with writing(self.engine) as connection:
            for number in numbers:
                news = News(
                    kind=NoticeKind.REQUEST_ASKED,
                    place=self.ngo.home_scope,
                    key=number,
                    path=REQUEST_PATH.format(5),
                    number=number,
                    day=TODAY,
                )
                tell(connection, news, now=now)


def make_office(engine: Engine) -> Office:
    """Add the accounts."""
    with writing(engine) as connection:
        ngo_id = make_ngo(connection, name="Umid")

        def add(login: str, role: Role, language: Language = Language.EN, **place: Any) -> int:  # noqa: ANN401
            account = NewAccount(login=login, role=role, email=f"{login}@post.test", language=language, **place)
            return add_account(connection, account, password=None, actor="test")

        made = Office(
            engine,
            Actor(Role.COORDINATOR, add("c", Role.COORDINATOR, district_soato=DISTRICT), "c", REGION, DISTRICT),
            Actor(Role.DISTRICT, add("d", Role.DISTRICT, district_soato=DISTRICT), "d", REGION, DISTRICT),
            Actor(Role.NGO, add("n", Role.NGO, Language.RU, ngo_id=ngo_id), "n", ngo_id=ngo_id),
            Actor(Role.ADMIN, add("a", Role.ADMIN), "a"),
        )
    for actor in (made.coordinator, made.ngo, made.admin):
        made.choose(actor)
    return made


def mail_settings(mail: MailServer, **others: object) -> Settings:
    """Return settings that send mail to a server."""
    values: dict[str, object] = {
        "public_address": ADDRESS,
        "smtp_host": "127.0.0.1",
        "smtp_port": mail.port,
        "smtp_security": "none",
        "smtp_user": USER,
        "smtp_password": SecretStr(MAIL_PASSWORD),
        "smtp_from": "xabar@hamkor.test",
    }
    return Settings().model_copy(update={**values, **others})


def bot_settings(bot: BotServer, **others: object) -> Settings:
    """Return settings that send to a bot's server."""
    values: dict[str, object] = {
        "public_address": ADDRESS,
        "telegram_bot": "hamkor_bot",
        "telegram_token": SecretStr(TOKEN),
        "telegram_url": bot.address,
    }
    return Settings().model_copy(update={**values, **others})
