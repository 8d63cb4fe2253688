"""Fields of a form by the kind of their value. Widgets show the form's texts; a change is written back into them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from components.registers.form_state import OnForm, RecordForm
from components.registers.options import FormOptions
from components.registers.values import code_text, month_names
from components.shell.formatter import Formatter
from components.shell.widgets import default_of
from data.registers.declaration import FieldKind, SheetField
from data.registers.entry import LIST_SEPARATOR

FEW_CHOICES = 4
TEXT_HEIGHT = 80
_WHOLE = frozenset({FieldKind.COUNT, FieldKind.WHOLE, FieldKind.AMOUNT, FieldKind.YEAR})
_MOST = 10**15
# Their notes say how to write them in a cell of a workbook.
_CHOSEN = frozenset(
    {
        FieldKind.CHOICES,
        FieldKind.DATE,
        FieldKind.DISTRICT,
        FieldKind.MONTH,
        FieldKind.NAMES,
        FieldKind.STIR,
        FieldKind.STIRS,
    }
)


def is_asked(entry: SheetField, form: RecordForm) -> bool:
    """Return whether the form asks for a field, which may depend on another one."""
    if entry.shown_when is None:
        return True
    code, values = entry.shown_when
    return form.texts.get(code, "") in {value.value for value in values}


def render_field(
    entry: SheetField,
    form: RecordForm,
    options: FormOptions,
    fmt: Formatter,
    *,
    on_change: OnForm,
    is_required: bool = False,
) -> None:
    """Draw a field with its fault below; ``on_change`` is called once its text has changed.

    ``is_required``: it is marked as such though the register does not need it.
    """
    _Field(entry, form, options, fmt, on_change, is_required=is_required).render()
    fault = form.faults.get(entry.code)
    if fault is not None:
        st.error(fmt.translate.render(fault), icon=":material/block:")


def field_label(entry: SheetField, fmt: Formatter) -> str:
    """Return the label of a field: the heading of its column, and for organisations that they are found by name."""
    if entry.kind is FieldKind.STIRS:
        return fmt.translate("NGOs, by name or STIR")
    if entry.kind is FieldKind.STIR:
        return fmt.translate("NGO, by name or STIR")
    return entry.heading.in_language(fmt.translate.language)


class _Field:
    def __init__(
        self,
        entry: SheetField,
        form: RecordForm,
        options: FormOptions,
        fmt: Formatter,
        on_change: OnForm,
        *,
        is_required: bool,
    ) -> None:
        self._entry, self._form, self._options, self._fmt = entry, form, options, fmt
        self._on_change = on_change
        self._language = fmt.translate.language
        self._key = form.key(entry.code, self._language)
        self._text = form.texts.get(entry.code, "")
        label = field_label(entry, fmt)
        self._label = f"{label} *" if entry.is_required or is_required else label
        self._help = fmt.translate(entry.note) if entry.note and entry.kind not in _CHOSEN else None

    def render(self) -> None:
        """Draw the widget of the field's kind."""
        entry = self._entry
        if entry.kind is FieldKind.CHOICE and entry.choices is not None:
            codes = [code.value for code in entry.choices]
            self._one(codes, lambda code: code_text(entry, code, self._fmt))
        elif entry.kind is FieldKind.CHOICES and entry.choices is not None:
            codes = [code.value for code in entry.choices]
            self._many(codes, lambda code: code_text(entry, code, self._fmt))
        elif entry.kind is FieldKind.DISTRICT:
            self._select(list(self._options.districts), self._options.districts.__getitem__)
        elif entry.kind in {FieldKind.STIR, FieldKind.MAHALLA}:
            known, label_of = self._known()
            self._select(known, label_of, accepts_new=True)
        elif entry.kind in {FieldKind.STIRS, FieldKind.NAMES}:
            known, label_of = self._known()
            self._many(known, label_of, accepts_new=True)
        elif entry.kind is FieldKind.MONTH:
            names = month_names(self._fmt)
            self._select([str(number) for number in names], lambda number: names[int(number)])
        elif entry.refers_to:
            labels = self._options.numbers.get(entry.refers_to, {})
            self._select(list(labels), lambda number: labels.get(number, number))
        elif entry.kind in _WHOLE:
            self._whole()
        else:
            self._typed()

    def _known(self) -> tuple[list[str], Callable[[str], str]]:
        """Return the known NGOs or mahallas; others can be typed."""
        if self._entry.kind in {FieldKind.STIR, FieldKind.STIRS}:
            return list(self._options.ngos), self._options.ngos.__getitem__
        return list(self._options.mahallas), str

    def _write(self, convert: Callable[[Any], str]) -> None:
        """Take the widget's value into the form; called by Streamlit before the rerun."""
        self._form.texts[self._entry.code] = convert(st.session_state[self._key])
        self._form.faults.pop(self._entry.code, None)
        self._on_change(self._form)

    def _one(self, codes: Sequence[str], label_of: Callable[[str], str]) -> None:
        if len(codes) > FEW_CHOICES:
            self._select(codes, label_of)
            return
        chosen = self._text if self._text in codes else None
        st.segmented_control(
            self._label,
            codes,
            default=default_of(self._key, chosen, empty=None),
            format_func=label_of,
            key=self._key,
            help=self._help,
            on_change=self._write,
            args=(lambda value: value or "",),
        )

    def _select(self, codes: Sequence[str], label_of: Callable[[str], str], *, accepts_new: bool = False) -> None:
        known = [*codes, *([self._text] if self._text and self._text not in codes else [])]
        chosen = default_of(self._key, self._text or None, empty=None)
        st.selectbox(
            self._label,
            known,
            index=None if chosen is None else known.index(chosen),
            format_func=lambda code: label_of(code) if code in codes else str(code),
            key=self._key,
            help=self._help,
            placeholder=self._fmt.translate("Not chosen"),
            accept_new_options=accepts_new,
            on_change=self._write,
            args=(lambda value: value or "",),
        )

    def _many(self, codes: Sequence[str], label_of: Callable[[str], str], *, accepts_new: bool = False) -> None:
        chosen = [code for code in self._text.split(LIST_SEPARATOR) if code]
        known = [*codes, *(code for code in chosen if code not in codes)]
        st.multiselect(
            self._label,
            known,
            default=default_of(self._key, chosen, empty=[]) or None,
            format_func=lambda code: label_of(code) if code in codes else str(code),
            key=self._key,
            help=self._help,
            placeholder=self._fmt.translate("Not chosen"),
            accept_new_options=accepts_new,
            select_all=False,
            on_change=self._write,
            args=(LIST_SEPARATOR.join,),
        )

    def _whole(self) -> None:
        digits = self._text.strip()
        number = int(digits) if digits.isascii() and digits.isdigit() else None
        st.number_input(
            self._label,
            min_value=0,
            max_value=_MOST,
            step=1,
            value=default_of(self._key, number, empty=None),
            key=self._key,
            help=self._help,
            on_change=self._write,
            args=(lambda value: "" if value is None else str(value),),
        )

    def _typed(self) -> None:
        shared: dict[str, Any] = {
            "value": default_of(self._key, self._text, empty=""),
            "key": self._key,
            "help": self._help,
            "on_change": self._write,
            "args": (lambda value: value or "",),
        }
        if self._entry.is_long:
            st.text_area(self._label, height=TEXT_HEIGHT, **shared)
        elif self._entry.kind in {FieldKind.DATE, FieldKind.TERM}:
            st.text_input(self._label, placeholder=self._fmt.translate("dd.mm.yyyy"), **shared)
        else:
            st.text_input(self._label, **shared)
