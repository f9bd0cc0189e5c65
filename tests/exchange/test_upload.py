"""Upload and download through every mishap that a line can have, with no network at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taza_desktop.errors import Refusal
from taza_desktop.exchange.faults import LineFault
from taza_desktop.exchange.layout import Item, part_name
from taza_desktop.exchange.line import SMALLEST
from taza_desktop.exchange.parts import Part
from taza_desktop.exchange.requests import Request, Response
from tests.exchange.kit import KB, LANE, MB, Goods, Post, goods, quick_line
from tests.exchange.pretend import WHERE, WHO, Mishap, PretendLine, PretendS3

KINDS = ("fine", "broken", "lost", "half", "timeout", "refused", "name")
MISHAPS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.floats(0, 1)),
    max_size=40,
)
SIZES = st.sampled_from([1, 3 * KB, 64 * KB, 64 * KB + 1, 200 * KB])


def post() -> Post:
    return Post.at(WHERE, WHO, quick_line(reach=256 * KB))


def carry(service: PretendS3, what: Goods, mishaps: list[Mishap]) -> Item:
    """Sessions one after another, as the outbox would, until it is there."""
    line = PretendLine(service, iter(mishaps))
    for _session in range(40):
        try:
            sent = line.run(post().sending(what))
        except LineFault:
            continue
        assert sent is not None
        return sent
    raise AssertionError("never arrives")


def fetched(service: PretendS3, what: Goods, mishaps: list[Mishap]) -> bytes:
    line = PretendLine(service, iter(mishaps))
    for _session in range(40):
        try:
            listed = line.run(post().listing())
            assert listed is not None
            ((item, size),) = listed.items()
            data = line.run(post().fetching(item, size))
        except LineFault:
            continue
        assert data is not None
        return data
    raise AssertionError("never comes")


@given(SIZES, MISHAPS, MISHAPS)
def test_it_arrives_whole_and_once_whatever_the_line_does(
    size: int, up: list[Mishap], down: list[Mishap]
) -> None:
    service, what = PretendS3(), goods(size)
    item = carry(service, what, up)
    assert item.sha16 == what.item.sha16
    assert fetched(service, what, down) == what.data


@given(SIZES, st.integers(1, 40), MISHAPS)
def test_a_kill_at_any_moment_leaves_nothing_to_mend(
    size: int, moment: int, mishaps: list[Mishap]
) -> None:
    service, what = PretendS3(), goods(size)
    first = PretendLine(service)
    first.run(post().sending(what), killed=lambda count: count >= moment)
    carry(service, what, mishaps)
    assert fetched(service, what, []) == what.data


def test_what_has_arrived_never_goes_again() -> None:
    service, what = PretendS3(), goods(1 * MB)
    PretendLine(service).run(post().sending(what), killed=lambda count: count > 12)
    assert 0 < service.bytes_up < MB
    before = len(service.puts)
    PretendLine(service).run(post().sending(what))
    assert len(set(service.puts)) == len(service.puts) > before
    assert service.bytes_up < 1.01 * MB


def test_a_lost_answer_costs_a_look_and_no_byte() -> None:
    service, what = PretendS3(), goods(1 * MB)
    mishaps: list[Mishap] = [("fine", 0), ("lost", 0), ("fine", 0), ("fine", 0), ("lost", 0)]
    PretendLine(service, iter(mishaps)).run(post().sending(what))
    assert service.bytes_up < 1.01 * MB
    assert fetched(service, what, []) == what.data


def test_progress_never_goes_back_and_ends_at_the_whole() -> None:
    told: list[int] = []
    mishaps: list[Mishap] = [("broken", 0.5) if n % 3 == 2 else ("fine", 0.0) for n in range(60)]
    PretendLine(PretendS3(), iter(mishaps)).run(post().sending(goods(1 * MB), told))
    assert told == sorted(told)
    assert told[-1] == MB


def test_parts_shrink_where_the_line_breaks_often() -> None:
    service = PretendS3()
    mishaps: list[Mishap] = [("fine", 0), *[("broken", 0.4)] * 5]
    PretendLine(service, iter(mishaps)).run(post().sending(goods(300 * KB)))
    sizes = [int(name.rpartition("-")[2]) for name in service.puts if "/parts/" in name]
    assert min(sizes) == SMALLEST


def test_a_line_that_is_gone_is_left_alone_soon() -> None:
    line = PretendLine(PretendS3(), iter([("refused", 0.0)] * 100))
    with pytest.raises(LineFault) as refused:
        line.run(post().sending(goods(1 * MB)))
    assert refused.value.code == "EXC-REFUSED"
    assert len(line.requests) < 20


def test_a_truncated_part_is_sent_again() -> None:
    """As a server leaves it that shows what a broken PUT brought so far."""
    service, what = PretendS3(), goods(300 * KB)
    name = f"{what.item.parts}/{part_name(0, 64 * KB)}"
    service.files[name] = what.data[: 10 * KB]
    carry(service, what, [])
    assert fetched(service, what, []) == what.data


def test_foreign_files_among_the_parts_do_no_harm() -> None:
    service, what = PretendS3(), goods(300 * KB)
    for name in ("readme.txt", part_name(0, 10 * MB), part_name(290 * KB, 20 * KB)):
        service.files[f"{what.item.parts}/{name}"] = b"x" * 100
    carry(service, what, [])
    assert fetched(service, what, []) == what.data


def test_a_part_with_other_bytes_is_noticed() -> None:
    service, what = PretendS3(), goods(300 * KB)
    carry(service, what, [])
    part = next(name for name in service.files if "/parts/" in name)
    service.files[part] = bytes(len(service.files[part]))
    with pytest.raises(Refusal) as refused:
        fetched(service, what, [])
    assert refused.value.code == "EXC-DAMAGED"


def test_a_part_that_is_missing_is_waited_for() -> None:
    service, what = PretendS3(), goods(300 * KB)
    item = carry(service, what, [])
    part = next(name for name in service.files if "/parts/" in name)
    del service.files[part]
    size = len(service.files[item.path])
    with pytest.raises(LineFault) as refused:
        PretendLine(service).run(post().fetching(item, size))
    assert refused.value.code == "EXC-NOT-WHOLE"
    carry(service, what, [])
    assert fetched(service, what, []) == what.data


@pytest.mark.parametrize(
    ("size", "parted", "code"),
    [(10**12, False, "EXC-TOO-BIG"), (10**9, True, "EXC-TOO-BIG"), (5, False, "EXC-NOT-WHOLE")],
)
def test_a_listing_that_lies_about_a_size(size: int, parted: bool, code: str) -> None:
    service, what = PretendS3(), goods(3)
    item = what.item._replace(parted=parted)
    service.files[item.path] = what.data
    with pytest.raises(Refusal) as refused:
        PretendLine(service).run(post().fetching(item, size))
    assert refused.value.code == code


def test_pieces_on_the_shelf_are_not_fetched_again() -> None:
    class Kept(dict[Part, bytes]):
        def load(self, part: Part) -> bytes | None:
            return self.get(part)

        def keep(self, part: Part, data: bytes) -> None:
            self[part] = data

    service, what, shelf = PretendS3(), goods(1 * MB), Kept()
    item = carry(service, what, [])
    size = len(service.files[item.path])
    first = PretendLine(service)
    first.run(post().fetching(item, size, shelf), killed=lambda count: count > 8)
    kept, pieces = len(shelf), sum("/parts/" in name for name in service.files)
    assert 0 < kept < pieces
    second = PretendLine(service)
    assert second.run(post().fetching(item, size, shelf)) == what.data
    assert len(second.requests) == pieces + 1 - kept


def test_two_senders_of_the_same_bytes_meet() -> None:
    """The same package from two PCs at once: one package for the reader."""
    service, what = PretendS3(), goods(300 * KB)
    one, two = PretendLine(service), PretendLine(service)
    one.run(post().sending(what), killed=lambda count: count > 4)
    two.run(post().sending(what))
    one.run(post().sending(what))
    listed = two.run(post().listing(LANE))
    assert listed is not None
    assert [item.sha16 for item in listed] == [what.item.sha16]


class LockedS3(PretendS3):
    """Answers 423 for the first part under any size that the line would choose, as a Nextcloud
    that was killed while it wrote there.
    """

    def answer(self, request: Request) -> Response:
        _folder, first, size = request.url.partition("/000000000000-")
        if request.method == "PUT" and first and int(size) >= SMALLEST:
            return Response(423)
        return super().answer(request)


def test_a_part_whose_name_stays_locked_goes_under_other_names() -> None:
    service, what = LockedS3(), goods(200 * KB)
    carry(service, what, [])
    assert fetched(service, what, []) == what.data
    assert service.bytes_up < 1.1 * 200 * KB
