"""Uzbek texts of demo records. They are data, as a district would have typed them, so they have no translation."""

from __future__ import annotations

from collections.abc import Mapping

from data.codes import Direction, EventForm, Party

THEMES: Mapping[Direction, tuple[str, ...]] = {
    Direction.INFORMATION_EXCHANGE: (
        "Mahalladagi ijtimoiy muhit tahlili", "Oʻzaro axborot — tezkor yechim", "Yagona axborot maydoni",
        "Profilaktikada ochiq maʼlumotlar", "Mahalla pasporti", "Hamkorlik: tahlil va natija",
    ),
    Direction.LEGAL_OUTREACH: (
        "Huquqiy bilim — ishonchli himoya", "Qonun ustuvorligi — adolat mezoni", "Huquq va burch",
        "Kiberfiribgarlikdan saqlaning", "Yoʻl harakati xavfsizligi", "Korrupsiyaga qarshi birgamiz",
        "Oila va qonun", "Konstitutsiya — hayotimiz poydevori",
    ),
    Direction.SOCIAL_HELP: (
        "Mehr-oqibat", "Saxovat dasturxoni", "Ehtiyojmand oilalarga koʻmak", "Issiq uy — issiq mehr",
        "Maktabga ilk qadam", "Muruvvat karvoni",
    ),
    Direction.REHABILITATION: (
        "Yangi hayot sari", "Hunar — barqaror daromad", "Jamiyatga qaytish", "Ikkinchi imkoniyat",
        "Bandlik — huquqbuzarlikka yechim", "Moslashuv maktabi",
    ),
    Direction.YOUTH_WORK: (
        "Sogʻlom avlod — mustahkam kelajak", "Giyohvandlikka yoʻq deymiz", "Boʻsh vaqt — foydali mashgʻulot",
        "Yoshlar va qonun", "Ijtimoiy tarmoqlardan toʻgʻri foydalanish", "Kitobxon yoshlar",
        "Sport — salomatlik garovi",
        "Kasb tanlash saboqlari",
    ),
    Direction.AT_RISK_WORK: (
        "Befarq boʻlmaylik", "Hamjihatlik — xavfsizlik kafolati", "Murabbiy — yaqin koʻmakchi",
        "Spirtli ichimlik va oila taqdiri", "Toʻgʻri yoʻlni tanla", "Nizosiz oila",
    ),
    Direction.VICTIM_SUPPORT: (
        "Zoʻravonliksiz oila", "Jabrdiydaga huquqiy va ruhiy koʻmak", "Ayollar va bolalar himoyasi",
        "Firibgarlik qurboniga aylanmang", "Ishonch telefoni: yolgʻiz emassiz", "Xavfsiz muhit",
    ),
    Direction.PUBLIC_OVERSIGHT: (
        "Tungi mahalla", "Xavfsiz koʻcha", "Jamoatchilik nigohi", "Voyaga yetmaganlar nazorati",
        "Savdo nuqtalarida qonuniylik", "Obod va xavfsiz hudud",
    ),
}  # fmt: skip

FORM_PHRASES: Mapping[EventForm, str] = {
    EventForm.LECTURE: "“{theme}” mavzusida targʻibot suhbati",
    EventForm.SEMINAR: "“{theme}” mavzusida seminar",
    EventForm.CONFERENCE: "“{theme}” mavzusida konferensiya",
    EventForm.TRAINING: "“{theme}” mavzusida trening",
    EventForm.PREVENTIVE_MEETING: "“{theme}” mavzusida profilaktik uchrashuv",
    EventForm.SOCIAL_AID_ACTION: "“{theme}” ijtimoiy yordam aksiyasi",
    EventForm.OPEN_LESSON: "“{theme}” mavzusida ochiq dars",
    EventForm.PREVENTION_DAY: "“{theme}” profilaktika kuni",
    EventForm.RAID: "“{theme}” reyd tadbiri",
}

CANCEL_REASONS = (
    "Ob-havo sharoiti noqulay boʻldi", "Zal boshqa tadbirga berildi", "Tashkilot vakillari xizmat safarida boʻldi",
    "Inspektor navbatchilikka jalb etildi", "Ishtirokchilar yetarli boʻlmadi", "Tadbir boshqa sanaga koʻchirildi",
)  # fmt: skip

COMMENTS_GOOD = (
    "Tadbir foydali boʻldi, ishtirokchilar faol qatnashdi.",
    "Inspektor puxta tayyorlangan, savollarga aniq javob berdi.",
    "Vazifalar oldindan taqsimlangani ishni yengillashtirdi.", "Mahalla faollari yaqindan koʻmaklashdi.",
    "Tadbirdan keyin aholi murojaatlari oʻz vaqtida koʻrib chiqildi.", "Yoshlarning qiziqishi katta boʻldi.",
)  # fmt: skip
COMMENTS_MIXED = (
    "Tadbir umuman yaxshi oʻtdi, biroq vaqt kam ajratildi.", "Mavzu dolzarb, ammo tarqatma materiallar yetishmadi.",
    "Axborot bir kun oldin berildi, tayyorgarlikka vaqt qolmadi.", "Ishtirokchilar soni kutilganidan kam boʻldi.",
    "Masʼullar aniq belgilansa, natija yaxshiroq boʻlardi.",
)  # fmt: skip
COMMENTS_BAD = (
    "Tadbir rasmiyatchilik uchun oʻtkazilgandek taassurot qoldirdi.",
    "Tashkilotimizga tadbir kuni ertalab xabar berildi.",
    "Inspektor ishi koʻpligi sababli toʻliq qatnasha olmadi.", "Transport va xona masalasi hal etilmagan edi.",
    "Rejada kelishilgan masalalar muhokama qilinmadi.",
)  # fmt: skip

