"""Places that answer, but not with the truth: pages, ranges, sizes, names, dates, lists."""

from __future__ import annotations

import gzip
import json
import socket
import time
from collections.abc import Callable, Iterator

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.exchange.faults import LineFault
from taza_desktop.exchange.layout import part_name
from taza_desktop.exchange.parts import Part, write_list
from tests.exchange.drivers import RUNNERS, AnyRunner
from tests.exchange.kit import KB, LANE, MB, goods
from tests.exchange.pretend import PretendLine, PretendS3
from tests.exchange.test_hostile_places import PAGE, post, refusal_of
from tests.exchange.test_upload import post as post_in_memory
from tests.exchange.web import Asked, Said, raw, web

WHAT = goods(3 * KB)
HTML = {"Content-Type": "text/html; charset=utf-8"}
LONG_PAGE = PAGE + b"<!-- -->" * 30_000


@pytest.fixture(params=RUNNERS)
def runner(request: pytest.FixtureRequest, qapp: object) -> Iterator[AnyRunner]:
    made = RUNNERS[request.param]()
    yield made
    made.close()


PAGES = {
    "long": Said(200, LONG_PAGE, HTML),
    "after a mark of bytes": Said(200, b"\xef\xbb\xbf \r\n" + PAGE),
    "after a remark": Said(200, b"<!-- portal --><html></html>", HTML),
    "xhtml": Said(200, b'<?xml version="1.0"?><!DOCTYPE html><html/>',
                  {"Content-Type": "application/xhtml+xml"}),
    "as if created": Said(201, PAGE, HTML),
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("kind", ["webdav", "s3"])
def test_a_page_is_no_success_whatever_it_looks_like(
    runner: AnyRunner, page: str, kind: str
) -> None:
    with web(lambda asked: PAGES[page]) as port:
        here = post(kind, port)
        assert refusal_of(runner, here.listing()).code == "EXC-PORTAL"
        assert refusal_of(runner, here.fetching(WHAT.item, 3 * KB)).code == "EXC-PORTAL"
        if page != "as if created":  # WebDAV says no more than this when it has a file
            assert refusal_of(runner, here.sending(WHAT)).code == "EXC-PORTAL"


@pytest.mark.parametrize(
    ("status", "code"), [(403, "EXC-DENIED"), (401, "EXC-LOGIN"), (507, "EXC-FULL")]
)
def test_a_no_with_a_long_page_is_still_that_no(runner: AnyRunner, status: int, code: str) -> None:
    with web(lambda asked: Said(status, LONG_PAGE, HTML)) as port:
        for kind in ("webdav", "s3"):
            here = post(kind, port)
            assert refusal_of(runner, here.fetching(WHAT.item, 3 * KB)).code == code
            assert refusal_of(runner, here.sending(goods(200 * KB))).code == code


@pytest.mark.parametrize(
    ("status", "to", "code", "told"),
    [
        (301, "https://127.0.0.1/x/", "EXC-MOVED", "https://127.0.0.1"),
        (308, "https://new.test/dav/", "EXC-MOVED", "https://new.test"),
        (302, "/login?next=secret", "EXC-MOVED", "/login"),
        (307, "https://portal.test/", "EXC-PORTAL", "127.0.0.1"),
        (302, "http://[broken", "EXC-PORTAL", "127.0.0.1"),
        (301, "http://127.0.0.1:99999/", "EXC-MOVED", "?"),
    ],
)
def test_where_it_sends_on_to_is_told_and_not_followed(
    runner: AnyRunner, status: int, to: str, code: str, told: str
) -> None:
    with web(lambda asked: Said(status, b"", {"Location": to})) as port:
        refusal = refusal_of(runner, post("webdav", port).listing())
    assert refusal.code == code
    assert told in refusal.text()
    assert "secret" not in refusal.text()


def test_a_place_that_was_renamed_is_not_an_empty_one(runner: AnyRunner) -> None:
    with web(lambda asked: Said(404)) as port:
        assert refusal_of(runner, post("webdav", port).listing()).code == "EXC-MISSING"
        assert refusal_of(runner, post("webdav", port).sending(WHAT)).code == "EXC-MISSING"
    there = Said(207, b'<multistatus xmlns="DAV:"/>')
    with web(lambda asked: Said(404) if "v1" in asked.path else there) as port:
        assert runner.run(post("webdav", port).listing()) == {}


def test_what_is_locked_is_tried_later(runner: AnyRunner) -> None:
    with web(lambda asked: Said(423)) as port:
        for size in (3 * KB, 200 * KB):
            refusal = refusal_of(runner, post("webdav", port).sending(goods(size)))
            assert refusal.code == "EXC-SERVER"
            assert isinstance(refusal, LineFault)


def test_an_answer_packed_without_being_asked(runner: AnyRunner) -> None:
    body = gzip.compress(b'<multistatus xmlns="DAV:"/>')
    with web(lambda asked: Said(207, body, {"Content-Encoding": "gzip"})) as port:
        assert refusal_of(runner, post("webdav", port).listing()).code == "EXC-ANSWER"


def test_an_answer_without_a_length(runner: AnyRunner) -> None:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(one), one) for one in (WHAT.data[:99], WHAT.data[99:]))

    def serve(client: socket.socket) -> None:
        head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        client.sendall(head + chunks + b"0\r\n\r\n")

    with raw(serve) as port:
        assert runner.run(post("webdav", port).fetching(WHAT.item, 3 * KB)) == WHAT.data
    with raw(
        lambda client: client.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
    ) as port:
        steps = post("webdav", port).place.size(WHAT.item.path)
        assert refusal_of(runner, steps).code == "EXC-ANSWER"


