"""Believable invented rows for the packs of samples: what one area has, written by hand."""

from __future__ import annotations

from typing import Any

Rows = list[dict[str, Any]]

# Value now, value before, n, minimum n reached, width of the interval (0: none).
INDICATOR_ROWS: dict[str, tuple[float | None, float | None, float, float]] = {
    "memorandum_coverage": (100.0, 100.0, 1, 0),
    "memorandum_alive": (66.7, 100.0, 3, 0),
    "obligations_on_time": (71.4, 62.5, 14, 18),
    "plan_execution": (58.3, 52.2, 72, 9),
    "mahalla_reach": (46.2, 41.0, 39, 0),
    "regularity": (31.5, 27.8, 18, 11),
    "events_per_10k": (2.14, 1.87, 261400, 0),
    "participants": (3412.0, 2980.0, 56, 0),
    "evaluation_coverage": (74.1, 60.9, 54, 10),
    "evaluation_score": (3.87, 3.70, 41, 0.21),
    "would_repeat": (78.3, 81.4, 60, 9),
    "requests_on_time": (64.3, 70.0, 14, 21),
    "answer_days": (7.0, 6.0, 12, 0),
    "recommendations_closed": (38.9, 45.5, 18, 19),
    "decisions_done": (None, 66.7, 2, 0),
    "ngos_supported": (54.5, 50.0, 11, 0),
    "support_gini": (0.41, 0.46, 11, 0),
    "trained": (33.9, 28.3, 56, 0),
    "offences_per_10k": (18.4, 19.1, 261400, 0),
    "crime_free_mahallas": (71.8, 69.2, 39, 0),
}
TARGETS = {
    "plan_execution": (80.0, ""),
    "mahalla_reach": (60.0, "1703"),
    "evaluation_score": (4.0, ""),
    "recommendations_closed": (70.0, ""),
    "memorandum_alive": (60.0, "1703"),
    "answer_days": (5.0, ""),
}
MEMORANDA = (
    ("12-2024", "Yoshlar bilan birgalikda ishlash toʻgʻrisida", "Yoshlar qanoti", "in_force", "2026-12-24", 34, False),
    (
        "3-2025",
        "Huquqiy targʻibot va maʼlumot almashish",
        "Huquq va jamiyat; Adolat yoʻli",
        "in_force",
        None,
        None,
        True,
    ),
    ("7-2025", "Xavf guruhidagi oilalarga koʻmak", "Mehr-shafqat Qoʻrgʻontepa", "in_force", "2027-06-30", 222, False),
    ("1-2023", "Ijtimoiy yordam aksiyalari", "Saxovat koʻprigi", "expired", "2026-03-01", None, False),
    ("9-2026", "Jamoatchilik nazorati", "Fuqaro ovozi", "draft", None, None, False),
)
EVENTS = (
    ("information_exchange", 4, 0, 118),
    ("legal_outreach", 15, 1, 964),
    ("social_help", 6, 0, 412),
    ("rehabilitation", 3, 1, 74),
    ("youth_work", 18, 2, 1390),
    ("at_risk_work", 7, 0, 301),
    ("victim_support", 0, 0, 0),
    ("public_oversight", 3, 0, 153),
)
MARKS = (
    ("preparation", 4.31, 4.12, 4.50, 58, True, "better"),
    ("readiness", 4.12, 3.88, 4.36, 58, True, "similar"),
    ("timeliness", 3.12, 2.83, 3.41, 57, True, "much_worse"),
    ("roles", 3.74, 3.50, 3.98, 57, True, "similar"),
    ("resources", 3.05, 2.74, 3.36, 55, True, "much_worse"),
    ("needs", 4.20, 4.01, 4.39, 56, True, "similar"),
    ("result", None, None, None, 4, False, "not_compared"),
)
VOICES = (
    ("2026-10-23", "Huquqiy savodxonlik darsi", "Huquq va jamiyat", "Joy va jihozlar yaxshi tayyorlangan edi."),
    ("2026-10-15", "Profilaktika kuni", "Yoshlar qanoti", "Tadbir haqida bir kun oldin bildik, koʻproq odam kelardi."),
    (
        "2026-10-02",
        "“Oila – jamiyat koʻzgusi” seminari",
        "Saxovat koʻprigi",
        "Maʼruza uzun boʻldi; savol-javobga vaqt kam.",
    ),
    ("2026-09-24", "Maktabda ochiq dars", "Yoshlar qanoti", "Inspektor bolalar bilan juda yaxshi gaplashdi."),
    ("2026-09-17", "Ijtimoiy yordam aksiyasi", "Mehr-shafqat Qoʻrgʻontepa", "Transportni oʻzimiz topdik."),
    ("2026-09-03", "Profilaktika kuni", "Fuqaro ovozi", "Kim nima qilishi oldindan yozilmagan edi. " * 12),
)
PROBLEMS = (
    ("information_late", 19, 60),
    ("lack_of_means", 16, 60),
    ("unclear_responsibility", 9, 60),
    ("not_digital", 7, 60),
    ("no_experience", 4, 60),
    ("inspector_overloaded", 3, 60),
)
RECOMMENDATIONS = (
    ("r-1", "2026-07-02", "Yoshlar qanoti", "Tadbir sanasini kamida bir hafta oldin maʼlum qiling.", "accepted",
     "2026-09-30", True, 52, "Har oy boshida oylik jadval yuboriladi."),
    ("r-2", None, None, "Xabarlarni elektron almashaylik.", "new", None, True, 12, ""),
    ("r-3", "2026-08-20", "Saxovat koʻprigi", "Mahalla yettiligini ham taklif qiling.", "closed",
     "2026-10-01", False, None, "Endi har bir tadbirga mahalla yettiligi taklif qilinadi."),
    ("r-4", "2026-09-03", "Fuqaro ovozi", "Vazifalar taqsimotini yozma qiling.", "done",
     "2026-11-10", False, None, "Tadbir rejasiga masʼullar ustuni qoʻshildi."),
    ("r-5", "2026-09-17", "Mehr-shafqat Qoʻrgʻontepa", "Transport ajrating.", "declined",
     None, False, None, "Tuman budjetida mablagʻ yoʻq; homiy qidiriladi."),
)  # fmt: skip
DECISIONS = (
    ("d-1", 1, "Tadbirlar jadvalini har oyning 25-sanasigacha NNTlarga yuborish", "Koordinator",
     "2026-08-25", "2026-08-20", "done", "indicator", "plan_execution", 52.2, 58.3),
    ("d-2", 2, "Baholanmagan tadbirlar boʻyicha NNTlarga eslatma yuborish", "Profilaktika boʻlimi boshligʻi",
     "2026-09-15", "2026-10-02", "done_late", "indicator", "evaluation_coverage", 60.9, 74.1),
    ("d-3", 3, "3-2025 memorandum boʻyicha tadbir oʻtkazish", "Hokim oʻrinbosari",
     "2026-10-06", None, "overdue", "memorandum", "2", None, None),
    ("d-4", 4, "Ikki tayanch punkti inspektorlarini oʻqitish", "Koordinator",
     "2026-10-31", None, "overdue", "indicator", "trained", 28.3, 33.9),
    ("d-5", 5, "Axborot soʻrovlari uchun yagona manzil ochish", "Axborot xizmati",
     "2026-12-31", None, "open", "request", "5", None, None),
)  # fmt: skip
PROPOSALS = (
    ("decision_overdue", "d-3", "3", "3-2025 memorandum boʻyicha tadbir oʻtkazish",
     "2026-10-06", 46, None, None, "overdue"),
    ("recommendation_overdue", "r-1", None, "Tadbir sanasini kamida bir hafta oldin maʼlum qiling.",
     "2026-09-30", 52, None, None, "overdue"),
    ("obligation_overdue", "17", "7-2025", "Har chorakda hisobot taqdim etish",
     "2026-10-31", 21, None, None, "overdue"),
    ("expiring", "1", "12-2024", "Yoshlar bilan birgalikda ishlash toʻgʻrisida",
     "2026-12-24", 34, None, None, "overdue"),
    ("on_paper", "2", "3-2025", "Huquqiy targʻibot va maʼlumot almashish",
     "2026-08-01", 112, None, None, "overdue"),
    ("not_evaluated", "481", "T-481", "Profilaktika kuni", "2026-10-29", 23, None, None, "overdue"),
    ("indicator", "recommendations_closed", None, None, None, None, 38.9, 70.0, "target"),
    ("indicator", "regularity", None, None, None, None, 31.5, 40.2, "others"),
)  # fmt: skip