COMMENT_DETAILS = (
    "{people} kishi qatnashdi, {minutes} daqiqa davom etdi, {questions} nafari savol berdi.",
    "Suhbat {minutes} daqiqa davom etdi, {people} kishidan {questions} nafari savol berdi.",
    "{questions} ta savolga javob berildi, {people} kishi roʻyxatdan oʻtdi, {minutes} daqiqa vaqt ketdi.",
)

RECOMMENDATIONS = (
    "Keyingi safar mahalla faollari ham jalb etilsin.", "Tadbir haqida kamida besh kun oldin xabar berilsin.",
    "Tarqatma materiallar birgalikda tayyorlansin.", "Har chorakda qoʻshma tahlil oʻtkazilsin.",
    "Tadbir uchun doimiy xona ajratilsin.", "Tadbirlar maktab taʼtiliga toʻgʻri keltirilmasin.",
    "Ota-onalar uchun alohida mashgʻulot tashkil etilsin.", "Axborot almashinuvi elektron shaklda yoʻlga qoʻyilsin.",
    "Masʼul xodim va muddat oldindan yozma belgilansin.", "Psixolog ishtiroki taʼminlansin.",
    "Chekka mahallalarga borish uchun transport ajratilsin.", "Tadbir natijalari mahallada eʼlon qilinsin.",
    "Yoshlar yetakchisi bilan birgalikda reja tuzilsin.", "Bandlik boʻlimi vakili ham taklif etilsin.",
    "Xotin-qizlar faollari bilan suhbatlar koʻpaytirilsin.", "Tadbirlar soni emas, natijasi tahlil qilinsin.",
)  # fmt: skip
RECOMMENDATION_DETAILS = (
    "Taklif {homes} ta oila va {young} nafar yoshga taalluqli.", "Buni {young} nafar yosh va {homes} ta oila soʻragan.",
    "Shunda {homes} ta oila va {young} nafar yosh qamrab olinadi.",
)  # fmt: skip
OWNERS = (
    "Profilaktika boʻlimi", "Mahalla yettiligi", "Tuman (shahar) hokimligi", "Yoshlar masalalari boʻlimi",
    "Muvofiqlashtiruvchi xodim",
)  # fmt: skip
ANSWERS_ACCEPTED = (
    "Taklif maʼqullandi, keyingi rejaga kiritildi.", "Taklif qabul qilindi, masʼul belgilandi.",
    "Qabul qilindi, mahalla yettiligi bilan kelishildi.", "Taklif oʻrinli, ijrosi boshlandi.",
)  # fmt: skip
ANSWERS_DECLINED = (
    "Bu masala boshqa tashkilot vakolatiga kiradi.", "Joriy yil budjetida bunday mablagʻ koʻzda tutilmagan.",
    "Taklif amaldagi tartibga mos kelmaydi.",
)  # fmt: skip
DONE_NOTES = (
    "Bajarildi: tadbir rejasiga kiritilib, mahallada oʻtkazildi.", "Ijro etildi, dalolatnoma tuzildi.",
    "Masala hal qilindi, tashkilotga maʼlum qilindi.", "Kerakli sharoit yaratildi va tekshirildi.",
)  # fmt: skip
REOPENING_REASONS = (
    "Amalda hali oʻzgarish sezilmadi.", "Faqat bitta mahallada bajarilgan, qolganlari kutmoqda.",
    "Kelishilgan muddatda natija koʻrmadik.",
)  # fmt: skip
OTHER_PROBLEMS = (
    "Zal kichik, hammaga joy yetmadi", "Elektr taʼminoti uzilib qoldi", "Tadbir boshqa tadbir bilan bir vaqtga tushdi",
)  # fmt: skip

MEMORANDUM_TITLES = (
    "Huquqbuzarliklar profilaktikasida hamkorlik toʻgʻrisida",
    "Yoshlar oʻrtasida profilaktika ishlari boʻyicha hamkorlik",
    "Mahallada xavfsiz muhit yaratish boʻyicha hamkorlik", "Ijtimoiy sheriklik va huquqiy targʻibot toʻgʻrisida",
)  # fmt: skip
TERMINATION_REASONS = (
    "Tashkilot faoliyatini toʻxtatdi", "Tomonlar oʻzaro kelishuv bilan bekor qildi", "Majburiyatlar bajarilmadi",
)  # fmt: skip
EXTENSION_TEXT = "Amal qilish muddati uzaytirildi."
TERMS_TEXT = "Hamkorlik yoʻnalishlari va masʼullar yangilandi."
OBLIGATIONS: Mapping[Party, tuple[str, ...]] = {
    Party.NGO: (
        "Har chorakda kamida ikkita huquqiy targʻibot tadbirini oʻtkazish", "Koʻngillilar guruhini shakllantirish",
        "Yarim yillik hisobot taqdim etish", "Yoshlar uchun toʻgarak ochish",
        "Huquqiy maslahat kunlarini tashkil etish",
    ),
    Party.POLICE: (
        "Tadbirlar uchun xona ajratish", "Oylik tahliliy maʼlumotni oʻz vaqtida berish",
        "Masʼul profilaktika inspektorini biriktirish", "Qoʻshma yillik rejani tasdiqlash",
        "Tashkilot xodimlari uchun oʻquv mashgʻuloti oʻtkazish",
    ),
}  # fmt: skip
EVIDENCE = "Dalolatnoma № {number}"
POST = "{number}-tayanch punkti"
INHABITANTS_SOURCE = "Namuna maʼlumotlar: oʻylab topilgan raqam, rasmiy statistika emas"
