"""Laws that hold whatever line and place do: sessions, kills and readers in any order."""

from __future__ import annotations

from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from taza_desktop.errors import Refusal
from taza_desktop.exchange.download import lies_whole
from taza_desktop.exchange.place import Where
from taza_desktop.exchange.requests import Request, Response
from tests.exchange.kit import KB, LANE, Goods, Post, goods, quick_line
from tests.exchange.pretend import DAV, WHERE, WHO, Mishap, Pretend, PretendDav, PretendLine
from tests.exchange.pretend import PretendS3 as S3

KINDS = (
    "fine", "name", "refused", "timeout", "broken", "lost", "half", "late", "twice", "stale",
    "page", "busy",
)  # fmt: skip
MISHAPS = st.lists(st.tuples(st.sampled_from(KINDS), st.floats(0, 1)), max_size=25)
SIZES = st.sampled_from([1, 3 * KB, 64 * KB, 64 * KB + 1, 300 * KB])
WHEN = st.one_of(st.none(), st.integers(1, 40))
UNDER_WAY = 64 * KB  # bytes that a line may be trusted with when nothing is known about it
SESSIONS = 3  # that are needed at most, once everything is well


class Laws(RuleBasedStateMachine):
    """A sender who remembers nothing but whether it was done once, and a reader."""

    where: ClassVar[Where]
    service_of: ClassVar[type[Pretend]]

    @initialize(size=SIZES)
    def begin(self, size: int) -> None:
        self.service, self.what = self.service_of(), goods(size)
        self.there = self.again = False
        self.named = set[str]()  # what was to be put, whether it got there or not
        self.mishaps = 0
        self.lost = 0  # bytes that the place has lost or spoilt, which have to go again

    @rule(mishaps=MISHAPS, killed=WHEN)
    def session(self, mishaps: list[Mishap], killed: int | None) -> None:
        """The sender's program, until it is killed or done or gives up for now."""
        line = PretendLine(self.service, iter(mishaps))
        self._session(line, killed)
        self.mishaps += line.happened

    @rule(mishaps=MISHAPS, killed=WHEN)
    def reader(self, mishaps: list[Mishap], killed: int | None) -> None:
        """A reader gets just these bytes or none."""
        line = PretendLine(self.service, iter(mishaps))
        assert self._read(line, killed) in (None, self.what.data)

    @rule()
    def time_passes(self) -> None:
        """Listings that are late show what is there now."""
        self.service.before = dict(self.service.files)

    @rule(share=st.floats(0, 1))
    def forgets(self, share: float) -> None:
        """The place loses a file, as after a backup was put back."""
        before = sum(map(len, self.service.files.values()))
        self.service.forget(share)
        self.lost += before - sum(map(len, self.service.files.values()))

    @rule(share=st.floats(0, 1))
    def spoils(self, share: float) -> None:
        """A file keeps its size and loses its bytes, as after a power cut; the reader asks for it
        to be sent again.
        """
        if names := sorted(self.service.files):
            name = names[int(share * (len(names) - 1))]
            self.lost += len(self.service.files[name])
            self.service.files[name] = bytes(len(self.service.files[name]))
            self.again, self.there = self.again or self.there, False

    @invariant()
    def nothing_but_its_own(self) -> None:
        """Names outside of its lane and parts are never put, and only its own are taken away."""
        lane = f"v1/{LANE.above}/{LANE.below}"
        ours = (f"{lane}/parts/{self.what.item.sha16}/", f"{lane}/up/2024/")
        assert all(name.startswith(ours) for name in self.service.puts)
        assert set(self.service.gone) <= self.named
        assert not any(name.endswith((".taza", ".json")) for name in self.service.gone)

    @invariant()
    def what_arrived_does_not_go_again(self) -> None:
        lists = 2 * KB * (self.mishaps + 10) * (SESSIONS + 1)  # lists of parts, sent more than once
        size = len(self.what.data)
        most = size + (self.mishaps + 1) * 2 * UNDER_WAY + 2 * self.lost + lists
        assert self.service.bytes_up <= max(most, 0)

    def teardown(self) -> None:
        """Once all is well, a few sessions are enough, and the reader has it, once."""
        if not hasattr(self, "what"):
            return
        self.service.before = self.service.files
        self.again, self.there = True, False  # somebody misses it
        for _ in range(SESSIONS):
            self._session(PretendLine(self.service), None)
        assert self.there
        assert self._read(PretendLine(self.service), None) == self.what.data

    def _post(self) -> Post:
        return Post.at(self.where, WHO, quick_line())

    def _session(self, line: PretendLine, killed: int | None) -> None:
        post, what = self._post(), self.what
        stop = (lambda count: count >= killed) if killed else (lambda _: False)
        try:
            if self.there:
                self.there = line.run(lies(post, what), stop) is not False
                self.again = self.again or not self.there
            if not self.there:
                self.there = line.run(post.sending(what, again=self.again), stop) is not None
        except Refusal:
            return
        finally:
            puts = (one.url for one in line.requests if one.method == "PUT")
            self.named.update(map(self.service.name, puts))

    def _read(self, line: PretendLine, killed: int | None) -> bytes | None:
        stop = (lambda count: count >= killed) if killed else (lambda _: False)
        try:
            listed = line.run(self._post().listing(), stop) or {}
            assert len(listed) <= 2  # at most as a file and in parts
            for item, size in listed.items():
                return line.run(self._post().fetching(item, size), stop)
        except Refusal:
            return None
        return None


def lies(post: Post, what: Goods):
    """Whether it lies there, as whoever looks after it asks."""
    return lies_whole(post.place, post.line, what.item, len(what.data), what.sha256)


class LawsOfS3(Laws):
    where, service_of = WHERE, S3


class LawsOfDav(Laws):
    where, service_of = DAV, PretendDav


TestOnS3 = LawsOfS3.TestCase
TestOnDav = LawsOfDav.TestCase
TestOnS3.settings = TestOnDav.settings = settings(stateful_step_count=12)


def test_a_password_that_is_not_accepted_is_no_loss() -> None:
    """S3 says of a file that is not there what it says to who may not ask."""

    class Denies(S3):
        def answer(self, request: Request) -> Response:
            return Response(403)

    post, what = Post.at(WHERE, WHO, quick_line()), goods(3 * KB)
    with pytest.raises(Refusal) as refused:
        PretendLine(Denies()).run(lies(post, what))
    assert refused.value.code == "EXC-DENIED"
    assert PretendLine(S3()).run(lies(post, what)) is False
