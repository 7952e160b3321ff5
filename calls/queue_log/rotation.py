"""Where a log goes on that is rotated while it is read. Files only, no database.

How far it was read is a position and a mark: a digest of the bytes before it. Whichever file has the same bytes there is the
one that was read, whatever it is called by now; what was begun after it follows.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MARKED: Final = 256
"""Bytes before the position by which a file is known again."""
BLOCK: Final = 1 << 20
PACKED: Final = (".gz", ".bz2", ".xz", ".zst", ".lz4")


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of the log, and the byte from which it is still to be read."""

    path: Path
    position: int
    size: int

    @property
    def left(self) -> int:
        """Bytes still to be read."""
        return self.size - self.position


@dataclass(frozen=True, slots=True)
class Read:
    """Whole lines that were read, where they end, and how many bytes of the log are left behind them.

    `gap`: the file that was read before is not to be found, so that lines may be missing.
    """

    lines: list[bytes]
    position: int
    mark: str
    left: int
    gap: bool = False


def read_on(path: Path, position: int, mark: str) -> Read:
    """Return the next whole lines of a log behind a position, at most about BLOCK bytes; none if nothing has come.

    OSError if a file cannot be read; one that is not there has nothing.
    """
    pieces = _pieces(path, position, mark)
    gap = pieces is None
    if pieces is None:
        pieces = _from_start(path)
    total = sum(piece.left for piece in pieces)
    for place, piece in enumerate(pieces):
        # Once the next file has something in it, nobody writes into this one any more.
        is_over = any(later.size for later in pieces[place + 1 :])
        block = _whole(_read(piece.path, piece.position, BLOCK), is_over=is_over)
        if block:
            end = piece.position + len(block)
            return Read(
                block.splitlines(keepends=True), end, mark_of(piece.path, end), total - len(block), gap
            )
        total -= piece.left if is_over else 0
        if not is_over:
            break
    return Read([], position, mark, total, gap=False)


def _whole(block: bytes, *, is_over: bool) -> bytes:
    """Return the whole lines of a block; what is longer than a block is no line of a log, and taken as it stands."""
    end = block.rfind(b"\n") + 1
    if (not end and len(block) == BLOCK) or (is_over and len(block) < BLOCK):
        return block
    return block[:end]


def mark_of(path: Path, position: int) -> str:
    """Return the digest of the bytes before a position."""
    begin = max(0, position - MARKED)
    return hashlib.sha256(_read(path, begin, position - begin)).hexdigest()


def _read(path: Path, position: int, size: int) -> bytes:
    with path.open("rb") as file:
        file.seek(position)
        return file.read(size)


def _pieces(path: Path, position: int, mark: str) -> list[Piece] | None:
    """Return what is to be read, the oldest first; None if the file that was read before is nowhere."""
    if not position:
        return _from_start(path)
    if _is_read(path, position, mark):
        return [Piece(path, position, path.stat().st_size)]
    older = _rotated(path)
    for place, candidate in enumerate(older):
        if _is_read(candidate, position, mark):
            begun = [Piece(later, 0, later.stat().st_size) for later in older[place + 1 :]]
            return [Piece(candidate, position, candidate.stat().st_size), *begun, *_from_start(path)]
    # Between being renamed and made anew there is no file: that is no gap yet.
    return None if path.exists() and path.stat().st_size else []


def _from_start(path: Path) -> list[Piece]:
    return [Piece(path, 0, path.stat().st_size)] if path.exists() else []


def _is_read(path: Path, position: int, mark: str) -> bool:
    return path.exists() and path.stat().st_size >= position and mark_of(path, position) == mark


def _rotated(path: Path) -> list[Path]:
    """Return the files that the log was rotated into, the oldest first; packed ones cannot be read on."""
    found = [
        other
        for other in path.parent.iterdir()
        if other.name.startswith((f"{path.name}.", f"{path.name}-")) and other.suffix not in PACKED
    ]
    return sorted((other for other in found if other.is_file()), key=lambda other: other.stat().st_mtime_ns)
