"""PDF of the summary of a week, made for whoever it is sent to at the moment when it is sent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

import pandas as pd
from sqlalchemy import Connection, Engine

from components.attention import AttentionGroup, attention_groups
from components.exports.print.pack import deck_pdf
from components.indicators.area_tiles import AreaFigures
from components.notices.summary import SUMMARY_CODES, summary_deck
from components.shell.areas import Area, AreaDirectory, make_area_directory
from components.shell.formatter import Formatter
from data.aggregates import data_version
from data.database.engine import snapshot
from data.dates.clock import day_of
from data.effectiveness.method_version import METHOD_VERSION
from data.language import Language, Translator
from data.notices.kinds import NoticeFile
from data.policy import Actor, Scope, ScopeKind
from pages.loaders.attention import SHOWN_ON_DISTRICT, SHOWN_ON_OVERVIEW
from queries.attention import attention_counts, attention_list
from queries.directory.areas import districts, regions, successions
from queries.directory.demo_flag import demo_date
from queries.indicators.nation_figures import NationFigures, nation_figures
from queries.notices.summary import LEFT_OUT


@dataclass
class SummaryFiles:
    """Summaries of a run of the sender: figures of the nation are read once, and the same file is made once for people
    of one area, one language and equal rights."""

    engine: Engine
    now: datetime
    _nation: NationFigures | None = None
    _directories: dict[Language, AreaDirectory] = field(default_factory=dict)
    _made: dict[tuple[Actor, Language], NoticeFile] = field(default_factory=dict)

    def make(self, actor: Actor, language: Language) -> NoticeFile:
        """Return the summary of the area in which a person acts, by the rights of that person.

        Raises ForbiddenError.
        """
        anyone_like = replace(actor, account_id=None, login="")
        key = anyone_like, language
        if key not in self._made:
            self._made[key] = self._file(anyone_like, language)
        return self._made[key]

    def _file(self, actor: Actor, language: Language) -> NoticeFile:
        fmt, today = Formatter(Translator(language)), day_of(self.now)
        if self._nation is None:
            # Brings the sums up to date.
            data_version(self.engine)
        with snapshot(self.engine) as connection:
            directory = self._directory(connection, actor, fmt)
            area = directory.of_scope(actor.home_scope)
            deck = summary_deck(
                self._figures(connection, actor, area),
                self._groups(connection, actor, area, directory, fmt),
                area=area,
                today=today,
                made_at=self.now,
                is_demo=bool(demo_date(connection)),
                method_version=METHOD_VERSION,
                fmt=fmt,
            )
        return NoticeFile(f"hamkor-{area.code}-{today}.pdf", deck_pdf(deck))

    def _directory(self, connection: Connection, actor: Actor, fmt: Formatter) -> AreaDirectory:
        language = fmt.translate.language
        if language not in self._directories:
            self._directories[language] = make_area_directory(
                regions(connection, actor),
                districts(connection, actor, scope=Scope.nation()),
                successions(connection, actor),
                fmt.translate,
            )
        return self._directories[language]

    def _groups(
        self, connection: Connection, actor: Actor, area: Area, directory: AreaDirectory, fmt: Formatter
    ) -> list[AttentionGroup]:
        """Return as many of the most urgent things as the page of the area shows, without what the summary leaves
        out."""
        today = day_of(self.now)
        limit = SHOWN_ON_DISTRICT if area.scope.kind is ScopeKind.DISTRICT else SHOWN_ON_OVERVIEW
        counts = attention_counts(connection, actor, scope=area.scope, today=today)
        counts = counts[~counts["kind_code"].isin(LEFT_OUT)]
        rows = attention_list(connection, actor, scope=area.scope, today=today, limit=limit)
        return attention_groups(counts, rows, directory=directory, fmt=fmt, has_links=False)

    def _figures(self, connection: Connection, actor: Actor, area: Area) -> AreaFigures | None:
        """Return the figures of the last 12 whole months; None for a district that did not exist in them."""
        if self._nation is None:
            self._nation = nation_figures(connection, actor, today=day_of(self.now))
        nation, code = self._nation, area.scope.code
        if not area.validity.overlaps(nation.period.first_day, nation.period.last_day):
            return None
        of_kind = nation.of_kind(area.scope.kind)

        def of_area(frame: pd.DataFrame) -> pd.DataFrame:
            return frame[(frame["area_code"] == code) & frame["indicator_code"].isin(SUMMARY_CODES)]

        return AreaFigures(
            now=of_area(of_kind.now),
            changes=of_area(of_kind.changes),
            verdicts=None if of_kind.verdicts is None else of_area(of_kind.verdicts),
            trend=nation.trend(connection, actor, scope=area.scope, codes=SUMMARY_CODES),
            targets=nation.targets_of(area.scope, area.region_soato),
            kind=area.scope.kind,
            period=nation.period,
        )
