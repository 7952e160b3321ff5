"""Where servers keep their data and sockets, and as whom they may run."""

import functools
import hashlib
import os
import pwd
import re
import stat
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# A socket's path holds 107 bytes at most; the file name and a margin are taken off.
SOCKET_PATH_LIMIT = 80
PLAIN_PATH = re.compile(r"[\w./-]+", re.ASCII)


def is_root() -> bool:
    """Tell whether this process runs as root."""
    return os.geteuid() == 0


@functools.cache
def service_account() -> pwd.struct_passwd | None:
    """Return the account PostgreSQL runs as: none for an ordinary user, since PostgreSQL only refuses root."""
    if not is_root():
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in (os.environ.get("CALLCENTER_PG_ACCOUNT"), "postgres", "nobody"):
        if name in names:
            return names[name]
    message = "Running as root, and there is no account 'postgres' or 'nobody' to run PostgreSQL as."
    raise RuntimeError(message)


def open_to_others(path: Path) -> bool:
    """Tell whether any account may walk down to a folder."""
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (path, *path.parents))


def state_dir() -> Path:
    """Return the folder that keeps this checkout's data between two runs, made where it is missing.

    That is CALLCENTER_STATE_DIR or .run/; as root, in a checkout that PostgreSQL's account cannot reach, a folder
    of /var/tmp named after the checkout.
    """
    given = os.environ.get("CALLCENTER_STATE_DIR")
    if given:
        place = Path(given).resolve()
    elif service_account() is not None and not open_to_others(ROOT):
        return private_dir(Path("/var/tmp") / _own_name(ROOT), mode=0o711)  # noqa: S108 - its owner is checked
    else:
        place = ROOT / ".run"
    place.mkdir(parents=True, exist_ok=True)
    return place


def socket_dir(wanted: Path) -> Path:
    """Name a folder for a socket: the wanted one, or a short and plain one when its path is long or holds a space."""
    if len(os.fsencode(wanted)) < SOCKET_PATH_LIMIT and PLAIN_PATH.fullmatch(str(wanted)):
        return wanted
    return Path(tempfile.gettempdir()) / _own_name(wanted)


def private_dir(path: Path, *, mode: int = 0o700) -> Path:
    """Make a folder, and refuse one that somebody else put there first."""
    path.mkdir(mode=mode, parents=True, exist_ok=True)
    account = service_account()
    owners = {os.geteuid()} | ({account.pw_uid} if account else set())
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in owners:
        message = f"{path} belongs to somebody else; remove it and start again."
        raise RuntimeError(message)
    path.chmod(mode)
    return path


def _own_name(path: Path) -> str:
    digest = hashlib.sha256(os.fsencode(path)).hexdigest()[:10]
    return f"callcenter-{os.geteuid()}-{digest}"
