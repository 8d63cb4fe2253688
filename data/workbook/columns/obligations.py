"""The sheet of obligations of the parties to memoranda."""

from __future__ import annotations

from data.codes import Party
from data.language import N_
from data.workbook.columns.shared import (
    DATE_NOTE,
    DISTRICT,
    DONE_DATE_NOTE,
    MEMORANDUM_NUMBER,
    MEMORANDUM_NUMBER_WORDS,
    PRIVATE_NOTE,
)
from data.workbook.declaration import Column, Kind, Sheet, Wording

OBLIGATIONS = Sheet(
    "obligations",
    Wording("Majburiyatlar", "Мажбуриятлар", "Обязательства", "Obligations"),
    Wording("Memorandum taraflarining majburiyatlari", "Меморандум тарафларининг мажбуриятлари",
        "Обязательства сторон меморандумов", "Obligations of the parties to memoranda"),
    (
        Column("number", Kind.NUMBER,
            Wording("Majburiyat raqami", "Мажбурият рақами", "Номер обязательства", "Obligation number"),
            ("Majburiyat №", "№ обязательства", "Majburiyat nomeri", "Band raqami", "Band", "Bandi", "Пункт",
             "Номер пункта",
             "№ пункта", "Raqami", "Номер", "Рақам", "Obligation No."),
            is_required=True, note=N_("The number of the obligation in its memorandum.")),
        DISTRICT,
        Column("memorandum", Kind.NUMBER, MEMORANDUM_NUMBER, MEMORANDUM_NUMBER_WORDS, is_required=True,
            note=N_("The number of a memorandum of the same district.")),
        Column("party", Kind.CHOICE, Wording("Masʼul taraf", "Масъул тараф", "Ответственная сторона", "Party"),
            ("Taraf", "Memorandum tarafi", "Сторона", "Сторона меморандума", "Kimning majburiyati", "Чьё обязательство",
             "Ijrochi taraf", "Исполнитель", "Ijrochi", "Responsible party", "Masʼul", "Ответственный"),
            is_required=True, choices=Party),
        Column("text", Kind.TEXT, Wording("Majburiyat mazmuni", "Мажбурият мазмуни", "Содержание обязательства",
            "Obligation"),
            ("Majburiyat", "Обязательство", "Mazmuni", "Содержание", "Majburiyat matni", "Текст обязательства", "Текст",
             "Matni", "Text", "Nima qilinadi"),
            is_required=True, note=PRIVATE_NOTE),
        Column("due_date", Kind.DATE, Wording("Muddati", "Муддати", "Срок", "Due"),
            ("Muddat", "Ijro muddati", "Bajarish muddati", "Срок исполнения", "Срок выполнения", "Due date", "Deadline",
             "Bajarilish muddati", "Исполнить до", "Крайний срок"),
            is_required=True, note=DATE_NOTE),
        Column("fulfilled_date", Kind.DATE,
            Wording("Bajarilgan sana", "Бажарилган сана", "Дата исполнения", "Fulfilled on"),
            ("Bajarilgan sanasi", "Ijro sanasi", "Ijro etilgan sana", "Исполнено", "Дата выполнения", "Выполнено",
             "Bajarildi", "Fulfilled", "Date fulfilled", "Bajarilgan kun"),
            note=DONE_DATE_NOTE),
        Column("evidence", Kind.TEXT, Wording("Asos", "Асос", "Подтверждение", "Evidence"),
            ("Tasdiqlovchi hujjat", "Asosi", "Основание", "Подтверждающий документ", "Izoh", "Примечание", "Dalil",
             "Ijro haqida maʼlumot", "Отметка об исполнении", "Evidence note", "Isbot"),
            note=PRIVATE_NOTE),
    ),
    key="number",
    synonyms=("Majburiyat", "Taraflar majburiyatlari", "Обязательства сторон", "Обязательство", "Obligation",
        "Memorandum majburiyatlari"),
)  # fmt: skip
