"""Presentation: slides fit each screen, keys and clickers turn them, and nothing is requested afterwards."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from components.deck.model import Deck
from data.language import Language, Translator
from tests.browser.presenting import READY, PresentedDeck, full_html, presented, sample_html
from tests.browser.test_accessibility import serious_faults
from tests.components.deck.samples import sample_deck
from tests.web.presenting.full_decks import hostile_deck
from web.presenting.document import document

pytestmark = pytest.mark.browser

KINDS, MOST_USED = ("district", "nation"), (Language.UZ_LATN, Language.RU)
LEAST_TEXT, LEAST_DRAWN = 24, 15


@pytest.fixture(scope="module")
def deck() -> Deck:
    """A deck to turn the slides of."""
    return sample_deck("district", Language.UZ_LATN)


@pytest.fixture
def screen(guarded: BrowserContext) -> PresentedDeck:
    """That deck on a small projector."""
    return presented(guarded, sample_html("district", Language.UZ_LATN))


@pytest.mark.parametrize("language", Language)
def test_nothing_is_cut_however_full_a_slide_is(guarded: BrowserContext, language: Language) -> None:
    assert presented(guarded, full_html(language)).faults_on_each_screen() == []


@pytest.mark.each_value
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", MOST_USED)
def test_no_deck_is_cut_and_a_small_projector_shows_letters_for_the_last_row(
    guarded: BrowserContext, kind: str, language: Language
) -> None:
    screen = presented(guarded, sample_html(kind, language))
    sizes = screen.type_sizes().items()
    small = {place: size for place, (is_drawn, size) in sizes if size < (LEAST_DRAWN if is_drawn else LEAST_TEXT)}
    assert small == {}
    assert screen.faults_on_each_screen() == []


def test_keys_and_clickers_turn_the_slides(screen: PresentedDeck) -> None:
    last = screen.count
    assert screen.place == f"1 / {last}"
    assert screen.press("ArrowRight") == f"2 / {last}"
    assert screen.press("PageDown", "Space") == f"4 / {last}"
    assert screen.press("ArrowLeft") == f"3 / {last}"
    assert screen.press("PageUp") == f"2 / {last}"
    assert screen.press("End") == f"{last} / {last}"
    assert screen.press("ArrowRight", "ArrowDown") == f"{last} / {last}"
    assert screen.press("Shift+Space") == f"{last - 1} / {last}"
    assert screen.press("Home") == f"1 / {last}"
    assert screen.press("ArrowLeft") == f"1 / {last}"
    assert screen.press("1", "0", "Enter") == f"10 / {last}"
    assert screen.press("9", "9", "Enter") == f"{last} / {last}"
    assert screen.visible == 1


def test_the_slide_is_told_to_those_who_cannot_see_it(screen: PresentedDeck, deck: Deck) -> None:
    screen.press("ArrowRight")
    place = Translator(deck.language)("Slide {number} of {count}", number=2, count=screen.count)
    expect(screen.page.locator("#told")).to_have_text(f"{place}: {deck.slides[1].title}")


def test_the_whole_screen_is_taken_and_given_back(screen: PresentedDeck) -> None:
    is_full = "() => document.fullscreenElement !== null"
    screen.press("f")
    screen.page.wait_for_function(is_full)
    screen.press("f")
    screen.page.wait_for_function(f"() => !({is_full})()")
    screen.press("F5")
    screen.page.wait_for_function(is_full)
    assert screen.press("ArrowRight").startswith("2 /")
    screen.press("Escape")
    screen.page.wait_for_function(f"() => !({is_full})()")
    assert screen.place.startswith("2 /")


def test_the_screen_goes_black_and_comes_back_with_the_next_slide(screen: PresentedDeck) -> None:
    for number, key in enumerate(("b", "."), start=2):
        screen.press(key)
        assert screen.visible == 0
        screen.press(key)
        assert screen.visible == 1
        screen.press(key, "ArrowRight")
        assert screen.visible == 1
        assert screen.place.startswith(f"{number} /")
    # A Cyrillic keyboard has the same keys.
    letter = {"key": "и", "code": "KeyB", "bubbles": True}
    screen.page.evaluate("event => document.body.dispatchEvent(new KeyboardEvent('keydown', event))", letter)
    assert screen.visible == 0


def test_the_time_runs_from_the_first_turn_and_can_be_hidden(screen: PresentedDeck) -> None:
    timer = screen.page.locator(".slide.current .timer")
    expect(timer).to_have_text("00:00")
    screen.press("ArrowRight")
    expect(timer).to_have_text(re.compile(r"00:0[1-9]"))
    screen.press("t")
    expect(timer).to_be_hidden()
    screen.press("t")
    expect(timer).to_be_visible()


def test_a_reload_comes_back_to_the_slide(screen: PresentedDeck) -> None:
    place = screen.press("ArrowRight", "ArrowRight")
    screen.page.reload()
    screen.page.wait_for_selector(READY)
    assert screen.place == place


def speaker_of(screen: PresentedDeck) -> Page:
    """Open the speaker's window by its key."""
    with screen.page.expect_popup() as opened:
        screen.press("n")
    return opened.value


