"""Columns and notes that several sheets have."""

from __future__ import annotations

from data.language import N_
from data.workbook.declaration import Column, Kind, Wording

STIR_NOTE = N_("Nine digits. Several organisations are separated by a semicolon.")
LIST_NOTE = N_("Several words of the list are separated by a semicolon.")
DATE_NOTE = N_("A date, best as day.month.year.")
COUNT_NOTE = N_("A whole number of people. These are counts only: leave out data on persons.")
MARK_NOTE = N_("A mark from 1 to 5, or - where it is not applicable.")
PRIVATE_NOTE = N_("Free text without passport numbers, PINFL or phone numbers.")
DISTRICT_NOTE = N_("The name with the word district or city, or the SOATO code.")

DISTRICT = Column(
    "district",
    Kind.DISTRICT,
    Wording("Tuman (shahar)", "Туман (шаҳар)", "Район (город)", "District (city)"),
    ("Tuman", "Tuman/shahar", "Tuman nomi", "Shahar", "Tuman yoki shahar", "Hudud", "Hudud nomi", "Район", "Город",
     "Район/город", "Район или город", "Название района", "Наименование района", "Территория", "Район города",
     "District",
     "Регион (район)", "District or city", "Tuman shahar nomi", "Tuman va shahar", "SOATO", "Район, город",
     "Tumanlar",
     "Tumanlar nomi", "Наименование территории", "Территория проведения"),
    is_required=True,
    note=DISTRICT_NOTE,
)  # fmt: skip
MEMORANDUM_NUMBER = Wording("Memorandum raqami", "Меморандум рақами", "Номер меморандума", "Memorandum number")
MEMORANDUM_NUMBER_WORDS = (
    "Memorandum №", "Memorandum nomeri", "№ меморандума", "Меморандум", "Memorandum", "Memorandum tartib raqami",
    "В рамках меморандума", "По меморандуму",
    "Memorandumning raqami", "Memorandumning tartib raqami",
    "Меморандум номер", "Меморандум номери", "Номер и дата меморандума", "Hujjat raqami", "Memorandum No.",
    "Регистрационный номер меморандума", "Bitim raqami", "Номер соглашения", "№ memoranduma", "Memorandum N",
)  # fmt: skip
EVENT_NUMBER = Wording("Tadbir raqami", "Тадбир рақами", "Номер мероприятия", "Event number")
EVENT_NUMBER_WORDS = (
    "Tadbir №", "№ мероприятия", "Tadbir nomeri", "Tadbir kodi", "Код мероприятия", "Мероприятие", "Tadbir",
    "Тадбир номери",
    "Tadbirning raqami", "Мероприятие №", "Event No.", "Event", "Tadbir N", "Tadbir tartib raqami",
)  # fmt: skip
STIR_HEADING = Wording("STIR", "СТИР", "ИНН", "STIR (tax number)")
STIR_WORDS = (
    "NNT STIR", "STIR raqami", "INN", "STIR (INN)", "ИНН / СТИР", "ИНН ННО", "СТИР (ИНН)", "STIR/INN",
    "Tashkilot STIR",
    "Soliq raqami", "Soliq toʻlovchining identifikatsiya raqami", "ИНН организации", "СТИР рақами", "NNT INN",
    "STIR raqam",
    "Идентификационный номер налогоплательщика", "Tax number", "TIN", "NNTning STIRi", "STIRi", "ИНН НПО", "СТИР ННО",
)  # fmt: skip
DONE_DATE_NOTE = N_("A date; empty while it is not done.")
NGO_STIR = Column("stir", Kind.STIR, STIR_HEADING, STIR_WORDS, is_required=True, note=N_("Nine digits."))
MAHALLA_WORDS = (
    "Mahalla nomi", "MFY", "МФЙ", "Mahalla fuqarolar yigʻini", "Название махалли", "Махалла", "СГМ", "Сход граждан",
    "Сход граждан махалли", "Mahallasi", "MFY nomi", "Наименование махалли", "Neighbourhood", "ССГ", "Mahalla (MFY)",
    "Название МФЙ",
)  # fmt: skip
PLAN_NUMBER = Wording("Reja bandi", "Режа банди", "Пункт плана", "Plan item")
PLAN_NUMBER_WORDS = (
    "Reja bandi raqami", "Reja bandi №", "№ пункта плана", "Номер пункта плана", "Rejaning bandi", "Reja raqami",
    "Band raqami", "Режа банди рақами", "Plan item number", "Plan item No.", "Пункт совместного плана",
)  # fmt: skip
YEAR_WORDS = ("Yili", "Hisobot yili", "Отчётный год", "Reja yili", "За год", "Yilda")
YEAR = Column(
    "year",
    Kind.YEAR,
    Wording("Yil", "Йил", "Год", "Year"),
    YEAR_WORDS,
    note=N_("Four digits; may stay empty where the month is written with its year."),
)
MONTH = Column(
    "month",
    Kind.MONTH,
    Wording("Oy", "Ой", "Месяц", "Month"),
    ("Oyi", "Hisobot oyi", "Отчётный месяц", "Oylar", "Davr", "Период", "Period", "Oʻtkazish oyi", "Месяц проведения",
     "Hisobot davri", "Отчётный период"),
    is_required=True,
    note=N_("The month's name or number, or the month and the year."),
)  # fmt: skip
