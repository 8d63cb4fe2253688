"""Translation catalogues: extracts the texts of the code, and checks and updates the catalogues.

The source language is English: a message's id is its English text, so English has no catalogue. Texts are found where
the code calls ``N_("...")``, ``Wording("...", "context")``, ``translate("...")``, ``translate.plural("...", "...", n)``
and ``translate.context("...", "...")``. As a program: ``python -m data.texts.catalogues check`` or ``update``.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from data.language import CATALOGUES, DOMAIN, Language
from data.settings import ROOT

SOURCES = ("app.py", "server.py", "data", "queries", "components", "pages", "web")
TRANSLATED = tuple(language for language in Language if not language.facts.is_source)
MOST_TOLD = 20
TEMPLATE = CATALOGUES / f"{DOMAIN}.pot"
# Dates, people and tools: they would change every file at every update and say nothing that git does not know.
_CHURN = re.compile(
    r'^"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator'
    r"|Language-Team): .*\n",
    re.MULTILINE,
)


@dataclass(frozen=True)
class SourceMessage:
    """Text of the code: its English form, and the English plural and the context where it has them."""

    text: str
    plural: str | None = None
    context: str | None = None

    @property
    def key(self) -> str | tuple[str, str]:
        """Id under which a Babel catalogue holds the message."""
        return (self.text, self.plural) if self.plural else self.text


def source_files(root: Path = ROOT) -> Iterator[Path]:
    """Python files with user-visible texts, in a stable order."""
    for name in SOURCES:
        path = root / name
        yield from sorted(path.rglob("*.py")) if path.is_dir() else ([path] if path.exists() else [])


def is_translator(node: ast.expr) -> bool:
    """Whether an expression is a translator: a name or attribute called ``translate``."""
    return (isinstance(node, ast.Name) and node.id == "translate") or (
        isinstance(node, ast.Attribute) and node.attr == "translate"
    )


def _literals(node: ast.expr) -> list[str]:
    """Texts that an argument can be: a literal, or either arm of a conditional expression of literals."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value] if node.value else []
    if isinstance(node, ast.IfExp):
        return _literals(node.body) + _literals(node.orelse)
    return []


def _messages_of_call(call: ast.Call) -> list[SourceMessage]:
    function, texts = call.func, [_literals(argument) for argument in call.args]
    if not texts:
        return []
    if is_translator(function) or (isinstance(function, ast.Name) and function.id == "N_"):
        return [SourceMessage(text) for text in texts[0]]
    if isinstance(function, ast.Name) and function.id == "Wording":
        contexts: list[str | None] = [*texts[1]] if len(texts) > 1 else [None]
        return [SourceMessage(text, context=context) for context in contexts for text in texts[0]]
    if not isinstance(function, ast.Attribute) or not is_translator(function.value) or len(texts) < 2:
        return []
    if function.attr == "plural":
        return [SourceMessage(one, plural=many) for one, many in zip(texts[0], texts[1], strict=True)]
    if function.attr == "context":
        return [SourceMessage(text, context=context) for context in texts[0] for text in texts[1]]
    return []


def messages_in(source: str) -> list[SourceMessage]:
    """Texts of one module's source."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [message for call in calls for message in _messages_of_call(call)]


def template(root: Path = ROOT) -> Catalog:
    """All texts of the code as a catalogue without translations; a text's locations are its files."""
    catalogue = Catalog(domain=DOMAIN, header_comment="# Texts of the code; made by `make messages`.", fuzzy=False)
    for path in source_files(root):
        for message in messages_in(path.read_text(encoding="utf-8")):
            location = (path.relative_to(root).as_posix(), 0)
            catalogue.add(message.key, context=message.context, locations=[location])
    return catalogue


def catalogue_path(language: Language) -> Path:
    """Path of a language's catalogue."""
    return CATALOGUES / language.value / "LC_MESSAGES" / f"{DOMAIN}.po"


def read_catalogue(language: Language) -> Catalog:
    """A language's catalogue; an empty one where it has no file yet."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language.value, domain=DOMAIN, fuzzy=False)
    with path.open("rb") as source:
        return read_po(source, locale=language.value, domain=DOMAIN)


def problems(language: Language, wanted: Catalog) -> list[str]:
    """Differences between a language's catalogue and the code: missing, empty, fuzzy and unused messages."""
    catalogue = read_catalogue(language)
    faults = {
        "unused": [message for message in _messages(catalogue) if not _held(wanted, message)],
        "obsolete": list(catalogue.obsolete.values()),
        "missing": [message for message in _messages(wanted) if not _held(catalogue, message)],
        "fuzzy": [message for message in _messages(catalogue) if message.fuzzy],
        "empty": [message for message in _messages(catalogue) if not is_filled(message)],
    }
    return [f"{language}: {fault}: {message.id!r}" for fault, messages in faults.items() for message in messages]


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _held(catalogue: Catalog, message: Message) -> bool:
    """Whether the catalogue contains the message, with a plural if it has one."""
    held = catalogue.get(first_form(message.id), message.context)
    return held is not None and bool(held.pluralizable) == bool(message.pluralizable)


def is_filled(message: Message) -> bool:
    """Whether a message is translated, in all its plural forms."""
    return all(forms(message))


def forms(message: Message) -> tuple[str, ...]:
    """Translation of a message, or its plural forms."""
    if isinstance(message.string, str) or message.string is None:
        return (message.string or "",)
    return tuple(str(form or "") for form in message.string)


def first_form(identity: str | tuple[str, ...] | list[str]) -> str:
    """English text of an id, in the singular where it has a plural."""
    return identity if isinstance(identity, str) else identity[0]


def _as_text(catalogue: Catalog) -> str:
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=120, sort_output=True, no_location=True, ignore_obsolete=True)
    return _CHURN.sub("", buffer.getvalue().decode("utf-8"))


def update() -> None:
    """Write the template and add its texts to every catalogue, untranslated; unused ones are dropped."""
    wanted = template()
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_text(_as_text(wanted), encoding="utf-8")
    for language in TRANSLATED:
        catalogue = read_catalogue(language)
        catalogue.header_comment = f"# {language.own_name}"
        catalogue.update(wanted, no_fuzzy_matching=True, update_header_comment=False)
        catalogue.obsolete.clear()
        path = catalogue_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_as_text(catalogue), encoding="utf-8")


def main() -> int:
    """Check (exit code 1 and one line per problem) or update."""
    parser = argparse.ArgumentParser(prog="python -m data.texts.catalogues", description=__doc__)
    parser.add_argument("action", choices=["check", "update"])
    if parser.parse_args().action == "update":
        update()
        return 0
    wanted = template()
    found = {language: problems(language, wanted) for language in TRANSLATED}
    for language, faults in found.items():
        sys.stderr.writelines(f"{fault}\n" for fault in faults[:MOST_TOLD])
        if len(faults) > MOST_TOLD:
            sys.stderr.write(f"{language}: … ({len(faults)})\n")
    return 1 if any(found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
