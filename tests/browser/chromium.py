"""Selection and flags of the Chromium of the browser tests.

In this order: the one named by ``CHROMIUM``, Playwright's own, one installed on the machine. As a program it looks
for one and tries to install Playwright's own where there is none; exit code 1 means that there is none.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

SYSTEM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Toolbars that Chromium draws by web pages of its own: two processes more for each window, although nobody sees them.
# The switch replaces that of Playwright; of what that lists, all that would ask the network is here too.
UNUSED_FEATURES = (
    "InitialWebUI",
    "PreloadTopChromeWebUI",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxPopup",
    "WebUIReloadButton",
    "WebUIToolbar",
    "AimEnabled",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
)
FLAGS = (
    f"--disable-features={','.join(UNUSED_FEATURES)}",
    # No name or address but this machine's own is found, whatever a page asks for.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1 , EXCLUDE [::1]",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> Path | None:
    """Return the path of a Chromium that starts here, or None."""
    if named := os.environ.get("CHROMIUM"):
        return Path(named)
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    candidates = (own, *(path for path in map(shutil.which, SYSTEM_NAMES) if path))
    return next((Path(path) for path in candidates if _starts(path)), None)


def _starts(path: str) -> bool:
    """Return whether the program exists and finds its system libraries."""
    return Path(path).exists() and subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0


def install_chromium() -> Path | None:
    """Install Playwright's own Chromium; None where that cannot be done (no network, unknown system)."""
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return find_chromium()


if __name__ == "__main__":
    sys.exit(0 if find_chromium() or install_chromium() else 1)
