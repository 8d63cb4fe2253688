"""Translated texts of the presentation's own controls: keys, the speaker's window and the slide counter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.language import Translator


@dataclass(frozen=True)
class KeyBinding:
    """Keys of the keyboard with their names and their function."""

    names: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Control:
    """A button: the action of the script and the translated name."""

    action: str
    text: str
    key: str


def control_texts(translate: Translator) -> dict[str, str]:
    """Return the texts of a presentation by name."""
    return {
        "controls": translate("Controls of the presentation"),
        "all_keys": translate("Keys"),
        "loaded": translate("Everything is loaded: the presentation goes on without a network."),
        "clicker": translate("A clicker works too: it presses Page Up and Page Down."),
        "close": translate("Close"),
        "hint": translate("→ next slide · F full screen · N notes · H all keys"),
        "notes": translate("Speaker notes"),
        "no_notes": translate("There are no notes for this slide."),
        "this_slide": translate("On the screen now"),
        "next_slide": translate("Next slide"),
        "last": translate("This is the last slide."),
        "elapsed": translate("Time since the start"),
        "clock": translate("Time of day"),
        "is_black": translate("The screen is black. Press B to show the slide."),
        "blocked": translate(
            "The browser did not open the window with the notes. Allow pop-up windows for this page and press N again."
        ),
    }


def keys(translate: Translator) -> Sequence[KeyBinding]:
    """Return all keys, in the order of their use."""
    return [
        KeyBinding(("→", "↓", "PgDn", translate("Space")), translate("Next slide")),
        KeyBinding(("←", "↑", "PgUp"), translate("Previous slide")),
        KeyBinding(("Home",), translate("First slide")),
        KeyBinding(("End",), translate("Last slide")),
        KeyBinding(("12", "Enter"), translate("Go to slide 12")),
        KeyBinding(("F",), translate("Full screen")),
        KeyBinding(("Esc",), translate("Leave full screen")),
        KeyBinding(("N",), translate("Speaker notes in a second window")),
        KeyBinding(("B",), translate("Black screen")),
        KeyBinding(("T",), translate("Show or hide the time since the start")),
        KeyBinding(("R",), translate("Start the time again")),
        KeyBinding(("H",), translate("Show these keys")),
    ]


def controls(translate: Translator) -> Sequence[Control]:
    """Return the buttons shown when the pointer moves, from left to right."""
    return [
        *_turning(translate),
        Control("full", translate("Full screen"), "F"),
        Control("notes", translate("Speaker notes"), "N"),
        Control("black", translate("Black screen"), "B"),
        Control("keys", translate("Keys"), "H"),
    ]


def speaker_controls(translate: Translator) -> Sequence[Control]:
    """Return the buttons of the speaker's window, from left to right."""
    return [
        *_turning(translate),
        Control("black", translate("Black screen"), "B"),
        Control("restart", translate("Start the time again"), "R"),
    ]


def _turning(translate: Translator) -> Sequence[Control]:
    return [Control("previous", translate("Previous slide"), "←"), Control("next", translate("Next slide"), "→")]
