"""Faults of files that people make without knowing: what a person sees in the program is taken, or it is said."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart
from openpyxl.utils.cell import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import Engine

from data.registers.declaration import RegisterSheet
from data.registers.evaluations import EvaluationRegister
from data.registers.events import EventRegister
from data.registers.memoranda import MemorandumRegister
from data.registers.registry import SHEETS
from data.schema import Evaluation, JointEvent, Memorandum
from data.texts.personal_data import PersonalData, find_personal_data
from data.texts.visible import decode_escapes, visible_text
from data.workbook import errors
from data.workbook.errors import WorkbookError
from data.workbook.outcome import Outcome
from data.workbook.reading.files import read_workbook
from data.workbook.reading.headings import match_heading
from data.workbook.reading.number_formats import parse_format
from tests.data.workbook.books import (
    EVALUATION,
    EVENT,
    MEMORANDUM,
    Row,
    by_code,
    errors_of,
    import_book,
    rows_of,
    save_book,
    warnings_of,
)

EVALUATIONS, EVENTS, MEMORANDA = EvaluationRegister.sheet, EventRegister.sheet, MemorandumRegister.sheet
SEVERAL = [{**EVENT, "number": f"T-{number}"} for number in (1, 2, 3)]


def column(code: str, sheet: RegisterSheet = EVENTS, row: Row = EVENT) -> int:
    """Column of a field in a sheet that :func:`save_book` writes."""
    return [field.code for field in sheet.fields if field.code in row].index(code) + 1


def changed(path: Path, change: Callable[[Worksheet], object], *, sheet: int = 1, **rows: Sequence[Row]) -> Path:
    """Save a memorandum with events, and change a sheet with openpyxl."""
    given: dict[str, Sequence[Row]] = {"memoranda": [MEMORANDUM], "events": [EVENT], **rows}
    book = load_workbook(save_book(path, **given))  # type: ignore[arg-type]
    change(book.worksheets[sheet])
    book.save(path)
    return path


def edited(path: Path, edits: Mapping[str, tuple[str, str]]) -> Path:
    """Replace texts in the parts of a workbook."""
    target = path.with_name(f"{len([*path.parent.iterdir()])}-{path.name}")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            text = old.read(part)
            for name, (pattern, replacement) in edits.items():
                if part.endswith(name):
                    text = re.sub(pattern, replacement, text.decode("utf-8")).encode("utf-8")
            new.writestr(part, text)
    return target


def texts_of(outcome: Outcome, code: str) -> list[str]:
    """Texts of all warnings of a sheet."""
    return [message.text for _, message in by_code(outcome)[code].warnings]


def check(engine: Engine, path: Path) -> Outcome:
    return import_book(engine, path, is_check=True)


def test_days_are_counted_as_the_workbook_says(engine: Engine, tmp_path: Path) -> None:
    """Of 1904 or of 1900: as dates, as numbers in plain cells, as texts of five digits, and as terms."""
    for epoch, serial in ((1904, 44631), (1900, 46093)):
        path = tmp_path / f"{epoch}.xlsx"
        rows = [{**EVENT, "number": f"T-{epoch}-{at}"} for at in range(5)]
        memorandum = {**MEMORANDUM, "number": f"M-{epoch}"}
        book = load_workbook(
            save_book(path, memoranda=[memorandum], events=[{**row, "memorandum": ""} for row in rows])
        )
        if epoch == 1904:
            book.epoch = CALENDAR_MAC_1904
        days = (datetime(2026, 3, 12), serial, str(serial), "12.03.2026", serial + 0.5)  # noqa: DTZ001 - as in cells
        for at, value in enumerate(days, 2):
            cell = book.worksheets[1].cell(at, column("event_date"), value)
            cell.number_format = "dd.mm.yyyy" if at == 2 else "General"
        term = book.worksheets[0].cell(2, column("expiry_date", MEMORANDA, MEMORANDUM), serial + 1000)
        term.number_format = "General"
        book.save(path)
        assert import_book(engine, path).is_written
    assert {day for (day,) in rows_of(engine, JointEvent, "event_date")} == {date(2026, 3, 12)}
    assert {day for (day,) in rows_of(engine, Memorandum, "expiry_date")} == {date(2028, 12, 6)}


FORMULAS = ("=10+40", '=""', '="Bekor qilindi"', "=DATE(2026,3,12)", "=SUM(K2:L2)", '=IF(A2="","",5)')


@pytest.mark.parametrize(
    "code", ["participants_total", "participants_young", "state", "event_date", "title", "memorandum"]
)
def test_a_formula_that_nobody_has_calculated_is_no_empty_cell(
    sqlite_engine: Engine, tmp_path: Path, code: str
) -> None:
    for formula in FORMULAS:
        path = changed(tmp_path / "f.xlsx", lambda page, text=formula: page.cell(2, column(code), text))  # type: ignore[misc]
        outcome = check(sqlite_engine, path)
        assert [entry.message.text for entry in by_code(outcome)["events"].refused] == [errors.NO_RESULT]
        assert errors_of(outcome, "events") == [(2, code)]


def test_a_result_counts_but_not_a_nought_that_stands_for_none(sqlite_engine: Engine, tmp_path: Path) -> None:
    def result(stored: str, kind: str = "", *, is_left: bool = True) -> list[tuple[int, str]]:
        path = changed(tmp_path / "r.xlsx", lambda page: page.cell(2, column("participants_women"), "=A9"))
        edits = {"sheet2.xml": (r'(<c r="[A-Z]+2"[^>]*?)>(<f>A9</f>)<v ?/?>(</v>)?', rf"\1{kind}>\2<v>{stored}</v>")}
        if not is_left:
            edits["workbook.xml"] = ('fullCalcOnLoad="1"', "")
        return errors_of(check(sqlite_engine, edited(path, edits)), "events")

    assert result("7") == []
    assert result("", ' t="str"') == []
    assert result("0", is_left=False) == []
    assert result("0") == [(2, "participants_women")]


def test_what_is_hidden_is_taken_and_said(sqlite_engine: Engine, tmp_path: Path) -> None:
    def hide(page: Worksheet) -> None:
        for row in (2, 4):
            page.row_dimensions[row].hidden = True
        page.row_dimensions[900].hidden = True
        page.column_dimensions[get_column_letter(column("participants_young"))].hidden = True
        page.sheet_state = "veryHidden"

    outcome = check(sqlite_engine, changed(tmp_path / "h.xlsx", hide, events=SEVERAL))
    assert by_code(outcome)["events"].accepted == 3
    said = {message.text: message.values for _, message in by_code(outcome)["events"].warnings}
    assert said[errors.HIDDEN_ROWS] == {"rows": "2, 4"}
    assert said[errors.HIDDEN_COLUMNS] == {"columns": EVENTS.field("participants_young").canonical}
    assert errors.HIDDEN_SHEET in said


def test_a_hidden_copy_of_a_sheet_is_passed_over_and_said(engine: Engine, tmp_path: Path) -> None:
    path = changed(tmp_path / "copy.xlsx", lambda page: page.title)
    book = load_workbook(path)
    copy = book.copy_worksheet(book.worksheets[1])
    copy.title, copy.sheet_state = "Tadbirlar (2)", "hidden"
    copy.cell(2, column("participants_total"), 999)
    book.move_sheet(copy, -2)
    book.active = 1
    book.save(path)
    outcome = import_book(engine, path)
    assert rows_of(engine, JointEvent, "participants_total") == [(50,)]
    assert [message.text for _, message in outcome.skipped_sheets] == [errors.HIDDEN_COPY]


def test_strict_workbooks_prefixes_and_dates_in_words_of_iso_are_read(sqlite_engine: Engine, tmp_path: Path) -> None:
    plain = changed(tmp_path / "p.xlsx", lambda page: page.cell(2, column("event_date"), "@"))
    iso = {
        "sheet2.xml": (
            r' t="(s|inlineStr)">(?:<v>\d+</v>|<is><t>@</t></is>)(</c><c r="E2")',
            r' t="d"><v>2026-03-12</v>\2',
        )
    }
    strict = {
        "xml": (
            r"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        "rels": (
            r"http://schemas.openxmlformats.org/officeDocument/2006/",
            "http://purl.oclc.org/ooxml/officeDocument/",
        ),
    }
    prefixed = {"sheet2.xml": (r"(</?)([a-zA-Z])", r"\1x:\2")}
    declared = {"sheet2.xml": (r"<x:worksheet xmlns=", "<x:worksheet xmlns:x=")}
    dated = edited(plain, iso)
    for path in (dated, edited(dated, strict), edited(edited(dated, prefixed), declared)):
        assert by_code(check(sqlite_engine, path))["events"].accepted == 1, path


VISIBLE = (
    ("bir_x000D_\nikki_x0041_", "bir\nikkiA"),
    ("a_x005F_x0041_b", "a_x0041_b"),
    ("a_x0007_b\u0000c", "abc"),
    ("ya\u200bx\u200cs\u2060h\ufeffi\u00ad", "yaxshi"),
    ("Salom \u202exslx.fdp\u202c oxir", "Salom pdf.xlsx oxir"),
    ("\u2066salom\u2069 \u200fhammaga", "salom hammaga"),
    ("_xD83D__xDE00_", "\U0001f600"),
    ("x\ud800y", "xy"),
    ("\U0001f469\u200d\U0001f467", "\U0001f469\u200d\U0001f467"),
    ("bir\r\nikki\ruch\u2028toʻrt\tbesh", "bir\nikki\nuch\ntoʻrt besh"),
    ("oʻgʻil – «Ўзбекистон» №5 → ✅", "oʻgʻil – «Ўзбекистон» №5 → ✅"),
    ("\u3164\u2800\u115fsoʻz", "soʻz"),
)
PHONES = (
    "90_x000D_123_x000D_45_x000D_67",
    "90\u200b1234567",
    "9\u200d0\u200d1\u200d2\u200d3\u200d4\u200d5\u200d6\u200d7",
    "\u202e7654321 09\u202c",
    "_x0039__x0030_1234567",
    "90\u00ad123\u00ad45\u00ad67",
    "9\ufe0f\u20e30\ufe0f\u20e31\ufe0f\u20e32\ufe0f\u20e33\ufe0f\u20e34\ufe0f\u20e35\ufe0f\u20e36\ufe0f\u20e37\ufe0f\u20e3",
    "+998_x0007_90\u2063123\u206445 67",
    "tel\u3164: 123_x200B_4567",
    "\u2067901234567\u2069",
)


def test_texts_are_read_as_a_person_sees_them() -> None:
    assert {text: visible_text(decode_escapes(text)) for text, _ in VISIBLE} == dict(VISIBLE)


def test_no_sign_hides_a_phone_number_from_the_check(sqlite_engine: Engine, tmp_path: Path) -> None:
    found = {text: find_personal_data(visible_text(decode_escapes(text))) for text in PHONES}
    assert found == dict.fromkeys(PHONES, PersonalData.PHONE)
    rows = [{**EVENT, "number": f"T-{at}", "title": text} for at, text in enumerate(PHONES) if "\u0000" not in text]
    path = save_book(tmp_path / "phones.xlsx", memoranda=[MEMORANDUM], events=rows)
    assert errors_of(check(sqlite_engine, path), "events") == [(at, "title") for at in range(2, 2 + len(rows))]


def merge(code: str, first: int, last: int) -> Callable[[Worksheet], object]:
    place = column(code)
    return lambda page: page.merge_cells(start_row=first, end_row=last, start_column=place, end_column=place)


@pytest.mark.parametrize("code", ["district", "mahalla", "event_date", "direction", "stirs", "state", "memorandum"])
def test_a_merged_word_or_date_holds_for_all_its_records(sqlite_engine: Engine, tmp_path: Path, code: str) -> None:
    outcome = check(sqlite_engine, changed(tmp_path / "m.xlsx", merge(code, 2, 4), events=SEVERAL))
    assert (by_code(outcome)["events"].accepted, errors_of(outcome, "events")) == (3, [])


def test_a_figure_merged_over_several_records_is_refused(sqlite_engine: Engine, tmp_path: Path) -> None:
    rows = [{**row, "participants_young": 0, "participants_women": 0, "participants_at_risk": 0} for row in SEVERAL]
    for code in ("participants_total", "participants_women", "participants_victims"):
        outcome = check(sqlite_engine, changed(tmp_path / "m.xlsx", merge(code, 2, 3), events=rows))
        assert errors_of(outcome, "events") == [(2, code), (3, code)]
    rated = [{**EVALUATION, "event": f"T-{number}"} for number in (1, 2)]
    place = column("mark_result", EVALUATIONS, EVALUATION)
    path = changed(
        tmp_path / "e.xlsx",
        lambda page: page.merge_cells(start_row=2, end_row=3, start_column=place, end_column=place),
        sheet=2,
        events=SEVERAL,
        evaluations=rated,
    )
    assert errors_of(check(sqlite_engine, path), "evaluations") == [(2, "mark_result"), (3, "mark_result")]


def test_a_figure_merged_over_the_rows_of_one_record_is_its_own(sqlite_engine: Engine, tmp_path: Path) -> None:
    second = {**EVENT, "stirs": 300012000}
    parties = [MEMORANDUM, {**MEMORANDUM, "stirs": 300012000, "ngo_name": "Ikkinchi"}]
    path = changed(tmp_path / "o.xlsx", merge("participants_total", 2, 3), events=[EVENT, second], memoranda=parties)
    assert by_code(check(sqlite_engine, path))["events"].accepted == 2


def test_a_chart_as_the_first_sheet_is_no_obstacle(sqlite_engine: Engine, tmp_path: Path) -> None:
    path = changed(tmp_path / "c.xlsx", lambda page: page.title)
    book = load_workbook(path)
    book.create_chartsheet("Diagramma", 0).add_chart(BarChart())
    book.save(path)
    assert by_code(check(sqlite_engine, path))["events"].accepted == 1


def test_values_of_other_files_are_those_stored_with_a_warning(sqlite_engine: Engine, tmp_path: Path) -> None:
    path = changed(tmp_path / "l.xlsx", lambda page: page.cell(2, column("participants_women"), "=[1]Varaq!A1"))
    path = edited(path, {"sheet2.xml": (r"(\[1\]Varaq!A1</f>)<v ?/?>(</v>)?", r"\1<v>9</v>")})
    outcome = check(sqlite_engine, path)
    assert (errors_of(outcome, "events"), texts_of(outcome, "events")) == ([], [errors.LINKED_ROWS])


FACT = {
    "participants_total": (
        ("Ishtirokchilar (reja)", "Ishtirokchilar (amalda)"),
        ("Kutilayotgan ishtirokchilar soni", "Haqiqiy ishtirokchilar soni"),
        ("План участников", "Фактическое количество участников"),
        ("Expected participants", "Actual participants"),
        ("Рейтинг участников", "Қатнашганлар"),
        ("Taklif etilganlar", "Jami ishtirokchilar"),
    ),
    "event_date": (("Rejadagi sana", "Oʻtkazilgan sana"), ("Плановая дата", "Дата проведения")),
}
OTHERS: Mapping[str, tuple[RegisterSheet, tuple[str, ...]]] = {
    "of events": (
        EVENTS,
        ("Ishtirok etmaganlar", "Qatnashmaganlar soni", "Не участвовали", "Отсутствовавшие", "Absentees", "Yoshlar, %")
        + ("Yoshlar (%)", "Yoshlar ulushi", "Доля женщин", "Share of women", "Women, per cent", "Ayollar foizi")
        + ("Jami ishtirokchilar (ming kishi)", "Участники, тыс. чел.", "Participants, thousands", "Qatnashchilar 2025")
        + ("Mahalla raisi", "Mahalla raisi F.I.Sh.", "Председатель махалли", "Head of mahalla", "Mahalla inspektori")
        + ("Memorandum sanasi", "Oʻtgan yil ishtirokchilari", "1000 aholiga ishtirokchilar", "Mahalla aholisi")
        + ("Yoshlar yetakchisi", "Keyingi tadbir sanasi", "Ҳужжат санаси", "Режалаштирилган сана"),
    ),
    "of evaluations": (
        EVALUATIONS,
        ("Неготовность инспектора", "Inspektorning tayyor emasligi", "Tayyorgarlik (10 ballik)", "Natija (1-10)")
        + ("Готовность инспектора (по 10-балльной шкале)", "Natija (100 ball)", "Resurslar yetishmasligi")
        + ("Результат, %", "Inspector's unreadiness", "Resources (out of 10)", "Preparation, 0-10"),
    ),
    "of memoranda": (
        MEMORANDA,
        ("NNT rahbari", "NNT manzili", "Руководитель ННО", "NGO director", "Memorandum raqami va sanasi"),
    ),
}


def test_of_plan_and_fact_the_fact_is_taken(engine: Engine, tmp_path: Path) -> None:
    values: dict[str, tuple[object, object]] = {
        "participants_total": (200, 35),
        "event_date": ("01.02.2026", "12.03.2026"),
    }
    small = {**EVENT, **dict.fromkeys(("participants_young", "participants_women", "participants_at_risk"), 0)}
    for code, pairs in FACT.items():
        for at, headings in enumerate(pairs):
            for is_turned in (False, True):
                pair = [*zip(headings, values[code], strict=True)][:: -1 if is_turned else 1]

                def put(page: Worksheet, pair: list[tuple[str, object]] = pair, code: str = code) -> None:
                    for place, (title, value) in zip((column(code), page.max_column + 1), pair, strict=True):
                        page.cell(1, place, title)
                        page.cell(2, place, value)

                row = {**small, "number": f"{code}-{at}-{is_turned}"}
                outcome = import_book(engine, changed(tmp_path / "p.xlsx", put, events=[row]))
                assert outcome.is_written, headings
                assert texts_of(outcome, "events") == [errors.UNKNOWN_COLUMN], headings
    stored = rows_of(engine, JointEvent, "number", "participants_total", "event_date")
    assert {total for number, total, _ in stored if number.startswith("part")} == {35}
    assert {day for number, _, day in stored if number.startswith("event")} == {date(2026, 3, 12)}


@pytest.mark.parametrize("name", OTHERS)
def test_a_heading_that_only_holds_a_known_word_is_unknown(name: str) -> None:
    sheet, headings = OTHERS[name]
    found = {heading: match_heading(heading, sheet)[0] for heading in headings}
    assert {heading: field and field.code for heading, field in found.items()} == dict.fromkeys(headings)


def test_unknown_and_unnamed_columns_are_said_and_never_read(engine: Engine, tmp_path: Path) -> None:
    def rename(page: Worksheet) -> None:
        page.cell(1, column("participants_young"), "Yoshlar (%)")
        page.cell(2, page.max_column + 1, "7")

    outcome = import_book(engine, changed(tmp_path / "u.xlsx", rename))
    assert sorted(texts_of(outcome, "events")) == sorted([errors.UNNAMED_COLUMN, errors.UNKNOWN_COLUMN])
    assert rows_of(engine, JointEvent, "participants_young") == [(0,)]


def test_units_in_a_row_of_their_own_belong_to_the_headings(engine: Engine, tmp_path: Path) -> None:
    def units(page: Worksheet) -> None:
        page.insert_rows(2)
        for code, unit in (
            ("participants_total", "nafar"),
            ("participants_young", "%"),
            ("participants_women", "kishi"),
        ):
            page.cell(2, column(code), unit)

    assert import_book(engine, changed(tmp_path / "u.xlsx", units)).is_written
    assert rows_of(engine, JointEvent, "participants_total", "participants_young", "participants_women") == [
        (50, 0, 25)
    ]


GROUPS = (
    ("Ishtirokchilar", "Jami", 50),
    ("Reja", "Jami", 0),
    ("Kutilayotgan", "Ishtirokchilar", 0),
    ("Amalda", "Ishtirokchilar", 50),
    ("Ishtirokchilar", "reja", 0),
    ("Ishtirokchilar", "fakt", 50),
    ("Foizda", "Ishtirokchilar", 0),
)


def test_the_heading_of_a_group_says_what_its_columns_mean(engine: Engine, tmp_path: Path) -> None:
    small = {**EVENT, **dict.fromkeys(("participants_young", "participants_women", "participants_at_risk"), 0)}
    for at, (above, below, _) in enumerate(GROUPS):

        def group(page: Worksheet, above: str = above, below: str = below) -> None:
            page.insert_rows(2)
            page.cell(1, column("participants_total"), above)
            page.cell(2, column("participants_total"), below)

        path = changed(tmp_path / "g.xlsx", group, events=[{**small, "number": f"T-{at}"}])
        assert import_book(engine, path).is_written, (above, below)
    stored = [total for _, total in rows_of(engine, JointEvent, "number", "participants_total")]
    assert stored == [total for _, _, total in GROUPS]


def test_two_columns_of_one_meaning_are_refused_by_their_headings(sqlite_engine: Engine, tmp_path: Path) -> None:
    for title in ("Jami ishtirokchilar", "Ishtirokchilar soni", "ЖАМИ ИШТИРОКЧИЛАР", "Количество участников"):

        def add(page: Worksheet, title: str = title) -> None:
            page.cell(1, page.max_column + 1, title)

        with pytest.raises(WorkbookError) as refusal:
            check(sqlite_engine, changed(tmp_path / "t.xlsx", add))
        assert refusal.value.message.text == errors.REPEATED_HEADING
        assert refusal.value.message.values["second"] == title


def test_repeated_headings_and_subtotals_are_passed_over(sqlite_engine: Engine, tmp_path: Path) -> None:
    def spread(page: Worksheet) -> None:
        titles = [cell.value for cell in page[1]]
        page.insert_rows(3, 4)
        for at, title in enumerate(titles, 1):
            page.cell(3, at, str(title).upper())
        page.cell(4, 1, "Chilonzor tumani boʻyicha jami")
        page.cell(5, 1, "Промежуточный итог")
        page.cell(6, 1, "I chorak yakuni")
        for row in (4, 5, 6):
            page.cell(row, column("participants_total"), 50)

    outcome = check(sqlite_engine, changed(tmp_path / "s.xlsx", spread, events=SEVERAL))
    assert (by_code(outcome)["events"].accepted, errors_of(outcome, "events")) == (3, [])


SHOWN = (
    (1, "0%", "100%"), (0.25, "0.0%", "25%"), (500, "[$€-2] #,##0", "€ 500"), (500, '"$"#,##0', "$500"),
    (500, '#,##0" kishi"', "500 kishi"), (12, '"M-"0', "M-12"), (12, "0000", "0012"), (500, "#,##0.00", 500),
    (500, "General", 500), (5000, '0," ming"', "5 ming"), (500, "#,##0_);(#,##0)", 500), (500, "0.00E+00", 500),
    (500, "[Red]0;[Blue]-0", 500), (500, '#,##0\\ "₽"', "500 ₽"), (0.5, '0" ta"', "0.5 ta"), (5, "0\\ \\k\\g", "5 kg"),
)  # fmt: skip


def test_numbers_are_read_with_what_their_format_shows() -> None:
    assert [parse_format(code).shown(value) for value, code, _ in SHOWN] == [shown for *_, shown in SHOWN]


def test_a_share_in_the_format_of_percent_comes_as_percent(tmp_path: Path) -> None:
    def percent(page: Worksheet) -> None:
        cell = page.cell(2, column("participants_women"), 0.25)
        cell.number_format = "0%"

    _, events = read_workbook(changed(tmp_path / "p.xlsx", percent))
    assert events.rows[1][1][column("participants_women") - 1] == "25%"


def test_each_sheet_is_read_whatever_else_the_workbook_holds(sqlite_engine: Engine, tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["Eslatma"])
    for sheet in SHEETS[:2]:
        book.create_sheet(f" {sheet.canonical} ").append([field.canonical for field in sheet.fields])
    book.save(tmp_path / "e.xlsx")
    assert [sheet.accepted for sheet in check(sqlite_engine, tmp_path / "e.xlsx").sheets] == [0, 0]


def test_ratings_of_another_scale_are_not_taken(engine: Engine, tmp_path: Path) -> None:
    def rename(page: Worksheet) -> None:
        for code in ("mark_result", "mark_needs"):
            cell = page.cell(1, column(code, EVALUATIONS, EVALUATION))
            cell.value = f"{cell.value} (10 ballik)"

    path = changed(tmp_path / "t.xlsx", rename, sheet=2, evaluations=[EVALUATION])
    assert warnings_of(import_book(engine, path), "evaluations").count(errors.UNKNOWN_COLUMN) == 2
    assert rows_of(engine, Evaluation, "mark_result", "mark_needs", "mark_preparation") == [(None, None, 4)]
