"""A log is read on wherever it went."""

import os

import pytest

from calls.queue_log.rotation import read_on


@pytest.fixture
def path(tmp_path):
    return tmp_path / "queue_log"


class Tail:
    """Reads on from where it was."""

    def __init__(self, path):
        self.path, self.position, self.mark, self.gaps = path, 0, "", 0

    def __call__(self):
        found = b""
        while (read := read_on(self.path, self.position, self.mark)).lines:
            found += b"".join(read.lines)
            self.position, self.mark = read.position, read.mark
            self.gaps += read.gap
        self.left = read.left
        return found


def write(path, text, *, mode="a", age=0):
    with path.open(mode) as file:
        file.write(text)
    if age:
        os.utime(path, (path.stat().st_mtime - age,) * 2)


def test_a_half_written_last_line_waits_for_its_end(path):
    tail = Tail(path)
    assert tail() == b""
    write(path, "one\ntw")
    assert (tail(), tail.left) == (b"one\n", 2)
    assert tail() == b""
    write(path, "o\n")
    assert tail() == b"two\n"


def test_a_renamed_log_is_read_to_its_end_before_the_new_one(path):
    tail = Tail(path)
    write(path, "one\n")
    assert tail() == b"one\n"
    write(path, "two\n")
    path.rename(path.with_name("queue_log.1"))
    assert tail() == b"two\n"
    # The telephone system holds the old file open until it is told to begin a new one.
    write(path.with_name("queue_log.1"), "three\nfour")
    assert tail() == b"three\n"
    write(path, "five\n")
    assert tail() == b"fourfive\n"
    assert tail.gaps == 0


def test_a_log_that_was_rotated_several_times_while_nobody_read_it_is_whole(path):
    tail = Tail(path)
    write(path, "one\n", age=30)
    assert tail() == b"one\n"
    write(path, "two\n")
    path.rename(path.with_name("queue_log.2"))
    os.utime(path.with_name("queue_log.2"), (1_000, 1_000))
    write(path.with_name("queue_log.1"), "three\n")
    os.utime(path.with_name("queue_log.1"), (2_000, 2_000))
    write(path.with_name("queue_log.3.gz"), "packed\n")
    write(path, "four\n")
    assert tail() == b"two\nthree\nfour\n"
    assert tail.gaps == 0


def test_a_log_that_was_copied_and_emptied_is_read_on_from_the_copy(path):
    tail = Tail(path)
    write(path, "one\n")
    assert tail() == b"one\n"
    write(path, "two\n")
    write(path.with_name("queue_log-20261122"), path.read_text())
    write(path, "three, and longer than what was there before\n", mode="w")
    assert tail() == b"two\nthree, and longer than what was there before\n"


def test_a_log_that_was_emptied_begins_anew_and_the_gap_is_told(path):
    tail = Tail(path)
    write(path, "one\n")
    assert tail() == b"one\n"
    write(path, "", mode="w")
    assert tail() == b""
    write(path, "two\n")
    assert (tail(), tail.gaps) == (b"two\n", 1)
