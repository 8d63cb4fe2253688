"""Errors of a workbook, a row or a cell; every text is a message id of the catalogues."""

from __future__ import annotations

from data.language import N_, DomainError


class WorkbookError(DomainError):
    """Raised where the workbook as a whole cannot be read; nothing is imported."""


class CellError(DomainError):
    """Raised for an invalid cell; ``field_code`` names another field than the one being read, where that one is at
    fault.
    """

    def __init__(self, text: str, *, field_code: str = "", **values: object) -> None:
        super().__init__(text, **values)
        self.field_code = field_code


# Cells
REQUIRED = N_("This must be filled in.")
BROKEN_CELL = N_("The cell holds the error {error} of the spreadsheet program.")
NO_RESULT = N_("The cell holds a formula without a result. Open the workbook in Excel, save it and upload it again.")
MERGED_FIGURE = N_("One figure is merged over several records. Give each row its own figure.")
NOT_A_DATE = N_("“{value}” is not a date. Write it as day.month.year.")
NO_SUCH_DATE = N_("There is no such day as “{value}”. Write it as day.month.year.")
UNCLEAR_YEAR = N_("The year of “{value}” is unclear. Write it with four digits.")
DATE_OUT_OF_RANGE = N_("“{value}” lies outside the years that a report can speak of. Check the year.")
CHANGED_NUMBER = N_(
    "The spreadsheet program has turned the number into “{value}”. Format the cell as text and write the number again."
)
ROUNDED_NUMBER = N_(
    "The spreadsheet program has rounded the number to “{value}”. Format the cell as text and write the number again."
)
NOT_A_NUMBER = N_("“{value}” is not a whole number. Write the number alone, without signs or fractions.")
NEGATIVE = N_("“{value}” is negative. A number of people cannot be.")
TOO_LARGE = N_("“{value}” is too large for a number of people. Check the number.")
BELOW_ZERO = N_("“{value}” is negative. It cannot be.")
TOO_LARGE_NUMBER = N_("“{value}” is too large a number. Check it.")
NOT_AN_AMOUNT = N_("“{value}” is not a sum in whole soʻm. Write the number alone, without another currency.")
NOT_A_VALUE = N_("“{value}” is not a number. Write the number alone.")
NOT_A_YEAR = N_("“{value}” is not a year. Write it with four digits.")
NOT_A_MONTH = N_("“{value}” is not a month. Write its name, its number, or the month and the year.")
AMBIGUOUS_AREA = N_("“{value}” may be a region or a district. Write that word with it.")
NOT_A_RATING = N_("“{value}” is not a rating. Write a whole number from 1 to 5, or - where it is not applicable.")
NOT_A_STIR = N_("“{value}” is not a taxpayer number. It has nine digits.")
UNKNOWN_WORD = N_("“{value}” is none of the words of this column. Take one from the list of the template.")
UNKNOWN_DISTRICT = N_(
    "There is no district or city “{value}” in the directory. Check the name, or write the SOATO code."
)
AMBIGUOUS_DISTRICT = N_("“{value}” may be several places: {places}. Write the word district or city with it.")
ONLY_A_REGION = N_("“{value}” may be a whole region. Name the district or city in it, with that word.")
NOT_A_MAHALLA = N_("“{value}” is not the name of a mahalla. Write its name.")
PERSON = N_("The cell seems to hold the name of a person. Leave out data on persons: name the mahalla or the post.")
TOO_LONG = N_("The text is too long: {length} characters, at most {limit} are taken.")

