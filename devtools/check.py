"""The whole check: `./check [--quick] [--coverage] [pytest arguments]`.

Every step runs, whatever the others say; the summary at the end names what failed, and so does the exit code. The steps
share one throw-away PostgreSQL and Redis. pytest comes last, so that its closing line is among the last ones. To count the
lines that tests reach takes two thirds more of their time on Python 3.11, so it is done when asked for.
"""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from devtools import browser
from devtools.services.places import ROOT
from devtools.throw_away import ThrowAway

QUICK = ("-m", "not browser and not slow")
# What a production start is given; nothing is contacted.
PRODUCTION = {
    "CALLCENTER_EMBEDDED": "0",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "desk.example.com",
    "PUBLIC_URL": "https://desk.example.com",
    "EMAIL_URL": "smtp+tls://desk:secret@mail.example.com:587",
    "FILES_ROOT": "/srv/desk/files",
}


@dataclass(frozen=True)
class Step:
    """One named check: a command, or a function that says what is wrong."""

    name: str
    work: tuple[str, ...] | Callable[[], str]
    variables: Mapping[str, str] | None = None

    def passes(self) -> bool:
        """Run the step with its output on the terminal."""
        print(f"\n── {self.name}", flush=True)
        if callable(self.work):
            trouble = self.work()
            print(trouble or "nothing is missing", flush=True)
            return not trouble
        environment = {**os.environ, "CALLCENTER_EMBEDDED": "1", **(self.variables or {})}
        return subprocess.run(self.work, cwd=ROOT, env=environment, check=False).returncode == 0


def tool(name: str) -> str:
    """Return the program of a tool that has no `python -m` form."""
    return str(Path(sys.executable).parent / name)


def templates() -> list[str]:
    """Return every HTML template of ours."""
    found = [path.relative_to(ROOT) for path in ROOT.glob("**/templates/**/*.html")]
    return sorted(str(path) for path in found if path.parts[0] not in {".venv", "node_modules"})


def browser_trouble() -> str:
    """Install what browser tests need where we may; with CI=true say what is still missing."""
    browser.install()
    names = browser.missing()
    if names and os.environ.get("CI") != "true":
        print(f"Browser tests are going to be SKIPPED. {browser.how_to_install(names)}")
        return ""
    return browser.how_to_install(names) if names else ""


def steps(*, quick: bool, coverage: bool, pytest_arguments: list[str]) -> list[Step]:
    """Return the steps in their order: the quick ones that find most come first."""
    python = (sys.executable,)
    tests = (
        *python,
        "-m",
        "pytest",
        "-n",
        "2",
        "--maxschedchunk",
        "2",
        *(("--cov",) if coverage else ()),
        *(QUICK if quick else ()),
        *pytest_arguments,
    )
    return [
        Step("format", (*python, "-m", "ruff", "format", "--check", "--output-format", "concise", ".")),
        Step("lint", (*python, "-m", "ruff", "check", "--output-format", "concise", ".")),
        Step("layers", (tool("lint-imports"),)),
        Step("templates", (tool("djade"), "--check", "--target-version", "5.2", *templates())),
        Step("template indents", (*python, "-m", "djhtml", "--check", "--tabwidth", "2", *templates())),
        # A stale cache of the Django plugin names errors that are not there; a fresh run takes six seconds.
        Step("types", (*python, "-m", "mypy", "--no-incremental")),
        Step("migrations", (*python, "-W", "error", "manage.py", "makemigrations", "--check", "--dry-run")),
        Step(
            "deployment", (*python, "manage.py", "check", "--deploy", "--fail-level", "WARNING"), PRODUCTION
        ),
        *([] if quick else [Step("browser", browser_trouble)]),
        Step("tests", tests),
    ]


def main(arguments: list[str]) -> int:
    """Run every step; return 1 when one failed."""
    quick, coverage = "--quick" in arguments, "--coverage" in arguments
    rest = [word for word in arguments if word not in {"--quick", "--coverage"}]
    data = ROOT.parent / "shared" / "data"
    if data.is_dir():
        os.environ.setdefault("CALLCENTER_DATA", str(data))
    servers = ThrowAway(is_migrated=True)
    results: list[tuple[str, float, bool]] = []
    try:
        servers.start()
        for step in steps(quick=quick, coverage=coverage, pytest_arguments=rest):
            started = time.monotonic()
            passed = step.passes()
            results.append((step.name, time.monotonic() - started, passed))
    finally:
        servers.stop()
    print()
    for name, seconds, passed in results:
        print(f"{'passed' if passed else 'FAILED'}  {name:18}{seconds:7.1f} s")
    return 0 if all(passed for *_, passed in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
