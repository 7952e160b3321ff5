"""How Chromium is started wherever we drive it: without a sandbox of its own, and speaking to nobody else."""

from playwright.sync_api import Browser, Playwright

from devtools.browser import find_chromium

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def launch(playwright: Playwright) -> Browser:
    """Start the system's Chromium without a window."""
    return playwright.chromium.launch(executable_path=find_chromium(), args=[*FLAGS])
