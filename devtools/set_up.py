"""Set the checkout up for `run` or `test`, and skip what is done already.

Runs on a bare Python before anything is installed, so it imports the standard library alone. Each step leaves a stamp of
what it was made from; a step whose stamp still fits needs neither time nor network. Two commands at once wait for each
other.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = str(VENV / "bin" / "python")
# A test environment holds everything a run needs, at the same versions.
SERVED_BY = {"run": ("run", "test"), "test": ("test",)}


class Stamp:
    """Remembers what a step was made from."""

    def __init__(self, place: Path, sources: Iterable[Path], *also: str) -> None:
        """Name the file and the sources; nothing is written."""
        self.place = place
        digest = hashlib.sha256("\0".join(also).encode())
        for source in sorted(sources):
            digest.update(source.read_bytes())
        self.value = digest.hexdigest()

    def fits(self) -> bool:
        """Tell whether the step was done from just these sources."""
        return self.place.exists() and self.place.read_text() == self.value

    def set(self) -> None:
        """Note that the step is done."""
        self.place.write_text(self.value)


def main(purpose: str) -> None:
    """Make everything ready that `purpose` needs."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file meets whatever Python the machine has
        sys.exit(
            f"Python 3.11 or newer is needed; {sys.executable} is {sys.version.split()[0]}. PYTHON=… names another."
        )
    with (ROOT / ".set-up.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        make_environment()
        install_packages(purpose)
        install_browser_files()
        compile_catalogues()


def say(what: str) -> None:
    """Tell whoever waits what takes the time."""
    print(f"{what}…", file=sys.stderr, flush=True)


def version_of(python: str) -> str:
    """Return an interpreter's version, empty when it does not run or has no pip."""
    question = "import pip, sys; print(sys.version)"
    try:
        answer = subprocess.run([python, "-c", question], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return answer.stdout.strip()


def make_environment() -> None:
    """Make .venv where there is none that works, or where PYTHON names another version than it has."""
    found = version_of(PYTHON)
    if found and ("PYTHON" not in os.environ or found == sys.version.strip()):
        return
    say("Making the virtual environment")
    shutil.rmtree(VENV, ignore_errors=True)
    if subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False).returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit("Python's venv module is needed (Debian and Ubuntu: apt-get install python3-venv).")


def install_packages(purpose: str) -> None:
    """Install the locked packages, each checked by its hash."""
    sources = list((ROOT / "requirements").glob("*.txt"))
    stamps = {
        name: Stamp(VENV / f"packages-{name}.stamp", sources, version_of(PYTHON)) for name in SERVED_BY["run"]
    }
    if any(stamps[name].fits() for name in SERVED_BY[purpose]):
        return
    say("Installing packages (first start only)")
    command = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "-qq",
        "--disable-pip-version-check",
        "--no-input",
        "--require-hashes",
    ]
    must_run([*command, "-r", f"requirements/{purpose}.txt"], "The packages could not be installed.")
    stamps[purpose].set()


def install_browser_files() -> None:
    """Install the third-party browser files with npm, the system's or the one the packages brought, and bundle ours."""
    target, bundlers = ROOT / "node_modules", (ROOT / "devtools").glob("*.*js")
    lock, ours = (ROOT / "package.json", ROOT / "package-lock.json"), ROOT / "callcenter" / "static" / "ui"
    # What is left of the kit's style sheet depends on what templates and scripts name.
    sources = (*lock, *bundlers, *(ROOT / "templates").rglob("*.html"), *ours.glob("*.js"))
    installed, bundled = Stamp(target / ".stamp", lock), Stamp(target / ".built.stamp", sources)
    own = VENV / "bin" / "npm"
    paths = os.pathsep.join([os.environ.get("PATH", os.defpath), str(own.parent)])
    npm = shutil.which("npm", path=paths) or str(own)
    quiet = {**os.environ, "PATH": paths, "NPM_CONFIG_UPDATE_NOTIFIER": "false"}
    if not installed.fits():
        say("Installing browser files (first start only)")
        install = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=warn"]
        must_run(install, "The browser files could not be installed.", env=quiet)
        installed.set()
    if not bundled.fits():
        say("Bundling browser files")
        must_run([npm, "run", "--silent", "build"], "The browser files could not be bundled.", env=quiet)
        bundled.set()


def compile_catalogues() -> None:
    """Compile the translations."""
    stamp = Stamp(ROOT / "locale" / "compiled.stamp", (ROOT / "locale").rglob("*.po"))
    if stamp.fits():
        return
    say("Compiling translations")
    command = [PYTHON, "manage.py", "compile_catalogues", "--verbosity=0"]
    must_run(
        command, "The translations could not be compiled.", env={**os.environ, "CALLCENTER_EMBEDDED": "1"}
    )
    stamp.set()


def must_run(command: list[str], trouble: str, *, env: dict[str, str] | None = None) -> None:
    """Run one command in the checkout, or end with the reason; its complaints are on the terminal already."""
    if subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, check=False).returncode:
        sys.exit(trouble)


if __name__ == "__main__":
    main(sys.argv[1])
