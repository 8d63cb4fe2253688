"""The sheet of offences by district and month, from official statistics."""

from __future__ import annotations

from data.language import N_
from data.workbook.columns.shared import DISTRICT, MONTH, PRIVATE_NOTE, YEAR
from data.workbook.declaration import Column, Kind, Sheet, Wording

FIGURE_NOTE = N_("A whole number from official statistics. An empty cell says nothing, and is not zero.")


def _figure(code: str, heading: Wording, *synonyms: str) -> Column:
    return Column(code, Kind.WHOLE, heading, synonyms, note=FIGURE_NOTE)


OFFENCES = Sheet(
    "offences",
    Wording("Huquqbuzarliklar", "Ҳуқуқбузарликлар", "Правонарушения", "Offences"),
    Wording("Roʻyxatga olingan huquqbuzarliklar", "Рўйхатга олинган ҳуқуқбузарликлар",
        "Зарегистрированные правонарушения", "Registered offences"),
    (
        DISTRICT,
        YEAR,
        MONTH,
        _figure("all", Wording("Jami huquqbuzarliklar", "Жами ҳуқуқбузарликлар", "Всего правонарушений",
            "All offences"),
            "Huquqbuzarliklar", "Huquqbuzarliklar soni", "Правонарушения", "Количество правонарушений", "Jami", "Всего",
            "Offences", "Total", "Jami jinoyatlar", "Jinoyatlar soni", "Всего преступлений", "Количество преступлений"),
        _figure("criminal_search",
            Wording("Jinoyat qidiruv yoʻnalishida", "Жиноят қидирув йўналишида", "По линии уголовного розыска",
                "In the line of criminal search"),
            "Jinoyat qidiruv", "Уголовный розыск", "Jinoyat qidiruvi", "Jinoyat qidiruv xizmati yoʻnalishida",
            "Criminal search", "По линии УР", "JQ yoʻnalishida"),
        _figure("youth",
            Wording("Yoshlar tomonidan", "Ёшлар томонидан", "Совершено молодёжью", "Committed by young people"),
            "Yoshlar", "Молодёжь", "Молодёжью", "Yoshlar tomonidan sodir etilgan", "Совершённые молодёжью", "Youth",
            "Yoshlar jinoyatchiligi", "Молодёжная преступность", "Ёшлар"),
        _figure("women", Wording("Ayollar tomonidan", "Аёллар томонидан", "Совершено женщинами", "Committed by women"),
            "Ayollar", "Xotin-qizlar", "Женщины", "Женщинами", "Ayollar tomonidan sodir etilgan",
            "Совершённые женщинами",
            "Women", "Xotin-qizlar tomonidan", "Xotin-qizlar jinoyatchiligi", "Женская преступность"),
        _figure("repeat", Wording("Takroran sodir etilgan", "Такроран содир этилган", "Повторные", "Repeat offences"),
            "Takroriy", "Takroran", "Повторно", "Рецидив", "Повторно совершённые", "Повторные правонарушения", "Repeat",
            "Takroriy huquqbuzarliklar", "Qayta sodir etilgan", "Повторная преступность"),
        _figure("crime_free",
            Wording("Jinoyat sodir etilmagan mahallalar", "Жиноят содир этилмаган маҳаллалар",
                "Махалли без преступлений", "Mahallas without an offence"),
            "Huquqbuzarlik sodir etilmagan mahallalar", "Jinoyatsiz mahallalar", "Махалли без правонарушений",
            "Jinoyatdan xoli mahallalar", "Mahallas crime-free", "Crime-free mahallas", "Махаллей без преступлений",
            "Jinoyat sodir etilmagan mahallalar soni", "Количество махаллей без преступлений"),
        Column("source", Kind.TEXT, Wording("Manba", "Манба", "Источник", "Source"),
            ("Manbasi", "Maʼlumot manbai", "Источник данных", "Statistika manbai", "Источник статистики"),
            note=PRIVATE_NOTE),
    ),
    key="district",
    synonyms=("Huquqbuzarlik", "Huquqbuzarliklar soni", "Jinoyatlar", "Статистика правонарушений", "Преступления",
        "Offence counts", "Правонарушение", "Jinoyatchilik", "Преступность", "Количество правонарушений"),
)  # fmt: skip
