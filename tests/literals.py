"""Finds user-visible texts outside the catalogues.

A text is visible when it is passed to something that draws or speaks (``st.button("Save")``, ``title="Events"``,
``say("Done")``), when a domain error is raised with it, when it stands between the tags of a page, or when it reads
like a sentence in a module of the screen. Texts marked with ``N_`` or given to ``translate`` are in the catalogues.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from data.texts.catalogues import is_translator

DRAWING = re.compile(
    "badge|button|bar_chart|caption|checkbox|code|dialog|download_button|error|exception|expander|feedback"
    "|file_uploader|header|html|image|info|json|link_button|markdown|metric|multiselect|number_input|page_link|pills"
    "|popover|progress|radio|segmented_control|selectbox|select_slider|slider|spinner|status|subheader|success|table"
    "|tabs|text|text_area|text_input|title|toast|toggle|warning|write|write_stream"
)
SPEAKING = re.compile(r"say|tell|\w+Column|Page|Tooltip|Popup|Title|TitleParams")
KEYWORDS = re.compile(
    "title|subtitle|label|help|placeholder|alt|caption|tooltip|popup|description|delta|page_title|name_text|body"
)
NOT_DRAWING = re.compile("add_argument|add_parser|ArgumentParser|Field")
NOT_SCREEN = re.compile(r"_?(?i:log|logger)|file|buffer|path|target|source|response|parser|subparsers|np|pd|mark_\w+")
FIELD = re.compile(r"\{[^{}]*\}|\$\{?\w+\}?|%[-\w]|:material/\w+:|:[a-z]+\[|&#?\w+;|https?://\S+|var\(--[\w-]+\)")
SHORTHAND = re.compile(r"^[\w.{}]+:[QNOTG]$|^(?=.*[_./:#\d])[a-z0-9_./:#{}-]+$")
SENTENCE = re.compile(r"^[A-Z][a-z]+( [\w,;–-]+)+[.:!?…]?$|[A-Za-z]{2,}( [a-z]+){2,}[.!?…]")
LETTER = re.compile(r"[^\W\d_]")
TAG = re.compile(r"</?[a-zA-Z][^>]*>")
HIDDEN_TAGS = frozenset({"style", "script"})
SEEN_ATTRIBUTES = frozenset({"alt", "title", "placeholder", "aria-label"})


@dataclass(frozen=True)
class Finding:
    """Text outside the catalogues, with its line."""

    line: int
    text: str


def text_of(node: ast.expr | None) -> str | None:
    """Return a literal's text, or an f-string's with its values as ``{}``; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) or "{}" for part in node.values)
    if isinstance(node, ast.IfExp):
        return " ".join(filter(None, (text_of(node.body), text_of(node.orelse)))) or None
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return "".join(filter(None, (text_of(node.left), text_of(node.right)))) or None
    return None


def has_words(text: str | None) -> bool:
    """Return whether a text has letters for people: outside placeholders, icons, format codes, tags and URLs."""
    return bool(text and LETTER.search(FIELD.sub("", TAG.sub("", text))))


class _Words(HTMLParser):
    """Parser that collects the visible texts of HTML: text between tags and the attributes for screen readers.

    Names of icons, which a font draws as pictures, stand in ``<i translate="no">`` and are left out.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.seen: list[str] = []
        self.hidden_by = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HIDDEN_TAGS or (tag == "i" and ("translate", "no") in attrs):
            self.hidden_by = tag
        self.seen += [value for name, value in attrs if name in SEEN_ATTRIBUTES and value]

    def handle_endtag(self, tag: str) -> None:
        if tag == self.hidden_by:
            self.hidden_by = ""

    def handle_data(self, data: str) -> None:
        if not self.hidden_by:
            self.seen.append(data)


def words_in_html(html: str) -> list[str]:
    """Return the texts of a page or piece of HTML that are not placeholders."""
    reader = _Words()
    reader.feed(html)
    return [text.strip() for text in reader.seen if has_words(text)]


def domain_errors(modules: Iterable[ast.Module]) -> frozenset[str]:
    """Return names of the classes that derive from ``DomainError``, directly or not."""
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for module in modules
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef)
    }
    found = {"DomainError"}
    while grown := {name for name, parents in bases.items() if parents & found} - found:
        found |= grown
    return frozenset(found)


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _is_catalogued(call: ast.Call) -> bool:
    function = call.func
    if isinstance(function, ast.Attribute) and function.attr in {"plural", "context"}:
        function = function.value
    return is_translator(function) or _called(call) in {"N_", "Wording"}


def _is_screen(call: ast.Call) -> bool:
    base = call.func.value if isinstance(call.func, ast.Attribute) else None
    name = base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "")
    return not NOT_SCREEN.fullmatch(name)


def _shown_by(call: ast.Call, errors: frozenset[str]) -> Iterator[ast.expr]:
    """Return the arguments of a call that people will see."""
    name = _called(call)
    if _is_catalogued(call):
        yield from (argument for argument in call.args if isinstance(argument, ast.JoinedStr | ast.BinOp))
        return
    if name in errors or (name == "__init__" and errors and _is_super(call)):
        yield from call.args[:1]
    if NOT_DRAWING.fullmatch(name) or not _is_screen(call):
        return
    is_method = isinstance(call.func, ast.Attribute)
    if SPEAKING.fullmatch(name) or (is_method and DRAWING.fullmatch(name)):
        yield from call.args[:1]
    yield from (keyword.value for keyword in call.keywords if KEYWORDS.fullmatch(keyword.arg or ""))


def _is_super(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "super()"


def _each(node: ast.expr) -> list[ast.expr]:
    """Return an argument, or the items of a list of labels."""
    return list(node.elts) if isinstance(node, ast.List | ast.Tuple) else [node]


def in_calls(module: ast.Module, errors: frozenset[str]) -> list[Finding]:
    """Return texts passed to what draws, speaks or is raised."""
    calls = (node for node in ast.walk(module) if isinstance(node, ast.Call))
    shown = (item for call in calls for argument in _shown_by(call, errors) for item in _each(argument))
    texts = ((node.lineno, text_of(node)) for node in shown)
    return [Finding(line, text) for line, text in texts if text and has_words(text) and not SHORTHAND.match(text)]


def _apart(module: ast.Module) -> set[int]:
    """Return ids of literals that are not for people: docstrings, catalogue texts, arguments of the log."""
    apart: set[int] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            apart.add(id(node.value))
        is_silent = isinstance(node, ast.Call) and (_is_catalogued(node) or not _is_screen(node))
        if is_silent or isinstance(node, ast.Raise):
            apart |= {id(inner) for inner in ast.walk(node)}
    return apart


def in_prose(module: ast.Module) -> list[Finding]:
    """Return literals anywhere in a module of the screen that read like a sentence, or are HTML with texts."""
    apart = _apart(module)
    found: list[Finding] = []
    for node in ast.walk(module):
        if id(node) in apart or not isinstance(node, ast.Constant | ast.JoinedStr):
            continue
        apart |= {id(inner) for inner in ast.walk(node)}
        text = text_of(node) or ""
        words = words_in_html(text) if TAG.search(text) else [text] if SENTENCE.search(text) else []
        found += [Finding(node.lineno, word) for word in words]
    return found
