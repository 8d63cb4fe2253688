"""The words of the registers: parties, kinds of request, audiences, and the indicators by their own names."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from data.codes import Party, RequestKind, TrainingAudience
from data.indicators import INDICATORS, IndicatorCode
from data.language import Language, Translator
from data.workbook.declaration import Wording

Words = Mapping[StrEnum, tuple[Wording, tuple[str, ...]]]
# Members of two kinds may have one code ("ngo", "other"), so each kind has words of its own.
_PARTIES: Words = {
    Party.NGO: (
        Wording("NNT", "ННТ", "ННО", "NGO"),
        ("Nodavlat notijorat tashkiloti", "Негосударственная некоммерческая организация", "НПО", "Tashkilot",
         "Организация", "Hamkor NNT", "NNT tomoni", "Со стороны ННО"),
    ),
    Party.POLICE: (
        Wording("Ichki ishlar organlari", "Ички ишлар органлари", "Органы внутренних дел", "Internal affairs bodies"),
        ("IIO", "ИИО", "ОВД", "IIB", "ИИБ", "ОВД района", "Ichki ishlar boʻlimi", "Ички ишлар бўлими", "IIO FMB",
         "Inspektor", "Profilaktika inspektori", "Инспектор", "Инспектор профилактики", "Отдел внутренних дел", "РОВД",
         "Police", "Ichki ishlar organi"),
    ),
}  # fmt: skip
_REQUESTS: Words = {
    RequestKind.STATISTICS: (
        Wording("Statistika va tahlil", "Статистика ва таҳлил", "Статистика и анализ", "Statistics and analysis"),
        ("Statistika", "Статистика", "Tahlil", "Статистические данные", "Statistik maʼlumot", "Statistics",
         "Аналитика"),
    ),
    RequestKind.ARRANGEMENTS: (
        Wording("Tadbirni tashkil etish", "Тадбирни ташкил этиш", "Организация мероприятия",
            "Arrangements for an event"),
        ("Tashkiliy masalalar", "Организационные вопросы", "Tadbir tashkil etish", "Подготовка мероприятия",
         "Arrangements", "Tashkiliy"),
    ),
    RequestKind.LEGAL_INFORMATION: (
        Wording("Huquqiy axborot", "Ҳуқуқий ахборот", "Правовая информация", "Legal information"),
        ("Huquqiy maʼlumot", "Huquqiy maslahat", "Правовая консультация", "Правовые вопросы", "Huquqiy masalalar"),
    ),
    RequestKind.PLANS_AND_REPORTS: (
        Wording("Reja va hisobotlar", "Режа ва ҳисоботлар", "Планы и отчёты", "Plans and reports"),
        ("Reja va hisobot", "Hisobot", "Отчёт", "Rejalar", "Отчёты", "Планы", "Reja", "План", "Reports"),
    ),
    RequestKind.OTHER: (
        Wording("Boshqa soʻrov", "Бошқа сўров", "Другой запрос", "Other request"),
        ("Boshqa", "Другое", "Иное", "Прочее", "Other"),
    ),
}  # fmt: skip
_AUDIENCES: Words = {
    TrainingAudience.INSPECTORS: (
        Wording("Profilaktika inspektorlari", "Профилактика инспекторлари", "Инспекторы профилактики",
            "Prevention inspectors"),
        ("Inspektorlar", "Инспекторы", "Inspektor", "Участковые", "Inspectors", "Инспектор", "IIO xodimlari",
         "Сотрудники ОВД"),
    ),
    TrainingAudience.NGO: (
        Wording("NNT xodimlari", "ННТ ходимлари", "Сотрудники ННО", "NGO staff"),
        ("NNT", "ННО", "NNTlar", "NNT vakillari", "Представители ННО", "NGO", "НПО", "ННТ", "Сотрудники НПО"),
    ),
}  # fmt: skip


@cache
def _indicators() -> Words:
    """The names of the indicators in the four languages, as the catalogues have them."""
    translators = [Translator(language) for language in (Language.UZ_LATN, Language.UZ_CYRL, Language.RU, Language.EN)]
    return {
        code: (Wording(*(translate(INDICATORS[code].name) for translate in translators)), ()) for code in IndicatorCode
    }


def register_words(kind: type[StrEnum]) -> Words | None:
    """The words of the codes of a kind, or None where the kind is none of the registers'."""
    if kind is IndicatorCode:
        return _indicators()
    by_kind: dict[type[StrEnum], Words] = {Party: _PARTIES, RequestKind: _REQUESTS, TrainingAudience: _AUDIENCES}
    return by_kind.get(kind)
