"""An NGO evaluates an event in Chromium: few taps, nothing lost, sent once, readable."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from data.codes import EvaluationItem
from data.language import Language
from tests.browser.conftest import Guard
from tests.browser.evaluating import (
    PATIENCE_MS,
    NgoServer,
    answer_everything,
    field,
    mark,
    receipt_number,
    sign_in_here,
    wait_until_saved,
)
from tests.browser.forms import switch_language
from tests.browser.test_accessibility import serious_faults
from tests.people import PASSWORD

pytestmark = pytest.mark.browser

MOST_TAPS = 14
FADE_MS = 600
# Counts what a finger does, over all pages of a journey.
COUNT_TAPS = """addEventListener("pointerdown", ({ isTrusted }) => {
    if (isTrusted) sessionStorage.setItem("taps", Number(sessionStorage.getItem("taps") ?? 0) + 1);
}, true);"""
HOSTILE = "<script>alert(1)</script> **bold** [here](http://evil.example) <img src=x onerror=alert(2)>"


@pytest.fixture(scope="module")
def phone_guard(browser: Browser) -> Iterator[Guard]:
    """A phone of 360 pixels, for all tests here."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    context.add_init_script(COUNT_TAPS)
    yield Guard(context)
    context.close()


@pytest.fixture
def phone(phone_guard: Guard) -> Iterator[BrowserContext]:
    """That phone as if it were new, whose console must stay quiet and whose requests must stay on this machine."""
    with phone_guard.watching() as context:
        yield context


def tap_through(page: Page, server: NgoServer, login: str) -> None:
    """From the sign-in page to the button that sends, with a thumb and without a word to write."""
    page.goto(f"{server.address}/sign-in?lang=en")
    page.locator("#login").tap()
    page.keyboard.type(login)
    page.locator("#password").tap()
    page.keyboard.type(PASSWORD)
    page.locator("form:has(#login) button[type=submit]").tap()
    expect(page.locator(".st-key-evaluation")).to_be_visible(timeout=PATIENCE_MS)
    for position, item in enumerate(EvaluationItem):
        mark(page, item, position % 6).tap()
    field(page, "would_repeat").locator("button").first.tap()
    field(page, "visibility").locator("[role=radiogroup] label").first.tap()
    wait_until_saved(page, 9)
    page.locator("[class*='st-key-send-'] button").tap()


def test_from_sign_in_to_the_receipt_takes_few_taps(phone: BrowserContext, site: NgoServer) -> None:
    login, page = site.add_account(), phone.new_page()
    tap_through(page, site, login)
    assert receipt_number(page).startswith("Receipt ")
    taps = int(page.evaluate("sessionStorage.getItem('taps')"))
    assert 9 < taps <= MOST_TAPS
    assert site.evaluations(login) == 1


def test_a_reload_and_another_device_bring_the_draft_back(
    phone: BrowserContext, guarded: BrowserContext, site: NgoServer
) -> None:
    login, page = site.add_account(), phone.new_page()
    sign_in_here(page, site, login)
    mark(page, EvaluationItem.PREPARATION, 1).tap()
    field(page, "comment").locator("textarea").fill("People listened.")
    mark(page, EvaluationItem.ROLES, 4).tap()
    wait_until_saved(page, 2)
    page.reload()
    other = guarded.new_page()
    sign_in_here(other, site, login)
    for device in (page, other):
        wait_until_saved(device, 2)
        chosen = mark(device, EvaluationItem.PREPARATION, 1)
        expect(chosen).to_have_attribute("aria-checked", "true", timeout=PATIENCE_MS)
        expect(field(device, "comment").locator("textarea")).to_have_value("People listened.")


KEPT = "Object.entries(sessionStorage).filter(([name]) => name.startsWith('hamkor-typed:')).map(([, text]) => text)"
LOST = "The bus came an hour late"


def notice(page: Page, code: str) -> Locator:
    """Return what is said below the comment."""
    return page.locator(f"[data-typed=comment][data-notice={code}]")


