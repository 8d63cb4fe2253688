"""The sheet of targets of indicators."""

from __future__ import annotations

from data.indicators import IndicatorCode
from data.language import N_
from data.workbook.columns.shared import YEAR_WORDS
from data.workbook.declaration import Column, Kind, Sheet, Wording

TARGETS = Sheet(
    "targets",
    Wording("Maqsadlar", "Мақсадлар", "Цели", "Targets"),
    Wording("Maqsadli koʻrsatkichlar", "Мақсадли кўрсаткичлар", "Целевые показатели", "Targets of the indicators"),
    (
        Column("indicator", Kind.CHOICE, Wording("Koʻrsatkich", "Кўрсаткич", "Показатель", "Indicator"),
            ("Koʻrsatkich nomi", "Наименование показателя", "Название показателя", "Indikator", "Индикатор",
             "Koʻrsatkichlar", "Показатели"),
            is_required=True, choices=IndicatorCode),
        Column("year", Kind.YEAR, Wording("Yil", "Йил", "Год", "Year"), YEAR_WORDS, is_required=True),
        Column("area", Kind.AREA, Wording("Hudud", "Ҳудуд", "Территория", "Area"),
            ("Hudud nomi", "Viloyat yoki tuman", "Tuman (shahar)", "Район (город)", "Область или район",
             "Наименование территории",
             "Название территории", "Регион", "Viloyat, tuman", "Tuman", "Район", "Viloyat", "Область", "SOATO",
             "Region or district", "District", "Region"),
            is_required=True,
            note=N_("The republic, a region, or a district: the name with its kind, or the SOATO code.")),
        Column("value", Kind.VALUE,
            Wording("Maqsadli qiymat", "Мақсадли қиймат", "Целевое значение", "Target"),
            ("Qiymati", "Qiymat", "Значение", "Maqsad", "Цель", "Value", "Maqsadli koʻrsatkich", "Целевой показатель",
             "Reja", "План", "Belgilangan qiymat", "Target value"),
            is_required=True, note=N_("In the indicator's own unit; percents run from 0 to 100.")),
    ),
    key="indicator",
    synonyms=("Maqsad", "Maqsadli koʻrsatkichlar", "Целевые показатели", "Цель", "Target", "Целевые значения",
        "Maqsadli qiymatlar", "Indikatorlar"),
)  # fmt: skip
