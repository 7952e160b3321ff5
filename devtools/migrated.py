"""A migrated data folder of PostgreSQL, kept between runs: to migrate an empty database takes longer than most tests.

It is found by all that decides what it holds: the migrations, what they import of ours, the libraries, the server.
"""

import ast
import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from devtools.services import Postgres
from devtools.services.places import ROOT, state_dir
from devtools.services.postgres import find_programs

KEPT = 3
"""So many are kept, for branches with other migrations."""


def start(server: Postgres) -> None:
    """Start a new server whose database is migrated: from a copy of an earlier one, or now, kept for the next time."""
    kept = state_dir() / "migrated" / _key()
    if _copied(kept, server.data):
        server.start()
        return
    server.start()
    line = (sys.executable, "manage.py", "migrate", "--verbosity", "0")
    subprocess.run(line, cwd=ROOT, check=True, env={**os.environ, "CALLCENTER_EMBEDDED": "1"})
    server.stop()
    _keep(server.data, kept)
    server.start()


def _copied(source: Path, target: Path) -> bool:
    """Copy a folder with its owners; False, and nothing is left, where there is none or another run removes it just now."""
    try:
        _copy(source, target)
    except OSError:
        shutil.rmtree(target, ignore_errors=True)
        return False
    os.utime(source)
    return True


def _copy(source: Path, target: Path) -> None:
    if not source.is_dir():
        raise FileNotFoundError(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        subprocess.run(("cp", "-a", str(source), str(target)), check=True, capture_output=True)
    except subprocess.CalledProcessError as error:
        raise OSError(error.stderr) from error


def _keep(data: Path, kept: Path) -> None:
    """Put a copy where the next run finds it, all at once, and remove the oldest of the others."""
    kept.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent, ignore_cleanup_errors=True) as unfinished:
        _copy(data, Path(unfinished) / "copy")
        with contextlib.suppress(OSError):  # another run was first
            (Path(unfinished) / "copy").rename(kept)
    found = sorted(kept.parent.glob("*-*"), key=lambda folder: folder.stat().st_mtime, reverse=True)
    for old in found[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)


def _key() -> str:
    digest = hashlib.sha256()
    version = subprocess.run((find_programs() / "postgres", "--version"), capture_output=True, check=True)
    digest.update(version.stdout)
    for path in sorted(_sources()):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return f"{version.stdout.split()[-1].decode()}-{digest.hexdigest()[:20]}"


def _sources() -> Iterator[Path]:
    """Yield every file that has a say in what a migrated database holds."""
    yield from (ROOT / "requirements").glob("*.txt")
    apps = {folder for folder in ROOT.iterdir() if (folder / "__init__.py").exists()}
    migrations = {path for app in apps for path in app.glob("**/migrations/*.py")}
    yield from migrations.union(*map(_imported, migrations))


def _imported(path: Path) -> Iterator[Path]:
    """Yield the modules of ours that a migration imports."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        files = (ROOT / f"{name.replace('.', '/')}.py" for name in names)
        yield from (file for file in files if file.exists())