# Rows
REPEATED_KEY = N_("Row {row} has the same number with other values.")
REPEATED_ROW = N_("Row {row} is of the same record and says otherwise.")
REPEATED_EVALUATION = N_("Row {row} is another evaluation of the same event by the same organisation.")
EXPIRY_BEFORE_START = N_("The memorandum expires before it comes into force.")
TERMINATED_BEFORE_START = N_("The memorandum is terminated before it comes into force.")
CHANGES_NOTHING = N_("The amendment sets no new expiry and does not say what it changes.")
EXPIRY_BEFORE_SIGNED = N_("The new expiry is before the day of signing.")
OTHER_RECIPIENT = N_("The award goes to an NGO or to citizens, not to both.")
NEEDS_NAME = N_("The organisation {stir} is not known yet, so its name is needed.")
NAME_FOR_SEVERAL = N_("The organisations {stirs} are not known yet. Give each a row of its own with its name.")
UNKNOWN_MEMORANDUM = N_(
    "The district has no memorandum with the number “{number}”. Check the number, or add the memorandum first."
)
UNKNOWN_NGO = N_(
    "No organisation with the taxpayer number {stir} is known. Check the number, or add its memorandum first."
)
HELD_IN_FUTURE = N_("The event is called held, but its date is yet to come.")
GROUP_EXCEEDS_TOTAL = N_("A group of {group} people is larger than the {total} participants in all.")
UNKNOWN_EVENT = N_("No event with the number “{number}” is known. Check the number, or add the event first.")
AMBIGUOUS_EVENT = N_("Several districts have an event with the number “{number}”. Name the district.")
EVENT_NOT_HELD = N_("The event “{number}” was not held, so it cannot be evaluated.")
NOT_ITS_NGO = N_("The organisation {stir} did not hold the event “{number}”.")
EVALUATED_BEFORE = N_("The evaluation is dated before the event.")
RELEASED = N_("This evaluation already counts in confidential sums, which never change, so it stays confidential.")
EVALUATED_IN_FUTURE = N_("The evaluation is dated in the future.")
NO_YEAR = N_("The year is missing. Write it in its column, or with the month.")
OTHER_YEAR = N_("The month is of the year {other}, but the column of the year says {year}.")
IN_FUTURE = N_("The date is yet to come, but the row says that it is done.")
FUTURE_MONTH = N_("The month is not over yet, so its figures cannot be known.")
DUE_BEFORE_SENT = N_("The answer is due before the request was sent.")
ANSWERED_BEFORE_SENT = N_("The answer is dated before the request was sent.")
ANSWER_WITHOUT_DAY = N_("There is an answer, but not the day of it.")
NOT_ABOVE_ZERO = N_("The number must be at least 1.")
UNKNOWN_PLAN_ITEM = N_("The district's plan of {year} has no item with the number “{number}”.")
NO_FIGURE = N_("The row holds no figure.")
CATEGORY_EXCEEDS_ALL = N_("{part} offences of a kind are more than the {total} offences in all.")
OUT_OF_RANGE = N_("{value} is no value that the indicator can have: it runs from {lowest} to {highest}.")
BELOW_RANGE = N_("{value} is no value that the indicator can have: it is never below 0.")

NO_SUCH_RECORD = N_("The record of this row is not there, or was withdrawn.")
CHANGED_MEANWHILE = N_("The record was changed after this row was downloaded. Download it again.")
NUMBER_TAKEN = N_("Another record of the district has this number.")
RECORD_EXISTS = N_("There is a record of this already. Correct that one.")
STIR_STAYS = N_("A known organisation keeps its taxpayer number.")
MAHALLA_STAYS = N_("A known mahalla keeps its district.")
DISTRICT_ENDED = N_("{name} existed until {date}. Enter what came later for: {places}.")
DISTRICT_ENDED_ALONE = N_("{name} existed until {date}. Nothing later can be entered for it.")
DISTRICT_NOT_BEGUN = N_("{name} exists since {date}. Enter what was earlier for: {places}.")
DISTRICT_NOT_BEGUN_ALONE = N_("{name} exists since {date}. Nothing earlier can be entered for it.")
NOT_YOUR_DISTRICT = N_("The row is of another district: {name}. You enter the records of your own.")
BROKEN_KEY = N_("The hidden column that says which record the row is was changed. Download the rows again.")
COPIED_ROW = N_("The row is a copy of row {row}. It is taken as a new record.")
NOT_YOUR_SHEET = N_("These records are entered by the administrator.")
# Doubts: the row is asked about
DAY_OR_MONTH = N_(
    "“{value}” is taken as {taken} (day.month.year), but may be {other}: “{example}” in the same column has the month "
    "first. Write all dates of the column in one order."
)
HALF_CONVERTED = N_(
    "The date is taken as {taken} (day.month.year), but may be {other}: it looks as if a program had swapped day and "
    "month in a part of the column. Compare it with the document."
)
SHORT_DATE = N_(
    "“{value}” is taken as {taken} (day.month.year), but may be {other}. Write the year with four digits, or the month "
    "as a word."
)
OTHER_WEEKDAY = N_("“{value}” is taken as {taken}, which is another day of the week. Check the day.")
FAR_DATE = N_("“{value}” is taken as {taken}, which is many years from today. Check the year.")
DOUBTFUL_WORD = N_("“{value}” is taken as “{word}”. Write the word as in the list of the template.")
DENIED_PROBLEM = N_(
    "“{value}” seems to deny the problem “{word}”. It is taken as another problem: leave out what was no problem."
)
MAY_BE_PERSON = N_(
    "“{name}” may be the name of a person. It is taken as a new mahalla: write MFY or mahalla after the name if it is "
    "one."
)
EMPTY_CHANGES = N_(
    "The cell is empty, so that another value than the known one would be assumed. Write the known or the new value."
)
PARTY_REPLACED = N_(
    "The record has the organisations {kept}, which the row does not name: they stay, and {added} are added. Check the "
    "taxpayer number."
)
EVALUATED_EVENT = N_(
    "The event has been evaluated as held. Its evaluations would stay with an event that was not held. Check the state."
)
DASH_AS_HELD = N_("The dash is taken as no answer, and the event as held. Write the state as a word.")
MOVED = N_(
    "A record with this number, organisation and date is known in {district}. It stays there, and this row is taken as "
    "another one. Check the district."
)
NAMES_DOUBTED_ROW = N_("The cell names a record of row {row}, which is in doubt. Settle that row first.")

