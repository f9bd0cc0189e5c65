"""The container as it is written, and what reading it costs."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.packages import container, limits
from taza_desktop.packages.container import Container
from taza_desktop.packages.directory import MIMETYPE
from tests.packages.kit import Sample

FILES = dict.fromkeys(container.REQUIRED[1:], b"x")


def test_a_file_beyond_the_limit_is_not_read(
    sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(limits, "SEALED", 100)
    with pytest.raises(Refusal, match="PKG-TOO-BIG"):
        sample.verify(sample.good(), tmp_path)


def test_the_standard_library_writes_and_reads_the_same_container(sample: Sample):
    files, ours = sample.parts, sample.good()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as theirs:
        for name, content in [("mimetype", MIMETYPE), *sorted(files.items())]:
            theirs.writestr(
                _info(name, Container(ours, "x").entries[name].method), content, None, 9
            )
    assert ours == out.getvalue()
    with zipfile.ZipFile(io.BytesIO(ours)) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in files} == files


class _Zero(int):
    """No attributes; zipfile takes a false value for none given and puts its own."""

    def __bool__(self) -> bool:
        return True


def _info(name: str, method: int) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.compress_type = method
    made.create_system, made.external_attr = 0, _Zero()
    return made


def test_the_same_content_gives_the_same_bytes():
    files = {"envelope.json": b"{}", "datapackage.json": b"{}" * 100}
    assert container.write(files) == container.write(dict(reversed(files.items())))


def test_what_deflates_too_well_is_stored_so_that_it_can_be_read():
    files = {**FILES, container.RECORDS: b"0" * 30_000_000}
    box = Container(container.write(files), "x")
    assert box.read(container.RECORDS) == files[container.RECORDS]


def test_files_are_read_when_they_are_asked_for():
    files = Container(container.write(FILES), "x").files([container.RECORDS, container.ENVELOPE])
    assert dict(files) == dict.fromkeys((container.RECORDS, container.ENVELOPE), b"x")
    named = files.without(container.ENVELOPE).named({"rows": container.RECORDS})
    assert dict(named) == {"rows": b"x"}


def test_a_container_is_held_once_however_much_is_in_it():
    large = bytes(range(256)) * 4096
    many = {f"attachments/{number:032x}.pdf": large for number in range(20)}
    data = container.write({**FILES, **many})
    tracemalloc.start()
    box = Container(data, "x")
    for name in box.entries:
        box.digest(name)
    for content in box.files(many).values():
        assert len(content) == len(large)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 3 * len(large)