DRIPS: dict[str, bytes] = {
    "a status": b"HTTP/1.1 207 O",
    "headers": b"HTTP/1.1 207 OK\r\nX: ",
    "a body": b"HTTP/1.1 207 OK\r\nContent-Length: 9999\r\n\r\n",
}


@pytest.mark.parametrize("drip", DRIPS)
def test_byte_by_byte_is_not_waited_for(runner: AnyRunner, drip: str) -> None:
    """Each byte comes in time, the answer never."""

    def serve(client: socket.socket) -> None:
        client.sendall(DRIPS[drip])
        for _ in range(200):
            client.sendall(b"x")
            time.sleep(0.05)

    with raw(serve) as port:
        here, begun = post("webdav", port), time.monotonic()
        here.line.patience = 0.2
        assert refusal_of(runner, here.listing()).code in ("EXC-TIMEOUT", "EXC-DROPPED")
        assert time.monotonic() - begun < 6


@pytest.mark.parametrize(
    "date",
    ["", "yesterday", "Mon, 01 Jan 9999 23:59:59 GMT", "Mon, 01 Jan 0001 00:00:00 -0000",
     "Thu, 01 Jan 1970 00:00:00 GMT", "Mon, 99 Foo 2025 99:99:99 GMT", "9" * 5000],
)  # fmt: skip
def test_a_date_that_is_none_is_no_clock(runner: AnyRunner, date: str) -> None:
    empty = Said(200, b'<ListBucketResult xmlns="s3"/>', {"Date": date})
    with web(lambda asked: empty) as port:
        here = post("s3", port)
        assert runner.run(here.place.names("v1")) == []
        assert runner.run(here.place.names("v1")) == []
        assert here.line.skew == 0


def test_a_clock_that_is_wrong_and_cannot_be_learned(runner: AnyRunner) -> None:
    body = b"<Error><Code>RequestTimeTooSkewed</Code></Error>"
    with web(lambda asked: Said(403, body, {"Date": "never"})) as port:
        assert refusal_of(runner, post("s3", port).listing()).code == "EXC-TIME"


def rows(*entries: tuple[str, str], more: str = "") -> Said:
    """A page of a bucket."""
    said = "".join(
        f"<Contents><Key>{LANE.folder}/{name}</Key><Size>{size}</Size></Contents>"
        for name, size in entries
    )
    return Said(200, f'<ListBucketResult xmlns="s3">{said}{more}</ListBucketResult>'.encode())


NAME = "2024/000001-0123456789abcdef.taza"


def test_sizes_and_names_of_a_bucket_that_are_none(runner: AnyRunner) -> None:
    lies = rows(
        (NAME, "7"), (NAME, "7"), (NAME.upper(), "7"), (NAME.replace("1-", "2-"), "-7"),
        (NAME.replace("1-", "3-"), "9" * 5000), (NAME.replace("1-", "4-"), "７"),
        (f"2024/{'9' * 5000}-0123456789abcdef.taza", "7"), (f"../{NAME}", "7"),
        (NAME.replace("1-", "5-"), ""), (NAME.replace("a", "а"), "7"),
    )  # fmt: skip
    with web(lambda asked: lies) as port:
        listed = runner.run(post("s3", port).listing())
    assert [item.path for item in listed] == [f"{LANE.folder}/{NAME}"]


def test_a_page_that_says_there_is_more_and_not_where(runner: AnyRunner) -> None:
    with web(lambda asked: rows((NAME, "7"), more="<IsTruncated>true</IsTruncated>")) as port:
        assert refusal_of(runner, post("s3", port).listing()).code == "EXC-ANSWER"


def test_a_listing_that_changes_between_its_pages(runner: AnyRunner) -> None:
    second = NAME.replace("1-", "2-")
    more = "<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>"

    def serve(asked: Asked) -> Said:
        return rows((NAME, "8"), (second, "9")) if "token=t" in asked.path else rows(
            (NAME, "7"), more=more)  # fmt: skip

    with web(serve) as port:
        assert sorted(runner.run(post("s3", port).listing()).values()) == [8, 9]