# Without a network what is sent into the open socket is lost, and the socket is closed later, as on a real phone:
# Chromium's own offline mode leaves open sockets alone.
LOSE_SENT = """(() => {
    const { send } = WebSocket.prototype;
    WebSocket.prototype.send = function (sent) {
        if (navigator.onLine) {
            send.call(this, sent);
        } else {
            addEventListener("online", () => this.close(), { once: true });
        }
    };
})();"""


def lose_network(page: Page) -> None:
    """Lose the network once the script that keeps what is typed is there: it comes from the server too."""
    page.wait_for_function("window.hamkorTyped?.isListening", timeout=PATIENCE_MS)
    page.context.set_offline(True)


@pytest.fixture
def lonely(browser: Browser) -> Iterator[Page]:
    """A phone that may lose its network; what its console says then is not looked at."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    context.add_init_script(LOSE_SENT)
    yield context.new_page()
    context.close()


def test_typed_text_outlives_the_network_and_a_reload(lonely: Page, site: NgoServer) -> None:
    login, page = site.add_account(), lonely
    sign_in_here(page, site, login)
    mark(page, EvaluationItem.PREPARATION, 1).tap()
    wait_until_saved(page, 1)
    lose_network(page)
    comment = field(page, "comment").locator("textarea")
    comment.fill(LOST)
    comment.blur()
    expect(notice(page, "kept")).to_be_visible()
    assert site.answer(login, "comment") == ""
    page.context.set_offline(False)
    page.reload()
    expect(comment).to_have_value(LOST, timeout=PATIENCE_MS)
    expect(notice(page, "restored")).to_be_visible(timeout=PATIENCE_MS)
    assert page.evaluate(KEPT) == []
    assert site.answer(login, "comment") == LOST


def test_typed_text_is_saved_when_the_network_comes_back(lonely: Page, site: NgoServer) -> None:
    login, page = site.add_account(), lonely
    sign_in_here(page, site, login)
    mark(page, EvaluationItem.PREPARATION, 1).tap()
    wait_until_saved(page, 1)
    lose_network(page)
    comment = field(page, "comment").locator("textarea")
    comment.fill(LOST)
    comment.blur()
    expect(notice(page, "kept")).to_be_visible()
    page.context.set_offline(False)
    expect(notice(page, "kept")).to_be_hidden(timeout=PATIENCE_MS)
    expect(comment).to_have_value(LOST)
    assert site.answer(login, "comment") == LOST


def test_typed_text_is_no_one_elses_on_the_same_device(lonely: Page, site: NgoServer) -> None:
    """It is deleted when its owner signs out and, after a session that ended, when another account signs in."""
    first, second, page = site.add_account(), site.add_account(), lonely

    def type_a_secret() -> None:
        sign_in_here(page, site, first)
        field(page, "comment").locator("textarea").press_sequentially("Secret")
        assert len(page.evaluate(KEPT)) == 1
        assert "Secret" not in page.evaluate("JSON.stringify(localStorage)")

    type_a_secret()
    page.goto(f"{site.address}/sign-out?lang=en")
    page.click("form button")
    page.wait_for_url("**/sign-in*")
    assert page.evaluate(KEPT) == []
    type_a_secret()
    page.context.clear_cookies()
    sign_in_here(page, site, second)
    assert page.evaluate(KEPT) == []


def test_another_language_keeps_what_is_being_typed(guarded: BrowserContext, site: NgoServer) -> None:
    login, page = site.add_account(), guarded.new_page()
    sign_in_here(page, site, login)
    mark(page, EvaluationItem.NEEDS, 5).click()
    wait_until_saved(page, 1)
    field(page, "recommendation").locator("textarea").fill("Begin an hour later")
    switch_language(page, Language.RU)
    expect(page.locator("[class*='st-key-needs-'][class*='-ru']")).to_be_visible(timeout=PATIENCE_MS)
    expect(mark(page, EvaluationItem.NEEDS, 5)).to_have_attribute("aria-checked", "true")
    expect(field(page, "recommendation").locator("textarea")).to_have_value("Begin an hour later")
    page.goto(f"{site.address}/?lang=en")
    expect(field(page, "recommendation").locator("textarea")).to_have_value("Begin an hour later", timeout=PATIENCE_MS)


def test_a_double_click_and_a_reload_during_sending_make_one_evaluation(
    guarded: BrowserContext, site: NgoServer
) -> None:
    login, page = site.add_account(), guarded.new_page()
    sign_in_here(page, site, login)
    answer_everything(page).dblclick()
    page.reload()
    number = receipt_number(page)
    page.reload()
    assert receipt_number(page) == number
    assert site.evaluations(login) == 1


def test_two_tabs_send_once_and_show_one_receipt(guarded: BrowserContext, site: NgoServer) -> None:
    login, first = site.add_account(), guarded.new_page()
    sign_in_here(first, site, login)
    send = answer_everything(first)
    second = guarded.new_page()
    second.goto(first.url)
    expect(second.locator("[class*='st-key-send-'] button")).to_be_enabled(timeout=PATIENCE_MS)
    send.click()
    number = receipt_number(first)
    second.locator("[class*='st-key-send-'] button").click()
    assert receipt_number(second) == number
    assert site.evaluations(login) == 1


def test_text_typed_last_is_sent_with_the_rest_and_shown_as_text(guarded: BrowserContext, site: NgoServer) -> None:
    login, page = site.add_account(), guarded.new_page()
    sign_in_here(page, site, login)
    send = answer_everything(page)
    field(page, "comment").locator("textarea").fill(HOSTILE)
    send.click()
    receipt_number(page)
    expect(page.locator(".st-key-receipt")).to_contain_text(HOSTILE)
    path = page.locator(".st-key-receipt a").get_attribute("href")
    page.goto(f"{site.address}{path}")
    expect(page.locator("main")).to_contain_text(HOSTILE)
    assert page.locator("main script, main img").count() == 0


def drawn_faults(page: Page) -> list[str]:
    """Return axe's findings once nothing is being redrawn: until then Streamlit fades what may change."""
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.locator("[data-stale=true]")).to_have_count(0)
    page.wait_for_timeout(FADE_MS)
    return serious_faults(page.main_frame)


