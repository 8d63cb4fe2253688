"""Writes workbooks that cost far more than they weigh: each as large as its limits let it become, or beyond."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from data.workbook.registers.events import EventRegister

SHEET = "xl/worksheets/sheet1.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
        '<sheet name="Tadbirlar" sheetId="1" r:id="s"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="s" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="t" Type="{_RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="f" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>'
    ),
}
_HEAD = "".join(f'<c t="inlineStr"><is><t>{field.canonical}</t></is></c>' for field in EventRegister.sheet.fields)
_OPEN = f'<worksheet xmlns="{_MAIN}"><sheetData><row r="1">{_HEAD}</row>'
_CLOSE = "</sheetData></worksheet>"


def _sheet(piece: str | Callable[[int], str], times: int, *, head: str = _OPEN, foot: str = _CLOSE) -> Iterator[bytes]:
    """Part of a sheet with a piece repeated, in blocks."""
    yield head.encode()
    block: list[str] = []
    for number in range(times):
        block.append(piece if isinstance(piece, str) else piece(number))
        if sum(map(len, block[-1:])) > 100_000 or len(block) >= 1000:
            yield "".join(block).encode()
            block.clear()
    yield "".join(block).encode()
    yield foot.encode()


def _texts(piece: str, times: int) -> Iterator[bytes]:
    """Part of the shared texts."""
    return _sheet(piece, times, head=f'<sst xmlns="{_MAIN}">', foot="</sst>")


def _save(path: Path, **parts: Iterator[bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in _PARTS.items():
            archive.writestr(name, text)
        names = {"sheet": SHEET, "texts": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
        for key, blocks in parts.items():
            with archive.open(names[key], "w") as target:
                for block in blocks:
                    target.write(block)
    return path


def _cells(count: int, cell: str = '<c s="0"/>') -> Callable[[int], str]:
    return lambda number: f'<row r="{number + 2}">{cell * count}</row>'


def _filled(number: int) -> str:
    return f'<row r="{number + 2}">' + f"<c><v>{number}</v></c>" * 20 + "</row>"


LETTERS = "я" * 50_000
KINDS: Mapping[str, Callable[[int], dict[str, Iterator[bytes]]]] = {
    "one long text": lambda size: {
        "sheet": _sheet(
            LETTERS, size, head=f'{_OPEN}<row r="2"><c t="inlineStr"><is><t>', foot=f"</t></is></c></row>{_CLOSE}"
        )
    },
    "many long texts": lambda size: {
        "sheet": _sheet(f'<row><c t="inlineStr"><is><t>{LETTERS}</t></is></c><c><v>1</v></c></row>', size)
    },
    "shared texts": lambda size: {
        "sheet": _sheet("", 0),
        "texts": _texts(f"<si><t>{LETTERS}</t></si>", size),
    },
    "short shared texts": lambda size: {"sheet": _sheet("", 0), "texts": _texts("<si><t>я1</t></si>", size * 4000)},
    "one shared text many times": lambda size: {
        "sheet": _sheet(lambda number: f'<row r="{number + 2}">' + '<c t="s"><v>0</v></c>' * 17 + "</row>", size * 80),
        "texts": _texts(f"<si><t>{LETTERS}</t></si>", 1),
    },
    "wide sheet": lambda size: {"sheet": _sheet(_cells(16_000, "<c><v>1</v></c>"), size)},
    "many cells": lambda size: {"sheet": _sheet(_filled, size * 300)},
    "empty styled rows": lambda size: {"sheet": _sheet(_cells(2), size * 1500)},
    "deep elements": lambda size: {"sheet": _sheet("<a>", size * 20_000)},
    "many names": lambda size: {"sheet": _sheet(lambda number: f"<a{number}/>", size * 10_000)},
    "many attributes": lambda size: {"sheet": _sheet(lambda number: f'<c r="A1" a{number}=""/>', size * 10_000)},
    "many namespaces": lambda size: {"sheet": _sheet(lambda number: f'<c xmlns:a{number}="b"/>', size * 10_000)},
    "endless tag": lambda size: {"sheet": _sheet(LETTERS, size, head=f'{_OPEN}<row r="', foot=f'"/>{_CLOSE}')},
    "endless comment": lambda size: {"sheet": _sheet(LETTERS, size, head=f"{_OPEN}<!--", foot=f"-->{_CLOSE}")},
    "many merged ranges": lambda size: {
        "sheet": _sheet('<mergeCell ref="A1:B100000"/>', size * 5000, head=f"{_OPEN}</sheetData>", foot="</worksheet>")
    },
    "many styles": lambda size: {
        "sheet": _sheet("", 0),
        "styles": _sheet(
            '<xf numFmtId="164"/>',
            size * 5000,
            head=f'<styleSheet xmlns="{_MAIN}"><cellXfs>',
            foot="</cellXfs></styleSheet>",
        ),
    },
}
"""Parts of a hostile workbook of each kind; 500 is about as large as one can be."""


def save_hostile(path: Path, kind: str, size: int) -> Path:
    """Write a hostile workbook of a kind."""
    return _save(path, **KINDS[kind](size))


def save_bomb(path: Path, megabytes: int) -> Path:
    """Write a workbook whose one sheet is so many megabytes of spaces."""
    return _save(path, sheet=_sheet(" " * 1024 * 1024, megabytes))


def save_many_parts(path: Path, parts: int) -> Path:
    """Write an archive of very many empty parts."""
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(parts):
            archive.writestr(f"{number}", "")
    return path


ENTITIES = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10 if at else "ha"}">' for at in range(12))


def save_entities(path: Path) -> Path:
    """Write a workbook whose shared texts are entities of entities."""
    head = f'<!DOCTYPE sst [{ENTITIES}]><sst xmlns="{_MAIN}"><si><t>&e11;'
    return _save(path, sheet=_sheet("", 0), texts=_sheet("", 0, head=head, foot="</t></si></sst>"))
