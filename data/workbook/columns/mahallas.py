"""The sheet of the mahallas of districts."""

from __future__ import annotations

from data.language import N_
from data.workbook.columns.shared import DISTRICT, MAHALLA_WORDS
from data.workbook.declaration import Column, Kind, Sheet, Wording

MAHALLAS = Sheet(
    "mahallas",
    Wording("Mahallalar", "Маҳаллалар", "Махалли", "Mahallas"),
    Wording("Tuman (shahar) mahallalari", "Туман (шаҳар) маҳаллалари", "Махалли района (города)",
        "Mahallas of the district (city)"),
    (
        DISTRICT,
        Column("mahalla", Kind.TEXT, Wording("Mahalla", "Маҳалла", "Махалля", "Mahalla"),
            (*MAHALLA_WORDS, "Nomi", "Название", "Наименование", "Name"), is_required=True),
        Column("post", Kind.TEXT, Wording("Tayanch punkti", "Таянч пункти", "Опорный пункт", "Inspector's post"),
            ("Inspektor tayanch punkti", "Profilaktika inspektori tayanch punkti", "Опорный пункт инспектора", "Post",
             "Tayanch punkt", "Опорный пункт милиции", "Опорный пункт профилактики", "Punkt", "Inspektor posti",
             "Tayanch punkti raqami", "Номер опорного пункта", "Участок инспектора"),
            note=N_("The post's name or number, without the name of an officer.")),
    ),
    key="mahalla",
    synonyms=("Mahalla", "Mahallalar roʻyxati", "MFYlar", "Список махаллей", "Махалля", "Махаллалар",
        "Перечень махаллей",
        "Mahalla list", "Neighbourhoods"),
)  # fmt: skip
