"""Setting up: done once for the same sources, again for others."""

from devtools.set_up import Stamp, version_of


def test_stamp_fits_until_a_source_changes(tmp_path):
    source, place = tmp_path / "lock.txt", tmp_path / "stamp"
    source.write_text("one==1")
    assert not Stamp(place, [source]).fits()
    Stamp(place, [source]).set()
    assert Stamp(place, [source]).fits()

    source.write_text("one==2")

    assert not Stamp(place, [source]).fits()


def test_stamp_of_another_interpreter_does_not_fit(tmp_path):
    Stamp(tmp_path / "stamp", [], "3.11").set()

    assert not Stamp(tmp_path / "stamp", [], "3.12").fits()


def test_version_of_what_is_no_interpreter_is_empty(tmp_path):
    assert version_of(str(tmp_path / "python")) == ""
