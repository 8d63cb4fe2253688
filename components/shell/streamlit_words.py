"""Texts of Streamlit's own parts that it has no setting for, in the reader's language.

``components/assets/app.js`` puts the translations in their place; :func:`words_script` is what it reads them from.
Keys are what Streamlit writes, with ``{names}`` for what varies.
"""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path

from components.shell.static_files import StaticFile, script_file
from data.language import Language, Wording

STREAMLIT_TEXTS = Path(__file__).with_name("streamlit_texts.toml")
OWN_WORDS = (
    # Menu and header.
    Wording("Skip to main content", "screen"),
    Wording("Sidebar", "screen"),
    Wording("App pages", "screen"),
    Wording("Navigate to home page", "screen"),
    Wording("Logo", "screen"),
    Wording("Collapse sidebar", "screen"),
    Wording("Expand sidebar", "screen"),
    Wording("Close sidebar", "screen"),
    Wording("Main menu", "screen"),
    Wording("Running...", "screen"),
    Wording("Running", "screen"),
    Wording("Loading...", "screen"),
    Wording("Stop", "screen"),
    Wording("Stop script", "screen"),
    Wording("Notifications", "screen"),
    Wording("Link to heading", "screen"),
    Wording("Rerun", "screen"),
    Wording("Print", "screen"),
    # Connection.
    Wording("Connecting", "screen"),
    Wording("Error", "screen"),
    Wording("Connection error", "screen"),
    Wording("Connection timed out.", "screen"),
    # Fields.
    Wording("Help for {name}", "screen"),
    Wording("(required)", "screen"),
    Wording("Open", "screen"),
    Wording("Close", "screen"),
    Wording("Dismiss", "screen"),
    Wording("Clear all", "screen"),
    Wording("Clear value", "screen"),
    Wording("Clear date", "screen"),
    Wording("Clear entry", "screen"),
    Wording("Remove {name}", "screen"),
    Wording("Selected values", "screen"),
    Wording("Show suggestions", "screen"),
    Wording("Suggestions", "screen"),
    Wording("Choose an option", "screen"),
    Wording("Choose options", "screen"),
    Wording("No results", "screen"),
    Wording("Select all", "screen"),
    Wording("1 option available.", "screen"),
    Wording("{number} options available.", "screen"),
    Wording("{name}, selected", "screen"),
    Wording("Increment", "screen"),
    Wording("Decrement", "screen"),
    Wording("Show password", "screen"),
    Wording("Hide password", "screen"),
    Wording("Press Enter to apply", "screen"),
    Wording("Press Enter to submit form", "screen"),
    Wording("Press Ctrl+Enter to apply", "screen"),
    Wording("Press Ctrl+Enter to submit form", "screen"),
    Wording("Press ⌘+Enter to apply", "screen"),
    Wording("Press ⌘+Enter to submit form", "screen"),
    # Days.
    Wording("Choose date", "screen"),
    Wording("Calendar", "screen"),
    Wording("Previous month", "screen"),
    Wording("Next month", "screen"),
    Wording("Previous", "screen"),
    Wording("Next", "screen"),
    Wording("Empty", "screen"),
    Wording("day", "screen"),
    Wording("month", "screen"),
    Wording("year", "screen"),
    Wording("day, {name}", "screen"),
    Wording("month, {name}", "screen"),
    Wording("year, {name}", "screen"),
    Wording("Selected Date: {name}", "screen"),
    Wording("Use arrow keys to navigate dates. Enter to select. Escape to close.", "screen"),
    # Files.
    Wording("Upload", "screen"),
    Wording("Upload {name}", "screen"),
    Wording("Browse files", "screen"),
    Wording("Add files", "screen"),
    Wording("file upload", "screen"),
    Wording("Drag and drop a file here", "screen"),
    Wording("Drag and drop file here", "screen"),
    Wording("Drag and drop files here", "screen"),
    Wording("{number}MB per file", "screen"),
    # Lists, tables and charts.
    Wording("Pagination", "screen"),
    Wording("Previous page", "screen"),
    Wording("Next page", "screen"),
    Wording("Page {number}", "screen"),
    Wording("Scroll tabs left", "screen"),
    Wording("Scroll tabs right", "screen"),
    Wording("Scrollable table", "screen"),
    Wording("Fullscreen", "screen"),
    Wording("Close fullscreen", "screen"),
    Wording("Toggle fullscreen", "screen"),
    Wording("Search", "screen"),
    Wording("Download as CSV", "screen"),
    Wording("Show/hide columns", "screen"),
    Wording("Dataframe column menu", "screen"),
    Wording("Sort ascending", "screen"),
    Wording("Sort descending", "screen"),
    Wording("Autosize", "screen"),
    Wording("Pin column", "screen"),
    Wording("Unpin column", "screen"),
    Wording("Hide column", "screen"),
    Wording("Copy column name", "screen"),
    Wording("Show data", "screen"),
    Wording("Show chart", "screen"),
    Wording("Copy to clipboard", "screen"),
    Wording("Copied", "screen"),
)
# By their names in streamlit_texts.toml.
SAID_OTHERWISE = {
    "add": Wording("Find: {name}", "screen"),
    "no_page": Wording("No such page", "screen"),
    "unknown_page": Wording("There is no page at this address. The first page is shown instead.", "screen"),
    "unknown_path": Wording("There is no page at this address. The first page is shown instead.", "screen"),
    "connecting": Wording("Connecting to the server", "screen"),
    "unreachable": Wording("The server cannot be reached", "screen"),
    "silent": Wording(
        "The server does not answer. Check the network. The page goes on by itself once the server answers.", "screen"
    ),
    "stopped": Wording("The server is not running. Tell your administrator, for whom this is:", "screen"),
}
# Texts of the buttons beside each page, which app.js draws.
COPY_LINK = Wording("Copy link", "screen")
LINK_COPIED = Wording("The link is copied", "screen")
PRINT_PAGE = Wording("Print or save as PDF", "screen")


@cache
def words_script() -> StaticFile:
    """Return the script with the words of all languages, to be served compressed and cached for good."""
    texts = tomllib.loads(STREAMLIT_TEXTS.read_text(encoding="utf-8"))
    own = {word.text: word for word in OWN_WORDS} | {texts[name]: word for name, word in SAID_OTHERWISE.items()}
    words = {
        language.value: {
            "own": {text: word.in_language(language) for text, word in own.items()},
            "copyLink": COPY_LINK.in_language(language),
            "linkCopied": LINK_COPIED.in_language(language),
            "print": PRINT_PAGE.in_language(language),
        }
        for language in Language
    }
    return script_file("words", f"window.hamkorWords = {json.dumps(words, ensure_ascii=False)};")
