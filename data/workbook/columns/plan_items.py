"""The sheet of the yearly joint plan."""

from __future__ import annotations

from data.codes import Direction, EventForm
from data.language import N_
from data.workbook.columns.shared import (
    DISTRICT,
    MAHALLA_WORDS,
    MONTH,
    PLAN_NUMBER,
    PLAN_NUMBER_WORDS,
    STIR_WORDS,
    YEAR,
)
from data.workbook.declaration import Column, Kind, Sheet, Wording

PLANS = Sheet(
    "plans",
    Wording("Rejalar", "Режалар", "Планы", "Plans"),
    Wording("Yillik qoʻshma reja bandlari", "Йиллик қўшма режа бандлари", "Пункты годового совместного плана",
        "Items of the joint yearly plan"),
    (
        Column("number", Kind.NUMBER, PLAN_NUMBER, (*PLAN_NUMBER_WORDS, "Raqami", "Номер", "Рақам"), is_required=True,
            note=N_("The number of the item in the district's plan of the year. Events name it.")),
        DISTRICT,
        YEAR,
        MONTH,
        Column("mahalla", Kind.TEXT, Wording("Mahalla", "Маҳалла", "Махалля", "Mahalla"), MAHALLA_WORDS,
            note=N_("Empty where the item is for the whole district.")),
        Column("direction", Kind.CHOICE, Wording("Yoʻnalish", "Йўналиш", "Направление", "Direction"),
            ("Yoʻnalishi", "Tadbir yoʻnalishi", "Направление мероприятия", "Направление работы", "Faoliyat yoʻnalishi"),
            is_required=True, choices=Direction),
        Column("form", Kind.CHOICE, Wording("Shakl", "Шакл", "Форма", "Form"),
            ("Shakli", "Tadbir shakli", "Tadbir turi", "Форма мероприятия", "Форма проведения", "Вид мероприятия",
             "Turi",
             "Вид", "Тип мероприятия", "Тип", "Type"),
            is_required=True, choices=EventForm),
        Column("stir", Kind.STIR, Wording("Masʼul NNT STIR", "Масъул ННТ СТИР", "ИНН ответственной ННО",
            "STIR of the responsible NGO"),
            ("Masʼul NNT", "Ответственная ННО", "Masʼul", "Ответственный", "Responsible NGO", "ИНН ответственного",
             "STIR", "СТИР", "ИНН", *STIR_WORDS),
            note=N_("Nine digits. Empty where no NGO is responsible.")),
    ),
    key="number",
    synonyms=("Reja", "Yillik reja", "Qoʻshma reja", "Yillik qoʻshma reja", "План", "Годовой план", "Совместный план",
        "План мероприятий", "Plan", "Plan items", "Tadbirlar rejasi", "Reja bandlari", "Пункты плана"),
)  # fmt: skip
