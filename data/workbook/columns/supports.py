"""The sheet of support given to NGOs."""

from __future__ import annotations

from data.codes import SupportKind
from data.language import N_
from data.workbook.columns.shared import DATE_NOTE, DISTRICT, NGO_STIR, PRIVATE_NOTE
from data.workbook.declaration import Column, Kind, Sheet, Wording

SUPPORTS = Sheet(
    "supports",
    Wording("Koʻmaklar", "Кўмаклар", "Поддержка", "Support"),
    Wording("NNTlarga koʻrsatilgan koʻmak", "ННТларга кўрсатилган кўмак", "Поддержка, оказанная ННО",
        "Support given to NGOs"),
    (
        Column("number", Kind.NUMBER, Wording("Koʻmak raqami", "Кўмак рақами", "Номер поддержки", "Support number"),
            ("Koʻmak №", "№ поддержки", "Raqami", "Номер", "Рақам", "Hujjat raqami", "Номер документа", "Номер записи",
             "Support No.", "Qayd raqami"),
            is_required=True, note=N_("The district's own number of the record.")),
        DISTRICT,
        NGO_STIR,
        Column("kind", Kind.CHOICE, Wording("Koʻmak shakli", "Кўмак шакли", "Форма поддержки", "Form of support"),
            ("Koʻmak turi", "Yordam turi", "Вид поддержки", "Вид помощи", "Shakli", "Turi", "Форма", "Вид", "Тип",
             "Kind",
             "Yordam shakli", "Kind of support", "Форма помощи"),
            is_required=True, choices=SupportKind),
        Column("amount", Kind.AMOUNT, Wording("Miqdori, soʻm", "Миқдори, сўм", "Сумма, сум", "Amount, soʻm"),
            ("Miqdori", "Summasi", "Summa", "Сумма", "Размер", "Amount", "Mablagʻ miqdori", "Стоимость", "Qiymati",
             "Сумма поддержки", "Koʻmak miqdori"),
            note=N_("In whole soʻm. Empty where the support has no amount, such as a room that was lent.")),
        Column("support_date", Kind.DATE, Wording("Sana", "Сана", "Дата", "Date"),
            ("Sanasi", "Koʻmak sanasi", "Koʻrsatilgan sana", "Дата поддержки", "Дата оказания", "Berilgan sana",
             "Дата предоставления", "Дата выдачи", "Kun", "Ajratilgan sana", "Date given"),
            is_required=True, note=DATE_NOTE),
        Column("source", Kind.TEXT, Wording("Manba", "Манба", "Источник", "Source"),
            ("Manbasi", "Kim tomonidan", "Кем оказана", "Koʻmak manbasi", "Источник поддержки", "Mablagʻ manbai",
             "Источник финансирования", "Given by", "Moliyalashtirish manbai"),
            note=PRIVATE_NOTE),
    ),
    key="number",
    synonyms=("Koʻmak", "Koʻrsatilgan koʻmak", "Yordamlar", "Оказанная поддержка", "Помощь", "Support given",
        "Qoʻllab-quvvatlash", "Поддержка ННО", "Supports"),
)  # fmt: skip
