"""The words that stand for codes in the cells of a report workbook, in all languages and as districts write them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from data.codes import Direction, EventForm, EventState, Problem, SupportKind, Visibility, WouldRepeat
from data.workbook.declaration import Wording
from data.workbook.folding import WordIndex
from data.workbook.register_words import register_words

# The first word of each code is the one that a template offers; the others are read as well.
WORDS: Mapping[StrEnum, tuple[Wording, tuple[str, ...]]] = {
    Direction.INFORMATION_EXCHANGE: (
        Wording("Axborot almashinuvi", "Ахборот алмашинуви", "Обмен информацией", "Information exchange"),
        ("Maʼlumot almashinuvi", "Axborot almashish", "Maʼlumot almashish", "Информационный обмен", "Обмен данными"),
    ),
    Direction.LEGAL_OUTREACH: (
        Wording("Huquqiy targʻibot", "Ҳуқуқий тарғибот", "Правовая пропаганда", "Legal outreach"),
        ("Huquqiy targʻibot-tashviqot", "Huquqiy tashviqot", "Правовое просвещение", "Правовая агитация",
         "Huquqiy maʼrifat"),
    ),
    Direction.SOCIAL_HELP: (
        Wording("Ijtimoiy yordam", "Ижтимоий ёрдам", "Социальная помощь", "Social help"),
        ("Ijtimoiy koʻmak", "Социальная поддержка", "Ijtimoiy qoʻllab-quvvatlash", "Социальное содействие"),
    ),
    Direction.REHABILITATION: (
        Wording(
            "Ijtimoiy reabilitatsiya va moslashtirish",
            "Ижтимоий реабилитация ва мослаштириш",
            "Социальная реабилитация и адаптация",
            "Social rehabilitation and adaptation",
        ),
        ("Ijtimoiy reabilitatsiya", "Социальная реабилитация", "Reabilitatsiya", "Ijtimoiy moslashtirish",
         "Реабилитация",
         "Социальная адаптация", "Реабилитация и адаптация", "Reabilitatsiya va moslashtirish", "Ijtimoiy moslashuv",
         "Rehabilitation"),
    ),
    Direction.YOUTH_WORK: (
        Wording("Yoshlar bilan ishlash", "Ёшлар билан ишлаш", "Работа с молодёжью", "Youth work"),
        ("Yoshlar", "Молодёжь", "Yoshlar bilan ish", "Молодёжная работа", "Work with youth"),
    ),
    Direction.AT_RISK_WORK: (
        Wording("Xavf guruhi bilan ishlash", "Хавф гуруҳи билан ишлаш", "Работа с группами риска",
            "Work with at-risk groups"),
        ("Xavf guruhi", "Работа с группой риска", "Группа риска", "Группы риска", "Xavf guruhlari bilan ishlash",
         "Xavf guruhidagilar bilan ishlash", "At-risk work"),
    ),
    Direction.VICTIM_SUPPORT: (
        Wording("Viktimologik profilaktika", "Виктимологик профилактика", "Виктимологическая профилактика",
            "Victim support"),
        ("Jabrlanganlarga yordam", "Помощь потерпевшим", "Помощь пострадавшим", "Поддержка пострадавших",
         "Поддержка жертв",
         "Jabrlanuvchilarga yordam", "Viktimologiya", "Victim support (victimological prevention)",
         "Поддержка потерпевших"),
    ),
    Direction.PUBLIC_OVERSIGHT: (
        Wording("Jamoatchilik nazorati", "Жамоатчилик назорати", "Общественный контроль", "Public oversight"),
        ("Jamoat nazorati", "Контроль общественности"),
    ),
    EventForm.LECTURE: (
        Wording("Targʻibot suhbati", "Тарғибот суҳбати", "Лекция, беседа", "Lecture or outreach talk"),
        ("Maʼruza", "Suhbat", "Лекция", "Беседа", "Targʻibot", "Targʻibot tadbiri", "Разъяснительная беседа",
         "Lecture", "Talk",
         "Пропагандистская беседа", "Лекция или беседа", "Maʼruza yoki suhbat", "Maʼruza, suhbat",
         "Profilaktik suhbat",
         "Профилактическая беседа", "Outreach talk", "Targʻibot-tashviqot suhbati", "Лекция-беседа",
         "Агитационная беседа"),
    ),
    EventForm.SEMINAR: (
        Wording("Seminar", "Семинар", "Семинар", "Seminar"),
        ("Oʻquv-seminar", "Oʻquv seminari", "Обучающий семинар", "Seminar-mashgʻulot"),
    ),
    EventForm.CONFERENCE: (
        Wording("Konferensiya", "Конференция", "Конференция", "Conference"),
        ("Anjuman", "Konferentsiya", "Davra suhbati", "Круглый стол", "Konferentsya", "Илмий-амалий конференция",
         "Форум"),
    ),
    EventForm.TRAINING: (
        Wording("Trening", "Тренинг", "Тренинг", "Training"),
        ("Oʻquv mashgʻuloti", "Обучение", "Oʻquv", "Oʻquv treningi", "Обучающий тренинг"),
    ),
    EventForm.PREVENTIVE_MEETING: (
        Wording("Profilaktik uchrashuv", "Профилактик учрашув", "Профилактическая встреча", "Preventive meeting"),
        ("Uchrashuv", "Встреча", "Profilaktik yigʻilish", "Профилактическое собрание", "Yigʻilish", "Meeting",
         "Собрание"),
    ),
    EventForm.SOCIAL_AID_ACTION: (
        Wording("Ijtimoiy yordam aksiyasi", "Ижтимоий ёрдам акцияси", "Акция социальной помощи", "Social aid action"),
        ("Aksiya", "Акция", "Xayriya aksiyasi", "Благотворительная акция", "Социальная акция", "Action",
         "Ijtimoiy aksiya",
         "Xayriya tadbiri", "Акцияси"),
    ),
    EventForm.OPEN_LESSON: (
        Wording("Ochiq dars", "Очиқ дарс", "Открытый урок", "Open lesson"),
        ("Dars", "Урок", "Открытое занятие", "Ochiq mashgʻulot"),
    ),
    EventForm.PREVENTION_DAY: (
        Wording("Profilaktika kuni", "Профилактика куни", "День профилактики", "Prevention day"),
        ("Payshanba – profilaktika kuni", "Профилактический день", "Единый день профилактики"),
    ),
    EventForm.RAID: (
        Wording("Reyd", "Рейд", "Рейд", "Raid or inspection"),
        ("Reyd tadbiri", "Reyd yoki tekshiruv", "Raid", "Tekshiruv", "Проверка", "Рейд или проверка",
         "Рейдовое мероприятие",
         "Inspection", "Reyd, tekshiruv", "Рейд, проверка"),
    ),
    EventState.PLANNED: (
        Wording("Rejalashtirilgan", "Режалаштирилган", "Запланировано", "Planned"),
        ("Rejada", "Reja", "Планируется", "В плане", "Rejalashtirildi", "Запланирован", "Oʻtkaziladi", "Kutilmoqda"),
    ),
    EventState.HELD: (
        Wording("Oʻtkazildi", "Ўтказилди", "Проведено", "Held"),
        ("Oʻtkazilgan", "Bajarildi", "Bajarilgan", "Проведён", "Проведена", "Состоялось", "Выполнено",
         "Boʻlib oʻtdi", "Done",
         "Исполнено", "Amalga oshirildi", "Oʻtdi", "Проведены", "Реализовано", "Завершено", "Yakunlandi"),
    ),
    EventState.CANCELLED: (
        Wording("Bekor qilindi", "Бекор қилинди", "Отменено", "Cancelled"),
        ("Bekor qilingan", "Oʻtkazilmadi", "Отменён", "Отменена", "Не проведено", "Не состоялось", "Oʻtkazilmagan",
         "Canceled",
         "Bekor boʻldi", "Bajarilmadi", "Не выполнено", "Bekor"),
    ),
    SupportKind.VENUE: (
        Wording("Bino", "Бино", "Помещение", "Venue"),
        ("Xona", "Joy", "Zal", "Здание", "Место", "Зал", "Bino ajratish", "Предоставление помещения", "Bino va xona",
         "Помещения"),
    ),
    SupportKind.TRANSPORT: (
        Wording("Transport", "Транспорт", "Транспорт", "Transport"),
        ("Avtotransport", "Avtomashina", "Автотранспорт", "Ulov", "Transport vositasi", "Транспортные средства"),
    ),
    SupportKind.PRINTED_MATTER: (
        Wording("Bosma materiallar", "Босма материаллар", "Печатные материалы", "Printed matter"),
        ("Tarqatma materiallar", "Раздаточные материалы", "Buklet", "Bukletlar", "Полиграфия", "Печатная продукция",
         "Materiallar",
         "Bosma mahsulotlar", "Материалы", "Буклеты", "Bosma material", "Адабиётлар", "Printed materials"),
    ),
    SupportKind.EQUIPMENT: (
        Wording("Jihozlar", "Жиҳозлар", "Оборудование", "Equipment"),
        ("Texnika", "Техника", "Uskunalar", "Asbob-uskunalar", "Jihoz", "Texnik jihozlar", "Инвентарь", "Anjomlar"),
    ),
    SupportKind.GRANT: (
        Wording("Grant", "Грант", "Грант", "Grant"),
        ("Grantlar", "Гранты", "Moliyaviy yordam", "Pul mablagʻi", "Финансирование", "Финансовая помощь",
         "Moliyalashtirish",
         "Субсидия", "Mablagʻ"),
    ),
    WouldRepeat.YES: (
        Wording("Ha", "Ҳа", "Да", "Yes"),
        ("Xa", "Albatta", "Конечно", "Ha, albatta", "Oʻtkazaman", "Да, конечно"),
    ),
    WouldRepeat.NO: (
        Wording("Yoʻq", "Йўқ", "Нет", "No"),
        ("Yoq", "Oʻtkazmayman", "Йук"),
    ),
    WouldRepeat.UNSURE: (
        Wording("Bilmayman", "Билмайман", "Не знаю", "Not sure"),
        ("Aniq emas", "Не уверен", "Не уверена", "Ikkilanaman", "Затрудняюсь ответить", "Balki", "Возможно",
         "Unsure", "Maybe",
         "Aniq bilmayman", "Может быть", "Do not know", "Затрудняюсь"),
    ),
    Visibility.NAMED: (
        Wording("Ochiq", "Очиқ", "Открыто", "Named"),
        ("Oshkora", "Открытый", "Открытая", "Открыт", "Ism bilan", "Open", "Публично", "Именной"),
    ),
    Visibility.CONFIDENTIAL: (
        Wording("Maxfiy", "Махфий", "Конфиденциально", "Confidential"),
        ("Sir", "Конфиденциальный", "Конфиденциальная", "Yopiq", "Закрыто", "Анонимно", "Закрытый", "Секретно",
         "Anonim",
         "Yashirin", "Закрытая"),
    ),
    Problem.NO_LEGAL_BASIS: (
        Wording("Huquqiy asos yoʻq", "Ҳуқуқий асос йўқ", "Нет правовой основы", "No legal basis"),
        ("Huquqiy asosning yoʻqligi", "Отсутствие правовой основы", "Huquqiy asos yetarli emas"),
    ),
    Problem.INFORMAL: (
        Wording("Norasmiy hamkorlik", "Норасмий ҳамкорлик", "Неформальное сотрудничество", "Informal cooperation"),
        ("Hamkorlik norasmiy", "Сотрудничество неформальное"),
    ),
    Problem.INFORMATION_LATE: (
        Wording("Axborot kech keldi", "Ахборот кеч келди", "Информация опоздала", "Information came late"),
        ("Axborot kech keladi", "Информация поступает поздно", "Maʼlumot kech keldi", "Axborot kechikdi",
         "Information late",
         "Информация поступила поздно", "Axborot oʻz vaqtida kelmadi", "Несвоевременная информация",
         "Поздняя информация"),
    ),
    Problem.NOT_DIGITAL: (
        Wording("Axborot almashinuvi raqamli emas", "Ахборот алмашинуви рақамли эмас", "Обмен не цифровой",
            "Exchange is not digital"),
        ("Almashinuv raqamlashtirilmagan", "Raqamlashtirilmagan", "Обмен не цифровизирован", "Нет цифрового обмена"),
    ),
    Problem.LACK_OF_MEANS: (
        Wording(
            "Jihoz, transport yoki mablagʻ yetishmasligi",
            "Жиҳоз, транспорт ёки маблағ етишмаслиги",
            "Нехватка оборудования, транспорта или средств",
            "Lack of equipment, transport or funds",
        ),
        ("Mablagʻ yetishmasligi", "Нехватка средств", "Transport yetishmasligi", "Нехватка транспорта",
         "Resurs yetishmasligi",
         "Jihoz yetishmasligi", "Нехватка оборудования", "Нехватка ресурсов", "Недостаток средств", "Transport yoʻq"),
    ),
    Problem.UNEQUAL_GRANTS: (
        Wording("Grantlar teng taqsimlanmagan", "Грантлар тенг тақсимланмаган", "Неравное распределение грантов",
            "Unequal grants"),
        ("Grantlar notekis taqsimlangan", "Гранты распределены неравномерно", "Неравномерность грантов"),
    ),
    Problem.NO_EXPERIENCE: (
        Wording("Tajriba yoki malaka yetishmasligi", "Тажриба ёки малака етишмаслиги", "Нет опыта или подготовки",
            "No experience or training"),
        ("Tajriba yetishmasligi", "Tajriba yoʻq", "Нет опыта", "Недостаток опыта", "Malaka yetishmasligi",
         "Отсутствие опыта"),
    ),
    Problem.DISTRUST: (
        Wording("NNTlarga ishonchsizlik", "ННТларга ишончсизлик", "Недоверие к ННО", "Distrust of NGOs"),
        ("Ishonchsizlik", "Недоверие", "NNTga ishonchsizlik"),
    ),
    Problem.GOALS_UNKNOWN: (
        Wording("NNT maqsadlari nomaʼlum", "ННТ мақсадлари номаълум", "Цели ННО неизвестны",
            "Goals of NGOs are unknown"),
        ("NNT maqsadlari maʼlum emas", "Неизвестны цели ННО"),
    ),
    Problem.ONE_OFF: (
        Wording("Bir martalik yoki rasmiyatchilik", "Бир марталик ёки расмиятчилик",
            "Разовое или формальное мероприятие", "One-off or formal event"),
        ("Bir martalik tadbir", "Rasmiyatchilik", "Формальность", "Разовое мероприятие", "Формальное мероприятие",
         "Bir martalik"),
    ),
    Problem.UNCLEAR_RESPONSIBILITY: (
        Wording("Masʼuliyat aniq emas", "Масъулият аниқ эмас", "Неясная ответственность", "Unclear responsibility"),
        ("Masʼullar aniq emas", "Неясно, кто отвечает", "Нечёткая ответственность", "Masʼuliyat noaniq"),
    ),
    Problem.WEAK_COORDINATION: (
        Wording("Muvofiqlashtirish sust", "Мувофиқлаштириш суст", "Слабая координация", "Weak coordination"),
        ("Muvofiqlashtirish yetarli emas", "Недостаточная координация", "Sust muvofiqlashtirish",
         "Muvofiqlashtirish zaif"),
    ),
    Problem.INSPECTOR_OVERLOADED: (
        Wording("Inspektorning ish yuklamasi koʻp", "Инспекторнинг иш юкламаси кўп", "Инспектор перегружен",
            "Inspector is overloaded"),
        ("Inspektor band", "Перегруженность инспектора", "Inspektor haddan tashqari band", "Inspektorning bandligi"),
    ),
    Problem.OTHER: (Wording("Boshqa", "Бошқа", "Другое", "Other problem"), ("Boshqa muammo", "Иное", "Прочее",
        "Other")),
}  # fmt: skip


def words_of(code: StrEnum) -> tuple[Wording, tuple[str, ...]]:
    """The word that a template offers for a code, and the others that are read."""
    return (register_words(type(code)) or WORDS)[code]


def template_word(code: StrEnum) -> Wording:
    """The word that a template offers for a code."""
    return words_of(code)[0]


@cache
def word_index(codes: type[StrEnum]) -> WordIndex[StrEnum]:
    """Finds the code of one kind by any of its words."""
    known = []
    for code in codes:
        wording, synonyms = words_of(code)
        known += [(word, code) for word in (*wording.by_language().values(), *synonyms, code.value)]
    return WordIndex(known)
