"""``python -m tests.browser.screenshots OUT``: every page in every language and width, to look at."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from data.demo.accounts import DEMO_ACCOUNTS
from data.language import Language
from data.policy import Role
from data.settings import ROOT
from tests.browser.serving import demo_database, serving
from tests.browser.visiting import ExpectedPage, chromium, sign_in, visiting

PAGES = {
    "overview": ExpectedPage(charts=1, maps=1),
    "district": ExpectedPage(),
    "memoranda": ExpectedPage(),
    "evaluations": ExpectedPage(charts=4),
    "meeting": ExpectedPage(),
    "method": ExpectedPage(),
}
SIZES = ((1440, 900), (360, 740))
TALL = 2600


def take(folder: Path, address: str, *, only: str | None) -> None:
    """Write one file for each page, language and width."""
    account = next(account for account in DEMO_ACCOUNTS if account.role is Role.NATIONAL)
    with chromium() as browser:
        state = sign_in(browser, address, login=account.login, password=account.password)
        for width, height in SIZES:
            size = {"width": width, "height": height}
            for language in Language:
                with visiting(browser, ExpectedPage(), None, viewport=size) as visitor:
                    visitor.page.goto(f"{address}/sign-in?lang={language}")
                    visitor.page.screenshot(path=folder / f"sign-in-{language}-{width}.png", full_page=True)
                for page, expected in PAGES.items():
                    if only not in {None, page}:
                        continue
                    with visiting(browser, expected, state, viewport=size) as visitor:
                        visitor.open(f"{address}/{page}?lang={language}")
                        visitor.page.screenshot(path=folder / f"{page}-{language}-{width}.png")
                        visitor.page.set_viewport_size({"width": width, "height": TALL})
                        visitor.page.wait_for_timeout(800)
                        visitor.page.screenshot(path=folder / f"{page}-{language}-{width}-tall.png")


def main() -> None:
    """Take the pictures with a demo database, or with a server that runs already."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", choices=list(PAGES), help="one page")
    parser.add_argument("--address", help="a server with demo data that runs already")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    if args.address:
        take(args.folder, args.address, only=args.only)
        return
    with tempfile.TemporaryDirectory() as folder:
        database = demo_database(Path(folder))
        with serving(ROOT / "server.py", {"DATABASE_URL": database}) as address:
            take(args.folder, address, only=args.only)


if __name__ == "__main__":
    main()
