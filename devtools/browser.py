"""The browser that tests drive: the system's Chromium, with a font that has Chinese characters."""

import os
import shutil
import subprocess
from pathlib import Path

PACKAGES = {"Chromium": "chromium", "a Chinese font": "fonts-noto-cjk"}
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """Return the browser's program: the variable CHROMIUM, or the first one on PATH."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)


def has_chinese_font() -> bool:
    """Tell whether the system can draw Chinese, asked as the browser asks."""
    lister = shutil.which("fc-list")
    if lister is None:
        return any(Path("/usr/share/fonts").rglob("*CJK*"))
    found = subprocess.run([lister, ":lang=zh", "file"], capture_output=True, text=True, check=False)
    return bool(found.stdout.strip())


def missing() -> list[str]:
    """Name what browser tests need and this machine lacks."""
    present = {"Chromium": find_chromium() is not None, "a Chinese font": has_chinese_font()}
    return [name for name, there in present.items() if not there]


def install() -> None:
    """Install what is missing with apt-get where that is allowed; elsewhere do nothing."""
    names = missing()
    apt = shutil.which("apt-get")
    if not names or apt is None or os.geteuid() != 0:
        return
    print(f"Installing {' and '.join(names)} (first time only)…", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    packages = [PACKAGES[name] for name in names]
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        subprocess.run([apt, *command], env=quiet, stdout=subprocess.DEVNULL, check=False)


def how_to_install(names: list[str]) -> str:
    """Return one sentence: what is missing, and the command that brings it on Debian."""
    packages = " ".join(PACKAGES[name] for name in names)
    return f"Browser tests need {' and '.join(names)}: apt-get install {packages}"