def test_the_speaker_has_the_notes_the_next_slide_and_the_time_in_a_second_window(
    screen: PresentedDeck, deck: Deck
) -> None:
    speaker = speaker_of(screen)
    assert serious_faults(speaker.main_frame) == []
    for number, (slide, following) in enumerate(zip(deck.slides, deck.slides[1:], strict=False), start=1):
        expect(speaker.locator("#at")).to_have_text(f"{number} / {screen.count}")
        expect(speaker.locator("#speech-title")).to_have_text(slide.title)
        expect(speaker.locator("#next h2")).to_have_text(following.title)
        said = speaker.locator("#speech").inner_text()
        assert all(line.strip() in said for line in slide.notes.splitlines())
        screen.press("ArrowRight")
    expect(speaker.locator("#last")).to_be_visible()
    expect(speaker.locator("#clock")).to_have_text(re.compile(r"\d\d:\d\d"))
    assert speaker.evaluate("document.documentElement.lang") == deck.language.html_code


def test_keys_and_buttons_of_the_second_window_turn_the_first(screen: PresentedDeck) -> None:
    speaker = speaker_of(screen)
    speaker.keyboard.press("PageDown")
    assert screen.place.startswith("2 /")
    speaker.locator("button[data-do=next]").click()
    assert screen.place.startswith("3 /")
    speaker.keyboard.press("b")
    assert screen.visible == 0
    expect(speaker.locator("#black-now")).to_be_visible()


def test_a_lost_network_stops_nothing(screen: PresentedDeck, guarded: BrowserContext) -> None:
    asked: list[str] = []
    guarded.on("request", lambda request: asked.append(request.url))
    guarded.set_offline(True)
    assert screen.faults() == []
    speaker = speaker_of(screen)
    expect(speaker.locator("#at")).to_have_text(f"{screen.count} / {screen.count}")
    assert [url for url in asked if not url.startswith(("data:", "about:"))] == []


def test_a_swipe_turns_the_slide(guarded: BrowserContext, screen: PresentedDeck) -> None:
    session = guarded.new_cdp_session(screen.page)

    def swipe(start: int, end: int) -> str:
        for kind, points in (("touchStart", [start]), ("touchMove", [end]), ("touchEnd", [])):
            touches = [{"x": x, "y": 300} for x in points]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})
        return screen.place

    assert swipe(900, 300).startswith("2 /")
    assert swipe(300, 900).startswith("1 /")
    assert swipe(300, 310).startswith("1 /")


def test_a_moving_pointer_brings_the_buttons_and_they_work(screen: PresentedDeck) -> None:
    controls = screen.page.locator("#controls")
    expect(controls).to_have_css("opacity", "0")
    screen.page.mouse.move(300, 300)
    expect(controls).to_have_css("opacity", "1")
    controls.locator("[data-do=next]").click()
    assert screen.press("Space").startswith("3 /")
    expect(controls).to_have_css("opacity", "0")


def test_the_keys_are_explained_accessibly_and_go_away(screen: PresentedDeck) -> None:
    screen.press("h")
    expect(screen.page.locator("#keys")).to_be_visible()
    assert serious_faults(screen.page.main_frame) == []
    screen.press("Escape")
    expect(screen.page.locator("#keys")).to_be_hidden()
    screen.press("h", "ArrowRight")
    expect(screen.page.locator("#keys")).to_be_hidden()
    assert screen.place.startswith("2 /")


def test_slides_of_each_kind_are_accessible(guarded: BrowserContext) -> None:
    screen = presented(guarded, full_html(Language.RU))
    faults = []
    for _ in range(screen.count):
        faults += [f"{screen.place} {fault}" for fault in serious_faults(screen.page.main_frame)]
        screen.press("ArrowRight")
    assert faults == []


def test_on_paper_each_slide_is_a_sheet(screen: PresentedDeck) -> None:
    assert len(re.findall(rb"/Type\s*/Page\b", screen.page.pdf(prefer_css_page_size=True))) == screen.count
    assert screen.visible == 1


def test_hostile_texts_are_shown_as_texts(guarded: BrowserContext) -> None:
    screen = presented(guarded, document(hostile_deck()))
    assert screen.faults() == []
