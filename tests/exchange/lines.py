"""A bad network on loopback: a TCP proxy that breaks off, delays, throttles, swallows, stalls."""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

_CHUNK = 4096
_LATE = 0.05  # seconds that a sleep may be late without slowing the line
_BUFFER = 16 * 1024  # of the sockets, so that what was sent is about what has passed


@dataclass
class BadLine:
    """What the line does to every connection; may be changed while it runs.

    Attributes:
        drop_every: bytes upwards after which a connection is reset; 0: never.
        drop_down: the same downwards.
        together: the bytes of all connections count together, and all break at once.
        trip: seconds of a round trip; a new connection costs one more.
        rate: bytes a second upwards, of all connections together; 0: no limit.
        swallow: answers to PUT and MOVE that will be lost, the connection being reset.
        stall: the same, but nothing is reset: the client waits.
        hole: everything is swallowed while it is on.
        chance: that any chunk breaks its connection.
    """

    port_behind: int
    drop_every: int = 0
    drop_down: int = 0
    together: bool = False
    trip: float = 0.0
    rate: int = 0
    swallow: int = 0
    stall: int = 0
    hole: bool = False
    chance: float = 0.0
    seed: int = 0
    port: int = 0
    up: int = 0  # bytes that clients sent so far
    down: int = 0  # bytes that came back
    drops: int = 0
    connections: int = 0
    _carrying: set[asyncio.Task[None]] = field(default_factory=set)
    _passed: int = 0
    _free_at: float = 0.0
    _open: set[_Wire] = field(default_factory=set)
    _random: random.Random = field(default_factory=random.Random)

    async def serve(self, ready: threading.Event, stop: asyncio.Event) -> None:
        """Accept until told to stop, then end every connection and wait for it."""
        self._random.seed(self.seed)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.setblocking(False)
            self.port = listener.getsockname()[1]
            loop = asyncio.get_running_loop()
            loop.add_reader(listener, self._accept, listener)
            ready.set()
            await stop.wait()
            loop.remove_reader(listener)
        while self._carrying:
            self.break_all()
            await asyncio.wait(self._carrying, timeout=0.02)

    def _accept(self, listener: socket.socket) -> None:
        """By hand, as asyncio loses a connection that is accepted while it stops to."""
        with suppress(BlockingIOError):
            client, _address = listener.accept()
            client.setblocking(False)
            task = asyncio.create_task(self._carry(client))
            self._carrying.add(task)
            task.add_done_callback(self._carrying.discard)

    async def _carry(self, client: socket.socket) -> None:
        self.connections += 1
        before = await asyncio.open_connection(sock=client, limit=_BUFFER)
        try:
            behind = await asyncio.open_connection("127.0.0.1", self.port_behind, limit=_BUFFER)
        except OSError:
            before[1].transport.abort()
            await asyncio.gather(before[1].wait_closed(), return_exceptions=True)
            return
        wire = _Wire(self, before, behind)
        self._open.add(wire)
        await wire.carry()
        self._open.discard(wire)

    def break_all(self) -> None:
        """Reset every connection; any thread may ask for it."""
        for wire in list(self._open):
            wire.loop.call_soon_threadsafe(wire.cut)

    def forget_all(self) -> None:
        """As a router that was switched off and on: no connection carries anything any more, and
        nobody is told; new ones do.
        """
        for wire in list(self._open):
            wire.forgotten = True

    async def may_send(self, size: int) -> None:
        """Wait for the turn of so many bytes on a line of `rate`."""
        if self.rate:
            now = time.monotonic()
            self._free_at = max(self._free_at, now - _LATE) + size / self.rate
            await asyncio.sleep(max(0.0, self._free_at - now))

    def breaks(self, wire: _Wire, size: int) -> bool:
        """Whether these bytes are the ones that the connection does not survive."""
        if self.chance and self._random.random() < self.chance:
            return True
        if not self.drop_every:
            return False
        if self.together:
            self._passed += size
            over = self._passed >= self.drop_every
            self._passed = 0 if over else self._passed
        else:
            wire.passed += size
            over = wire.passed >= self.drop_every
        return over


Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class _Wire:
    """One connection through the line."""

    def __init__(self, line: BadLine, client: Ends, server: Ends) -> None:
        self.line, self.loop = line, asyncio.get_running_loop()
        self.client, self.server = client, server
        self.passed, self.came = 0, 0
        self.forgotten = False
        self.writes = False  # whether the request under way is one that changes something
        self.cutting = asyncio.Event()

    def cut(self) -> None:
        self.cutting.set()
        for _reader, writer in (self.client, self.server):
            writer.transport.abort()

    async def carry(self) -> None:
        ups, downs = asyncio.Queue(), asyncio.Queue()
        tasks = [
            asyncio.create_task(job)
            for job in (
                self._up(ups),
                self._out(ups, self.server[1]),
                self._down(downs),
                self._out(downs, self.client[1]),
            )
        ]
        await asyncio.wait(
            [*tasks, cutting := asyncio.create_task(self.cutting.wait())],
            return_when=asyncio.FIRST_COMPLETED,
        )
        for task in [*tasks, cutting]:
            task.cancel()
        await asyncio.gather(*tasks, cutting, return_exceptions=True)
        if self.forgotten:  # the server is not told either
            self.client[1].transport.abort()
            await self.cutting.wait()
        self.cut()
        closing = [writer.wait_closed() for _reader, writer in (self.client, self.server)]
        await asyncio.gather(*closing, return_exceptions=True)

    async def _up(self, queue: asyncio.Queue) -> None:
        late = 1.5 * self.line.trip
        while data := await self.client[0].read(_CHUNK):
            self.line.up += len(data)
            if data.split(b" ", 1)[0].isupper() and b" HTTP/1.1\r\n" in data:
                self.writes = data.startswith((b"PUT", b"MOVE"))
            await self.line.may_send(len(data))
            if self.line.breaks(self, len(data)):
                self.line.drops += 1
                if self.line.together:
                    self.line.break_all()
                raise ConnectionResetError
            if not self.line.hole and not self.forgotten:
                queue.put_nowait((time.monotonic() + late, data))
            late = self.line.trip / 2
        raise ConnectionResetError

    async def _down(self, queue: asyncio.Queue) -> None:
        while data := await self.server[0].read(_CHUNK):
            self.line.down += len(data)
            if self.writes and self.line.swallow:
                self.line.swallow -= 1
                raise ConnectionResetError
            if self.writes and self.line.stall:
                self.line.stall -= 1
                await asyncio.sleep(3600)
            self.came += len(data)
            if self.line.drop_down and self.came >= self.line.drop_down:
                self.line.drops += 1
                raise ConnectionResetError
            if not self.line.hole and not self.forgotten:
                queue.put_nowait((time.monotonic() + self.line.trip / 2, data))
        queue.put_nowait((time.monotonic() + self.line.trip / 2, b""))

    async def _out(self, queue: asyncio.Queue, writer: asyncio.StreamWriter) -> None:
        while True:
            due, data = await queue.get()
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            if not data:
                raise ConnectionResetError
            writer.write(data)
            await writer.drain()


