"""Invented names for demo data: mahallas and NGOs. Any likeness to a real organisation is chance."""

from __future__ import annotations

from itertools import product

MAHALLAS = (
    "Doʻstlik", "Navbahor", "Oqtepa", "Bunyodkor", "Guliston", "Bogʻishamol", "Yangihayot", "Tinchlik", "Obod",
    "Chinorobod", "Gulobod", "Mehnatobod", "Nurafshon", "Istiqbol", "Sharq yulduzi", "Zarbuloq", "Koʻkterak",
    "Oydin", "Ziyokor", "Bahoriston", "Paxtakor", "Bogʻbon", "Toshariq", "Yuksalish", "Istiqlol", "Mustaqillik",
    "Ahillik", "Hamdoʻstlik", "Saodat", "Farovon", "Oqoltin", "Kamolot", "Maʼrifat", "Olmazor", "Anorzor",
    "Uzumzor", "Chorbogʻ", "Qoʻshchinor", "Beshterak", "Sarbon", "Oqbuloq", "Yangiariq", "Eski shahar",
    "Hunarmand", "Kulollar", "Zargarlar", "Temirchilar", "Bogʻiston", "Gulzor", "Lolazor", "Sohil", "Daryobod",
    "Koʻprikboshi", "Yangi tong", "Ittifoq", "Umid", "Taraqqiyot", "Sanoatchilar", "Adolat", "Fidokor",
    "Shodlik", "Baxtiyor", "Mehrobod", "Qoʻrgʻoncha", "Tepaqoʻrgʻon", "Oqyoʻl", "Vodiy", "Chashma", "Barkamol",
    "Nihol",
)  # fmt: skip

_QUALITIES = (
    "Yangi", "Ezgu", "Yorqin", "Nurli", "Oydin", "Ochiq", "Sofdil", "Umidli", "Saxiy", "Halol", "Faol", "Bedor",
    "Mehribon", "Sodiq", "Hamjihat", "Quvnoq", "Zukko", "Moviy", "Zumrad", "Muqaddas", "Baxtli", "Yuksak",
)  # fmt: skip
_THINGS = (
    "Ufq", "Qadam", "Yoʻlak", "Qalb", "Koʻprik", "Tong", "Nihol", "Manzil", "Davra", "Xonadon", "Maskan", "Buloq",
    "Chashma", "Chinor", "Zamin", "Yelkan", "Mayoq", "Eshik", "Bogʻ", "Sohil", "Kamalak", "Yulduz",
)  # fmt: skip
_KINDS = ("jamgʻarmasi", "markazi", "birlashmasi", "jamiyati", "uyushmasi")


def ngo_names() -> list[str]:
    """All invented NGO names, 484 of them, in a fixed order."""
    pairs = product(_QUALITIES, _THINGS)
    return [f"“{quality} {thing}” {_KINDS[place % len(_KINDS)]}" for place, (quality, thing) in enumerate(pairs)]
