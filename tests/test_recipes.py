"""Recipes name files and targets that exist."""

from __future__ import annotations

import re

from data.settings import ROOT

RECIPES = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
PLACEHOLDER = re.compile(r"[<*…]")


def test_recipes_name_files_and_targets_that_exist() -> None:
    named = re.findall(r"`([\w./*<>-]+/[\w./*<>-]*)`", RECIPES)
    assert len(named) > 20
    assert [path for path in named if not PLACEHOLDER.search(path) and not (ROOT / path).exists()] == []
    targets = set(re.findall(r"`make (\w+)", RECIPES))
    assert targets
    assert [target for target in targets if f"\n{target}:" not in (ROOT / "Makefile").read_text(encoding="utf-8")] == []