@contextmanager
def bad_line(port_behind: int, **does: object) -> Iterator[BadLine]:
    """A running bad line before that port; `port` is where to connect."""
    line = BadLine(port_behind, **does)
    ready, started = threading.Event(), threading.Event()
    held: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def main() -> None:
        stop = asyncio.Event()
        held.append((asyncio.get_running_loop(), stop))
        started.set()
        await line.serve(ready, stop)

    thread = threading.Thread(target=lambda: asyncio.run(main()), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield line
    finally:
        loop, stop = held[0]
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)


class RemoteLine:
    """A bad line in a process of its own, so that it does not compete with what is measured."""

    def __init__(self, port_behind: int, does: dict[str, object]) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, there = context.Pipe()
        self._process = context.Process(target=_serve, args=(there, port_behind, does), daemon=True)
        self._process.start()
        self.port: int = self._pipe.recv()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        self._pipe.send((name, None))
        return self._pipe.recv()

    def set(self, **does: object) -> None:
        for name, value in does.items():
            self._pipe.send((name, (value,)))
            self._pipe.recv()

    def close(self) -> None:
        self._pipe.send(None)
        self._process.join(10)


@contextmanager
def remote_line(port_behind: int, **does: object) -> Iterator[RemoteLine]:
    """The same as `bad_line`, in another process."""
    line = RemoteLine(port_behind, does)
    try:
        yield line
    finally:
        line.close()


def _serve(pipe: Connection, port_behind: int, does: dict[str, object]) -> None:
    with bad_line(port_behind, **does) as line:
        pipe.send(line.port)
        while (asked := pipe.recv()) is not None:
            name, value = asked
            if value is not None:
                setattr(line, name, value[0])
            pipe.send(getattr(line, name))
