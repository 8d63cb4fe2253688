"""Uzbek texts of the demo's registers. They are data, as a district would have typed them, so not translated."""

from __future__ import annotations

from collections.abc import Mapping

from data.codes import RequestKind, SupportKind, TrainingAudience

REQUEST_TOPICS: Mapping[RequestKind, tuple[str, ...]] = {
    RequestKind.STATISTICS: (
        "Mahallalar kesimida huquqbuzarliklar soni", "Yoshlar bandligi boʻyicha tahlil",
        "Chorak yakunlari boʻyicha qiyosiy maʼlumot",
    ),
    RequestKind.ARRANGEMENTS: (
        "Tadbir uchun xona va vaqt", "Oʻquv muassasalari bilan kelishuv", "Ishtirokchilar soni va transport",
    ),
    RequestKind.LEGAL_INFORMATION: (
        "Jamoatchilik nazorati tartibi", "Koʻngillilar bilan ishlash asoslari",
        "Oilaviy zoʻravonlik boʻyicha huquqiy tartib",
    ),
    RequestKind.PLANS_AND_REPORTS: (
        "Qoʻshma reja ijrosi", "Yarim yillik hisobot", "Keyingi chorak tadbirlari roʻyxati",
    ),
    RequestKind.OTHER: ("Tarqatma materiallar namunasi", "Aloqa uchun masʼul boʻlim"),
}  # fmt: skip

SUPPORT_SOURCES: Mapping[SupportKind, tuple[str, ...]] = {
    SupportKind.VENUE: ("Tuman (shahar) hokimligi", "Mahalla markazi", "Ichki ishlar boʻlimi"),
    SupportKind.TRANSPORT: ("Tuman (shahar) hokimligi", "Ichki ishlar boʻlimi"),
    SupportKind.PRINTED_MATTER: ("Mahalliy budjet", "Ichki ishlar boʻlimi"),
    SupportKind.EQUIPMENT: ("Mahalliy budjet", "Homiylar"),
    SupportKind.GRANT: ("Jamoat fondi", "Mahalliy budjet", "Davlat granti"),
}  # fmt: skip

TRAINING_TOPICS: Mapping[TrainingAudience, tuple[str, ...]] = {
    TrainingAudience.INSPECTORS: (
        "Nodavlat tashkilotlar bilan hamkorlik", "Qoʻshma tadbirni rejalashtirish", "Aholi bilan muloqot madaniyati",
    ),
    TrainingAudience.NGO: (
        "Profilaktikaning huquqiy asoslari", "Tadbirni baholash va taklif kiritish", "Grant arizasini tayyorlash",
    ),
}  # fmt: skip

MEETING_TITLES = {
    "district": "{quarter}-chorak yakunlari boʻyicha muvofiqlashtiruvchi yigʻilish",
    "region": "Viloyat muvofiqlashtiruvchi yigʻilishi, {quarter}-chorak",
    "nation": "Respublika muvofiqlashtiruvchi yigʻilishi, {quarter}-chorak",
}
DECISIONS_ON_INDICATORS = {
    "plan_execution": (
        "Bajarilmagan reja bandlari boʻyicha yangi muddat belgilansin.",
        "Reja ijrosi har oyda koʻrib chiqilsin.",
    ),
    "mahalla_reach": (
        "Tadbir oʻtkazilmagan mahallalar uchun jadval tuzilsin.",
        "Chekka mahallalarga chiqish tashkil etilsin.",
    ),
    "requests_on_time": ("Soʻrovlarga javob muddati nazoratga olinsin.",),
    "evaluation_coverage": ("Tashkilotlarga baholash shakli tadbir kuni yuborilsin.",),
    "recommendations_closed": ("Muddati oʻtgan takliflar boʻyicha masʼullar hisobot bersin.",),
    "trained": ("Inspektorlar va tashkilotlar uchun qoʻshma oʻquv oʻtkazilsin.",),
    "ngos_supported": ("Koʻmak olmagan tashkilotlar bilan uchrashuv oʻtkazilsin.",),
}
DECISION_ON_MEMORANDUM = "{number}-sonli memorandum boʻyicha tadbirlar rejasi yangilansin."
DECISION_ON_OBLIGATION = "Muddati oʻtgan majburiyat bajarilsin: {text}."
DECISION_EVIDENCE = "Bayonnoma ijrosi toʻgʻrisida maʼlumotnoma № {number}"
FIGURE_SOURCE = "Namuna maʼlumotlar: oʻylab topilgan raqam, rasmiy statistika emas"
