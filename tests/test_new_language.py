"""A new language needs its row, its catalogue and its names: pages, charts and files are then in it."""

from __future__ import annotations

import csv
from pathlib import Path
from shutil import copytree

import pytest

from tests.product_copy import copy_product, run_each_in, run_in

ROW = """
    KAA = (
        "kaa",
        LanguageFacts(
            own_name="Qaraqalpaqsha", alphabet=(*_LATIN, "ı", "ń", "ó", "ú", "sh", "ch"), locale="uz_Latn"
        ),
    )
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy of the product with Karakalpak as its last language."""
    copy = copy_product(tmp_path_factory.mktemp("karakalpak"))
    languages = copy / "data" / "language.py"
    before, after = languages.read_text(encoding="utf-8").split("\n    def __new__", 1)
    languages.write_text(f"{before}{ROW}\n    def __new__{after}", encoding="utf-8")
    copytree(copy / "data" / "locale" / "uz_Latn", copy / "data" / "locale" / "kaa")
    for name in ("regions.csv", "districts.csv"):
        _name_in_karakalpak(copy / "data" / "reference" / name)
    return copy


def _name_in_karakalpak(path: Path) -> None:
    """Add a name column to the areas of a file; the last area has none and keeps its Uzbek name."""
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    named = [{**row, "name_kaa": f"{row['name_uz_latn'].split()[0]} rayonı"} for row in rows[:-1]]
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, [*rows[0], "name_kaa"], restval="")
        writer.writeheader()
        writer.writerows([*named, rows[-1]])


def test_its_areas_have_its_names_its_catalogue_is_looked_after_and_a_template_is_written_in_it(copy: Path) -> None:
    names = "from data.directory import area_names; from data.language import Language"
    printed = run_each_in(
        copy,
        ("-m", "data.texts.catalogues", "check"),
        ("-m", "data", "template", "report.xlsx", "--lang", "kaa"),
        ("-c", f"{names}; print(*area_names(Language('kaa')).values(), sep='\\n')"),
    ).splitlines()
    assert "Oltinkoʻl rayonı" in printed
    with (copy / "data" / "reference" / "districts.csv").open(encoding="utf-8", newline="") as source:
        # The last area, before the invented one, has no name in it, and keeps that of the first language.
        assert printed[-2] == list(csv.DictReader(source))[-1]["name_uz_latn"]
    assert (copy / "report.xlsx").stat().st_size


def test_every_page_and_file_speaks_it(copy: Path) -> None:
    """Tests that run in each language run in this one too."""
    rooms = ("tests/pages", "tests/components", "tests/data")
    options = ("-q", "-n", "0", "-p", "no:cacheprovider", "-m", "not browser and not office", "--thorough")
    printed = run_in(copy, "-m", "pytest", *options, "-k", "kaa", *rooms)
    assert "[100%]" in printed