def is_choice_seen_in_forced_colours(page: Page) -> bool:
    """Return whether the dot of a chosen answer has another colour than the circle around it."""
    chosen = field(page, "visibility").locator("[role=radiogroup] label[data-selected]")
    page.emulate_media(forced_colors="active")
    colours = chosen.locator("> div:last-child > div:first-child > div").evaluate(
        "dot => [dot, dot.parentElement].map((each) => getComputedStyle(each).backgroundColor)"
    )
    page.emulate_media(forced_colors="none")
    return len(set(colours)) == 2


def test_form_list_and_receipt_are_accessible_and_fit_a_phone(phone: BrowserContext, site: NgoServer) -> None:
    login, page = site.add_account(), phone.new_page()
    sign_in_here(page, site, login)
    assert drawn_faults(page) == []
    send = answer_everything(page)
    assert drawn_faults(page) == []
    assert is_choice_seen_in_forced_colours(page)
    assert page.locator("[data-testid=stMain]").evaluate("main => main.scrollWidth <= main.clientWidth")
    send.click()
    receipt_number(page)
    assert drawn_faults(page) == []
    path = page.locator(".st-key-receipt a").get_attribute("href")
    page.locator(".st-key-show_list button").click()
    expect(page.locator("[class*='st-key-sent-']").first).to_be_visible(timeout=PATIENCE_MS)
    assert drawn_faults(page) == []
    assert page.locator("[data-testid=stMain]").evaluate("main => main.scrollWidth <= main.clientWidth")
    page.goto(f"{site.address}{path}")
    assert serious_faults(page.main_frame) == []