def test_very_many_names(runner: AnyRunner) -> None:
    """Twenty thousand strangers' files in a lane hide nothing."""
    page = [(f"2024/{number}.junk", "1") for number in range(1000)]

    def serve(asked: Asked) -> Said:
        number = int(asked.path.partition("continuation-token=")[2].partition("&")[0] or 0)
        token = f"<NextContinuationToken>{number + 1}</NextContinuationToken>"
        more = f"<IsTruncated>true</IsTruncated>{token}" if number < 20 else ""
        return rows(*page, (NAME.replace("01-", f"{number:02}-"), "7"), more=more)

    with web(serve) as port:
        assert len(runner.run(post("s3", port).listing())) == 21


SPOILS: dict[str, Callable[[bytes], bytes]] = {
    "other bytes": lambda data: bytes(len(data)),
    "one bit": lambda data: bytes([data[0] ^ 1]) + data[1:],
}


@pytest.mark.parametrize("spoil", SPOILS)
def test_a_range_with_other_bytes_shows_in_the_whole(runner: AnyRunner, spoil: str) -> None:
    what, calls = goods(100 * KB), list[str]()

    def serve(asked: Asked) -> Said:
        wanted = {name.lower(): value for name, value in asked.headers.items()}.get("range", "")
        calls.append(wanted)
        if not wanted:
            cut = {"Content-Length": str(len(what.data)), "Connection": "close"}
            return Said(200, what.data[:1000], cut)
        start = int(wanted.removeprefix("bytes=").partition("-")[0])
        told = {"Content-Range": f"bytes {wanted[6:]}/{len(what.data)}"}
        return Said(206, SPOILS[spoil](what.data[start:]), told)

    with web(serve) as port:
        refusal = refusal_of(runner, post("webdav", port).fetching(what.item, len(what.data)))
    assert refusal.code == "EXC-DAMAGED"
    assert len(calls) == 2


def lists() -> dict[str, bytes]:
    """Lists of parts that do not tell the truth about 300 KB."""
    what = goods(300 * KB)
    other = goods(300 * KB, 2)
    half = [Part(0, 150 * KB), Part(150 * KB, 150 * KB)]
    good = json.loads(write_list(half, 300 * KB, what.sha256))
    crumbs = [[number, 1] for number in range(5000)] + [[5000, 300 * KB - 5000]]
    return {
        "of another package": write_list(half, 300 * KB, other.sha256),
        "a hash that begins alike": write_list(half, 300 * KB, what.sha256[:16] + "0" * 48),
        "a terabyte": write_list([Part(0, 10**12)], 10**12, what.sha256),
        "crumbs": json.dumps({**good, "parts": crumbs}).encode(),
        "nested": b"[" * 500_000,
        "a long number": b'{"size":' + b"9" * 100_000 + b"}",
        "cut short": write_list(half, 300 * KB, what.sha256)[:-20],
        "zeros": bytes(200),
        "overlapping too much": json.dumps(
            {**good, "parts": [[0, 150 * KB]] * 4 + [[150 * KB, 150 * KB]]}
        ).encode(),
    }


@pytest.mark.parametrize("lie", lists())
def test_lists_of_parts_that_lie(lie: str) -> None:
    """Nothing comes of them but a sentence, and few requests are made."""
    service, what = PretendS3(), goods(300 * KB)
    item = what.item._replace(parted=True)
    service.files[item.path] = data = lists()[lie]
    for offset in (0, 150 * KB):
        name = f"{item.parts}/{part_name(offset, 150 * KB)}"
        service.files[name] = goods(300 * KB, 2).data[offset : offset + 150 * KB]
    line = PretendLine(service)
    with pytest.raises(Refusal) as refused:
        line.run(post_in_memory().fetching(item, len(data)))
    assert refused.value.code == "EXC-DAMAGED"
    assert refused.value.text()
    assert len(line.requests) <= 3


def test_a_listing_that_misses_what_is_there() -> None:
    """A part that the listing does not show yet goes once more; nothing else is harmed."""
    service, what = PretendS3(), goods(1 * MB)
    PretendLine(service).run(post_in_memory().sending(what), killed=lambda count: count > 12)
    sent = service.bytes_up
    late = PretendLine(service, iter([("fine", 0), ("stale", 0.0)]))
    late.run(post_in_memory().sending(what))
    assert service.bytes_up <= sent + 1.01 * MB
    listed = PretendLine(service).run(post_in_memory().listing())
    assert listed is not None
    ((item, size),) = listed.items()
    assert PretendLine(service).run(post_in_memory().fetching(item, size)) == what.data
