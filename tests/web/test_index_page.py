"""The index page of the app says its language, is not translated by browsers, and tells old ones what to do."""

from __future__ import annotations

import json

import pytest
from starlette.testclient import TestClient

from components.shell.static_files import ASSETS_PATH
from components.shell.streamlit_words import OWN_WORDS, words_script
from data.language import Language, Translator
from queries.accounts.sessions import LANGUAGE_COOKIE
from tests.web.conftest import MakeBrowser
from web.index_page import OLD_BROWSER


@pytest.fixture
def visitor(make_browser: MakeBrowser) -> TestClient:
    """Browser at a server that lets anyone look."""
    return make_browser(public_view=True)


@pytest.mark.parametrize("language", Language)
def test_the_page_is_in_the_language_of_its_address(visitor: TestClient, language: Language) -> None:
    visitor.cookies.set(LANGUAGE_COOKIE, Language.RU.value)
    page = visitor.get(f"/overview?lang={language.value}").text
    assert f'<html lang="{language.html_code}" translate="no" data-language="{language.value}"' in page
    assert 'data-default-language="ru"' in page
    assert '<meta name="google" content="notranslate">' in page
    assert Translator(language)(OLD_BROWSER) in page


def test_an_address_without_a_language_has_the_reader_s(visitor: TestClient) -> None:
    assert '<html lang="uz-Latn"' in visitor.get("/overview").text
    visitor.cookies.set(LANGUAGE_COOKIE, Language.UZ_CYRL.value)
    assert '<html lang="uz-Cyrl"' in visitor.get("/district?area=1730401").text


def test_our_script_runs_before_streamlit_s_own(visitor: TestClient) -> None:
    page = visitor.get("/unknown").text
    words, ours, theirs = words_script().name, f"{ASSETS_PATH}/app.js", 'type="module"'
    assert page.index(words) < page.index(ours) < page.index(theirs)


def test_other_answers_of_the_server_are_left_as_they_are(visitor: TestClient) -> None:
    assert visitor.get("/overview/").text == "page /overview/"
    assert "old-browser" not in visitor.get("/sign-in").text
    assert visitor.get("/overview", headers={"Accept": "*/*"}).text == "page /overview"


def test_an_address_of_several_parts_has_a_page_that_says_so(visitor: TestClient) -> None:
    answer = visitor.get("/overview/of/nothing?lang=ru")
    assert answer.status_code == 404
    assert Translator(Language.RU)("No such page") in answer.text


def test_the_words_of_all_languages_are_one_file_for_good(visitor: TestClient) -> None:
    answer = visitor.get(f"{ASSETS_PATH}/{words_script().name}")
    assert "immutable" in answer.headers["cache-control"]
    words = json.loads(answer.text.removeprefix("window.hamkorWords = ").removesuffix(";"))
    assert set(words) == {language.value for language in Language}
    for language in set(Language) - {Language.EN}:
        untranslated = {word.text for word in OWN_WORDS} & set(words[language]["own"].values())
        assert untranslated == set()
