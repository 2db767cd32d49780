"""A Chromium to test in: DATELINE_TEST_CHROMIUM, one on the PATH, or Playwright's own."""

from __future__ import annotations

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: Without these a browser without a screen looks for updates and graphics that are not there.
ARGUMENTS = (
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    *(("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()),
)
CURE = "no Chromium: set DATELINE_TEST_CHROMIUM, install one (apt install chromium), or run: playwright install chromium"


def executable() -> str | None:
    """The path of a Chromium, or ``None`` where only Playwright's own may be there."""
    if chosen := os.environ.get("DATELINE_TEST_CHROMIUM"):
        return chosen
    return next((path for name in NAMES if (path := shutil.which(name))), None)
