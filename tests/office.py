"""Renders exported files: LibreOffice converts them to PDF, poppler to pictures and text.

As a program it reports what is missing; exit code 1 means that tests marked ``office`` cannot run here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from components.deck.fonts import FONTS_FOLDER

PROGRAMS = ("soffice", "pdftoppm", "pdftotext", "pdffonts", "pdfinfo")
LONGEST_S = 600
XHTML = "{http://www.w3.org/1999/xhtml}"
SOFT_HYPHEN, SOFT_BREAK = "\u00ad", "\u200b"


def missing_programs() -> list[str]:
    """Return which of the programs are not on the path."""
    return [name for name in PROGRAMS if shutil.which(name) is None]


def pdfs_of(contents: Mapping[str, bytes], *, folder: Path) -> dict[str, Path]:
    """Return the PDFs that LibreOffice, started once, makes of files by name; names have extensions.

    A profile of its own lets several run at a time. The shipped typeface replaces Arial, which is a little narrower:
    what fits in the one fits in the other, whatever fonts the machine has.
    """
    sources = [folder / name for name in contents]
    for source, content in zip(sources, contents.values(), strict=True):
        source.write_bytes(content)
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    made = folder / "pdf"
    _run([*command, "--outdir", str(made), *map(str, sources)], environment=os.environ | _fonts(folder))
    return {source.name: (made / source.name).with_suffix(".pdf") for source in sources}


def page_count(pdf: Path) -> int:
    """Return how many pages a PDF has."""
    lines = _run(["pdfinfo", str(pdf)]).splitlines()
    return next(int(line.split()[-1]) for line in lines if line.startswith("Pages:"))


def page_texts(pdf: Path) -> list[str]:
    """Return the text of each page in the order of setting, on one line, hyphens at the ends of lines undone."""
    pages = _run(["pdftotext", "-raw", "-enc", "UTF-8", str(pdf), "-"]).removesuffix("\f").split("\f")
    return [" ".join(page.replace(f"{SOFT_HYPHEN}\n", "").replace(SOFT_BREAK, "").split()) for page in pages]


@dataclass(frozen=True)
class Word:
    """Word on a page with its position, in points from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def page_words(pdf: Path) -> list[list[Word]]:
    """Return the words of each page with their places."""
    document = ElementTree.fromstring(_run(["pdftotext", "-bbox", "-enc", "UTF-8", str(pdf), "-"]))  # noqa: S314
    edges = ("xMin", "yMin", "xMax", "yMax")
    return [
        [Word(word.text or "", *(float(word.attrib[edge]) for edge in edges)) for word in page.iter(f"{XHTML}word")]
        for page in document.iter(f"{XHTML}page")
    ]


def page_pictures(pdf: Path, *, folder: Path, dpi: int = 72, is_grey: bool = False) -> list[Path]:
    """A PNG file of each page, in order."""
    grey = ["-gray"] if is_grey else []
    _run(["pdftoppm", "-png", "-r", str(dpi), *grey, str(pdf), str(folder / "page")])
    return sorted(folder.glob("page-*.png"))


def embedded_fonts(pdf: Path) -> list[str]:
    """Return the names of the fonts that a PDF uses, those that are not embedded marked with ``!``."""
    rows = _run(["pdffonts", str(pdf)]).splitlines()[2:]
    # The last columns are: embedded, subset, has a table of Unicode, object number and generation.
    return [row.split()[0] if row.split()[-5] == "yes" else f"!{row.split()[0]}" for row in rows]


def _fonts(folder: Path) -> dict[str, str]:
    """Return the environment in which the shipped typeface is among those of the machine."""
    declared = folder / "fonts.conf"
    declared.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>{FONTS_FOLDER}</dir>"
        '<match target="pattern"><test name="family"><string>Arial</string></test>'
        '<edit name="family" mode="assign" binding="strong"><string>Inter</string></edit></match>'
        f"<cachedir>{folder / 'fontcache'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return {"FONTCONFIG_FILE": str(declared)}


def _run(command: list[str], environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, capture_output=True, check=True, timeout=LONGEST_S, env=environment)
    return done.stdout.decode()


if __name__ == "__main__":
    if missing := missing_programs():
        sys.exit(f"Not installed here: {', '.join(missing)}.")
