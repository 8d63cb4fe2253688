"""What all pages share: the document, its language and words, finding an area, the way back, and hostile browsers."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from tests.browser.test_accessibility import look
from tests.browser.visiting import ExpectedPage, Visitor, visiting

pytestmark = pytest.mark.browser

PATIENCE_MS = 20_000
AREA = "[class*=st-key-area-] input[role=combobox]"
FOUND = ".st-key-areas-found button"
LANGUAGE = "[class*=st-key-language_switch] input"
AXIS = "[data-testid=stVegaLiteChart] .role-axis-label text"
ANY = ExpectedPage()


@pytest.fixture
def page(guarded: BrowserContext, cookies: StorageState) -> Page:
    """A page of the national leadership, signed in."""
    guarded.add_cookies([{**cookie} for cookie in cookies["cookies"]])  # type: ignore[typeddict-item]
    return guarded.new_page()


def test_the_document_follows_the_language_without_a_reload(page: Page, server: str) -> None:
    Visitor(page, ANY).open(f"{server}/registers?area=1730")
    expect(page).to_have_title("Reyestrlar · Fargʻona viloyati · Hamkor")
    page.evaluate("window.isStillHere = true")
    for name, code, title, menu in (
        ("Русский", "ru", "Реестры · Ферганская область · Hamkor", "Свернуть боковую панель"),
        ("Ўзбекча", "uz-Cyrl", "Реестрлар · Фарғона вилояти · Hamkor", "Ён панелни йиғиш"),
        ("English", "en", "Registers · Fergana Region · Hamkor", "Collapse sidebar"),
        ("Oʻzbekcha", "uz-Latn", "Reyestrlar · Fargʻona viloyati · Hamkor", "Yon panelni yigʻish"),
    ):
        page.locator(LANGUAGE).click()
        page.get_by_role("option", name=name).click()
        expect(page).to_have_title(title, timeout=PATIENCE_MS)
        expect(page.locator(f"html[lang={code}][translate=no]")).to_be_attached()
        expect(page.locator(f"[aria-label='{menu}']")).to_be_attached()
    assert page.evaluate("window.isStillHere") is True


def test_a_load_asks_for_nothing_that_is_not_there(page: Page, server: str) -> None:
    refused: list[str] = []
    page.on("response", lambda response: refused.append(response.url) if response.status >= 400 else None)
    Visitor(page, ANY).open(f"{server}/registers?area=1730")
    assert refused == []


def test_a_page_whose_texts_were_moved_goes_on_working(page: Page, server: str) -> None:
    visitor = Visitor(page, ANY)
    visitor.open(f"{server}/memoranda?area=1730")
    assert look(page, "wrap") > 0
    visitor.choose("area", 3)
    look(page, "wrap")
    page.get_by_role("link", name="Reyestrlar").click()
    expect(page.get_by_role("heading", name="Reyestrlar")).to_be_visible(timeout=PATIENCE_MS)
    look(page, "wrap")
    page.locator("[class*=st-key-registers_search] input").fill("qwertyuiop")
    page.keyboard.press("Enter")
    expect(page.locator(".hamkor-records")).to_have_count(0, timeout=PATIENCE_MS)


def test_an_area_is_found_in_any_spelling_and_of_several_one_is_chosen(page: Page, server: str) -> None:
    visitor = Visitor(page, ANY)
    for typed in ("Farg'ona", "Фергана", "Фарғона"):
        visitor.open(f"{server}/registers?area=uz")
        page.locator(AREA).click()
        page.keyboard.press("Control+A")
        page.keyboard.type(typed)
        page.get_by_role("option", name="Topish:").click()
        expect(page.locator(FOUND)).to_have_text(
            ["Fargʻona viloyati", "Fargʻona tumani", "Fargʻona shahri"], timeout=PATIENCE_MS
        )
    page.locator(FOUND).last.click()
    expect(page).to_have_title("Reyestrlar · Fargʻona shahri · Hamkor", timeout=PATIENCE_MS)
    expect(page.locator(FOUND)).to_have_count(0)
    crumbs = page.locator(".hamkor-crumbs a")
    expect(crumbs).to_have_text(["Oʻzbekiston", "Fargʻona viloyati"])
    crumbs.last.click()
    expect(page).to_have_title("Reyestrlar · Fargʻona viloyati · Hamkor", timeout=PATIENCE_MS)


def test_back_returns_to_the_page_of_the_list(page: Page, server: str) -> None:
    Visitor(page, ANY).open(f"{server}/memoranda?area=uz")
    link = page.locator(".hamkor-records tbody tr a").first
    before = link.inner_text()
    page.locator("[data-testid=stPaginationNext]").click()
    expect(link).not_to_have_text(before, timeout=PATIENCE_MS)
    expect(page.locator("[data-testid=stPaginationPageActive]")).to_have_text("2", timeout=PATIENCE_MS)
    expect(page).to_have_url(re.compile(r"page=memoranda_page\.2"))
    name = link.inner_text()
    link.click()
    expect(page.get_by_role("heading", name=name)).to_be_visible(timeout=PATIENCE_MS)
    page.go_back()
    expect(page.locator("[data-testid=stPaginationPageActive]")).to_have_text("2", timeout=PATIENCE_MS)
    expect(link).to_have_text(name, timeout=PATIENCE_MS)


def test_an_old_browser_is_told_so(page: Page, server: str) -> None:
    page.add_init_script("CSS.supports = () => false")
    page.goto(f"{server}/registers")
    expect(page.locator("#old-browser")).to_contain_text("brauzer")


def test_charts_show_the_same_months_in_any_time_zone(browser: Browser, cookies: StorageState, server: str) -> None:
    shown = []
    for zone in ("America/Los_Angeles", "Asia/Tashkent"):
        with visiting(browser, ExpectedPage(charts=1), cookies, timezone_id=zone) as visitor:
            visitor.open(f"{server}/district?area=1730401")
            shown.append(visitor.page.locator(AXIS).all_inner_texts())
    assert shown[0] == shown[1] != []
