"""The sheet of information requests between the sides."""

from __future__ import annotations

from data.codes import Party, RequestKind
from data.language import N_
from data.workbook.columns.shared import DATE_NOTE, DISTRICT, DONE_DATE_NOTE, NGO_STIR
from data.workbook.declaration import Column, Kind, Sheet, Wording

REQUESTS = Sheet(
    "requests",
    Wording("Soʻrovlar", "Сўровлар", "Запросы", "Requests"),
    Wording("Axborot soʻrovlari", "Ахборот сўровлари", "Информационные запросы", "Information requests"),
    (
        Column("number", Kind.NUMBER, Wording("Soʻrov raqami", "Сўров рақами", "Номер запроса", "Request number"),
            ("Soʻrov №", "№ запроса", "Soʻrov nomeri", "Raqami", "Номер", "Рақам", "Request No.", "Soʻrovnoma raqami"),
            is_required=True, note=N_("The district's own number of the request.")),
        DISTRICT,
        NGO_STIR,
        Column("asked_by", Kind.CHOICE, Wording("Soʻrovchi taraf", "Сўровчи тараф", "Запрашивающая сторона",
            "Asked by"),
            ("Soʻrovchi", "Kim soʻradi", "Кто запросил", "Инициатор", "Soʻrov yuborgan taraf", "Отправитель",
             "Запросившая сторона", "Asking party", "Soʻrov yuboruvchi", "Taraf", "Сторона"),
            is_required=True, choices=Party, note=N_("The side that asks; the other one owes the answer.")),
        Column("kind", Kind.CHOICE, Wording("Soʻrov turi", "Сўров тури", "Вид запроса", "Kind of request"),
            ("Turi", "Вид", "Тип запроса", "Тип", "Kind", "Axborot turi", "Вид информации"),
            is_required=True, choices=RequestKind),
        Column("topic", Kind.TEXT, Wording("Mavzu", "Мавзу", "Тема", "Topic"),
            ("Mavzusi", "Soʻrov mavzusi", "Тема запроса", "Mazmuni", "Содержание", "Предмет запроса",
             "Содержание запроса",
             "Soʻrov mazmuni", "Subject"),
            is_required=True, note=N_("What is asked, without data on persons: never about a named person.")),
        Column("sent_date", Kind.DATE, Wording("Yuborilgan sana", "Юборилган сана", "Дата отправки", "Sent"),
            ("Soʻrov sanasi", "Sana", "Дата запроса", "Дата", "Отправлено", "Дата направления", "Date sent",
             "Yuborilgan kun", "Soʻralgan sana"),
            is_required=True, note=DATE_NOTE),
        Column("due_date", Kind.DATE, Wording("Javob muddati", "Жавоб муддати", "Срок ответа", "Answer due"),
            ("Muddati", "Muddat", "Срок", "Ответить до", "Срок исполнения", "Due date", "Deadline", "Due"),
            note=N_("A date; left empty, ten working days after the request was sent.")),
        Column("answered_date", Kind.DATE,
            Wording("Javob berilgan sana", "Жавоб берилган сана", "Дата ответа", "Answered"),
            ("Javob sanasi", "Javob berildi", "Отвечено", "Ответ получен", "Date answered", "Дата исполнения", "Javob"),
            note=DONE_DATE_NOTE),
    ),
    key="number",
    synonyms=("Soʻrov", "Axborot soʻrovlari", "Axborot soʻrovi", "Информационные запросы", "Запрос",
        "Information requests", "Запросы информации", "Реестр запросов"),
)  # fmt: skip
