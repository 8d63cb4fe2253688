"""The sheet of trainings of both sides."""

from __future__ import annotations

from data.codes import TrainingAudience
from data.language import N_
from data.workbook.columns.shared import DATE_NOTE, DISTRICT, PRIVATE_NOTE, STIR_WORDS
from data.workbook.declaration import Column, Kind, Sheet, Wording

TRAININGS = Sheet(
    "trainings",
    Wording("Oʻquvlar", "Ўқувлар", "Обучение", "Trainings"),
    Wording("Inspektorlar va NNT xodimlari uchun oʻquvlar", "Инспекторлар ва ННТ ходимлари учун ўқувлар",
        "Обучение инспекторов и сотрудников ННО", "Trainings of inspectors and NGO staff"),
    (
        Column("number", Kind.NUMBER, Wording("Oʻquv raqami", "Ўқув рақами", "Номер обучения", "Training number"),
            ("Oʻquv №", "№ обучения", "Trening raqami", "Номер тренинга", "Raqami", "Номер", "Рақам", "Training No."),
            is_required=True, note=N_("The district's own number of the training.")),
        DISTRICT,
        Column("audience", Kind.CHOICE, Wording("Kimlar uchun", "Кимлар учун", "Для кого", "For whom"),
            ("Tinglovchilar", "Кто обучался", "Слушатели", "Категория слушателей", "Tinglovchilar toifasi", "Audience",
             "Oʻqiganlar toifasi", "Целевая группа", "Toifasi", "Категория"),
            is_required=True, choices=TrainingAudience),
        Column("topic", Kind.TEXT, Wording("Mavzu", "Мавзу", "Тема", "Topic"),
            ("Mavzusi", "Oʻquv mavzusi", "Тема обучения", "Тема тренинга", "Nomi", "Название", "Наименование", "Title",
             "Trening mavzusi"),
            is_required=True, note=PRIVATE_NOTE),
        Column("training_date", Kind.DATE, Wording("Sana", "Сана", "Дата", "Date"),
            ("Sanasi", "Oʻtkazilgan sana", "Дата проведения", "Дата обучения", "Oʻquv sanasi", "Date held", "Kun",
             "Oʻtkazilgan sanasi"),
            is_required=True, note=DATE_NOTE),
        Column("hours", Kind.WHOLE, Wording("Soatlar", "Соатлар", "Часы", "Hours"),
            ("Soati", "Soat", "Davomiyligi", "Часов", "Количество часов", "Продолжительность", "Soatlar soni",
             "Akademik soat", "Академические часы", "Length"),
            is_required=True, note=N_("A whole number of hours.")),
        Column("people", Kind.COUNT, Wording("Qatnashchilar soni", "Қатнашчилар сони", "Число обученных", "People"),
            ("Qatnashchilar", "Ishtirokchilar", "Ishtirokchilar soni", "Участники", "Количество участников", "Обучено",
             "Oʻqiganlar soni", "Обучено человек", "Число участников", "Participants", "Количество слушателей",
             "Количество обученных"),
            is_required=True, note=N_("A whole number of people.")),
        Column("mahallas", Kind.NAMES, Wording("Qamralgan mahallalar", "Қамралган маҳаллалар", "Охваченные махалли",
            "Mahallas covered"),
            ("Mahallalar", "Махалли", "Tayanch punktlari", "Опорные пункты", "Qatnashgan mahallalar", "Mahalla",
             "MFYlar",
             "Mahallas", "Posts", "Qamrab olingan mahallalar", "Махалли инспекторов"),
            note=N_("Mahallas whose inspectors took part, separated by a semicolon or a comma.")),
        Column("stirs", Kind.STIRS, Wording("Qamralgan NNTlar STIR", "Қамралган ННТлар СТИР", "ИНН охваченных ННО",
            "STIR of NGOs covered"),
            ("NNTlar", "ННО", "Qatnashgan NNTlar", "Охваченные ННО", "NGOs", "STIR", "СТИР", "ИНН", "Qamralgan NNTlar",
             *STIR_WORDS),
            note=N_("Nine digits. Several organisations are separated by a semicolon.")),
    ),
    key="number",
    synonyms=("Oʻquv", "Treninglar", "Trening", "Тренинги", "Обучения", "Oʻqitish", "Training", "Oʻquv-treninglar",
        "Oʻquv mashgʻulotlari", "Обучающие мероприятия", "Ўқув машғулотлари"),
)  # fmt: skip