# Warnings: the row is taken
START_ASSUMED = N_("No date of coming into force is given: the date of signing is taken.")
SIGNED_AFTER_START = N_("The memorandum was signed after it came into force.")
NO_EXPIRY = N_("No expiry is given: the memorandum is taken as open-ended.")
NAME_DIFFERS = N_("The organisation {stir} is known by another name. The known name is kept.")
MEMORANDUM_EXPIRED = N_("The memorandum “{number}” had expired on the day of the event.")
MEMORANDUM_NOT_BEGUN = N_("The memorandum “{number}” was not yet in force on the day of the event.")
NOT_A_PARTY = N_("The organisation {stir} is no party to the memorandum “{number}”.")
PROTECTED = N_("The organisation has sent a confidential evaluation of this event itself. It stays as it was sent.")
CORRECTED = N_("A row that was known before is corrected.")
OTHER_PROBLEM = N_("A problem that is not in the list is taken as “other”.")
LIKELY_WORD = N_("“{value}” is taken as “{word}”.")
UNCLEAR_VISIBILITY = N_("“{value}” is not clear: the evaluation is taken as confidential.")
EMPTIED = N_("“{heading}” is empty: the value that was known is removed. Write it again to keep it.")
CONFIDENTIAL_EMPTIED = N_(
    "The evaluation is confidential. What was known in cells that are empty now is removed: write it again to keep it."
)
LIKELY_NUMBER = N_("The number “{value}” is taken as {number}.")
LIKELY_DISTRICT = N_("The district is taken as {name}.")
NOT_A_RECORD = N_("The row names no record and is passed over.")
PLANNED_IN_PAST = N_("The event is called planned, but its date is past.")
SHARE_TAKEN = N_("The share {share} is taken as {percent} percent.")

# Sheets
UNKNOWN_COLUMN = N_("The column “{heading}” is not known and is passed over.")
UNNAMED_COLUMN = N_("Column {column} has no heading and is passed over.")
SECOND_COLUMN = N_("Two columns mean “{column}”: “{taken}” is taken, and “{heading}” is passed over.")
MORE_COLUMNS = N_("Columns after the first {limit} are passed over.")
HIDDEN_SHEET = N_("The sheet “{sheet}” is hidden and is taken all the same.")
HIDDEN_COPY = N_("The hidden sheet “{sheet}” holds the same as “{first}” and is passed over.")
HIDDEN_ROWS = N_("Hidden rows are taken all the same: {rows}.")
HIDDEN_COLUMNS = N_("Hidden columns are taken all the same: {columns}.")
LINKED_ROWS = N_("Cells refer to other files, so their values are those stored last: rows {rows}.")
WIDE_CELL = N_("A cell is merged over several columns and counts only for “{column}”.")
UNKNOWN_SHEET = N_("The sheet is not known and is passed over.")
NO_EVALUATION_DATES = N_("Evaluations without a date are dated today, the day of the import.")
LEFT_OUT = N_("Known records that the sheet leaves out stay as they are: {count} ({numbers}).")
NO_VISIBILITY = N_("Evaluations that do not say who may see them are taken as confidential.")

# Workbooks
NOT_A_FILE = N_("There is no file {name}.")
TOO_BIG = N_("The file is too big: {megabytes} MB, at most {limit} are taken.")
TOO_BIG_UNPACKED = N_(
    "The file unpacks to {megabytes} MB, at most {limit} are taken. Copy the rows into a new workbook."
)
TOO_MUCH_TEXT = N_("The workbook holds more text than any report. Copy the rows into a new workbook.")
TOO_MANY_CELLS = N_("The sheet “{sheet}” has more than {limit} cells. Copy the filled rows into a new workbook.")
NOT_A_WORKBOOK = N_("The file is not an Excel workbook (.xlsx).")
ENCRYPTED = N_("The workbook is protected by a password. Save it without one.")
OLD_WORKBOOK = N_("The workbook has the old format (.xls). Save it as .xlsx.")
DAMAGED = N_("The workbook is damaged and cannot be read.")
TOO_MANY_ROWS = N_("The sheet “{sheet}” has more than {limit} rows.")
NO_SHEET = N_("The workbook has none of the sheets of a report: {sheets}.")
NO_HEADER = N_("The sheet “{sheet}” has no row of headings that can be recognised.")
MISSING_COLUMNS = N_("The sheet “{sheet}” lacks these columns: {columns}.")
REPEATED_HEADING = N_(
    "The sheet “{sheet}” has the column “{column}” twice: “{first}” and “{second}”. Rename the one that is not meant."
)
REPEATED_SHEET = N_("Two sheets hold the same: “{first}” and “{second}”.")
RELEASED_MEANWHILE = N_("Confidential sums were released while the workbook was being read. Import it again.")
NOT_SET_UP = N_("The database is not set up or not up to date. Run: python -m data init")
