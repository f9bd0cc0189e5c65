"""Doing what needs no network: work put aside, and what is asked of a folder.

Whole files only, on the disk before it says yes.
"""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from taza_desktop.exchange.requests import Fault, Request, Response

_FAULTS: dict[int, Fault] = {
    errno.ENOENT: "file-missing",
    errno.ENODEV: "file-missing",
    errno.ENXIO: "file-missing",
    errno.ENOTDIR: "file-missing",
    errno.EACCES: "file-denied",
    errno.EPERM: "file-denied",
    errno.EROFS: "file-read-only",
    errno.ENOSPC: "file-full",
    errno.EDQUOT: "file-full",
    errno.EFBIG: "file-full",
    errno.ETIMEDOUT: "timeout",
}
_GONE = Response(404)
_MOST = 100_000  # files that one listing may name
_FOLDER, _FILE = 0o2777, 0o666  # rights that can be taken over from the folder above


def answer(request: Request) -> Response:
    """Do it now, on the calling thread."""
    begun = time.monotonic()
    if request.work is not None:
        request.work()
        return Response(200, seconds=time.monotonic() - begun)
    path, base = Path(url2pathname(urlsplit(request.url).path)), Path(request.headers["base"])
    try:
        if not base.is_dir():  # a stick that was pulled out must not be made anew on the disk
            return Response(fault="file-missing", says=str(base))
        response = _METHODS[request.method](path, request)
    except OSError as fault:
        kind = _FAULTS.get(fault.errno or 0, "file-failed")
        response = Response(fault=kind, says=fault.strerror or type(fault).__name__)
    seconds = time.monotonic() - begun
    return Response(
        response.status, response.headers, response.body, response.fault,
        len(request.body), seconds, response.says,
    )  # fmt: skip


def _get(path: Path, request: Request) -> Response:
    if not path.is_file():
        return _GONE
    with path.open("rb") as stream:
        data = stream.read(request.limit + 1)
    return Response(200, body=data, fault="odd" if len(data) > request.limit else None)


def _head(path: Path, _request: Request) -> Response:
    if not path.is_file():
        return _GONE
    return Response(200, {"content-length": str(path.stat().st_size)})


def _put(path: Path, request: Request) -> Response:
    """Written beside, flushed, then named; a file of that name that is not whole is replaced."""
    if _holds(path, request.body):
        return Response(204)
    _make_folders(path.parent, Path(request.headers["base"]))
    beside = path.with_name(f".{os.urandom(8).hex()}.new")
    try:
        with beside.open("xb") as stream:
            stream.write(request.body)
            stream.flush()
            os.fsync(stream.fileno())
        _share(beside)
        beside.replace(path)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    _flush_folder(path.parent)
    return Response(201)


def _delete(path: Path, _request: Request) -> Response:
    if not path.is_file():
        return _GONE
    path.unlink()
    return Response(204)


def _list(path: Path, _request: Request) -> Response:
    if not path.is_dir():
        return _GONE
    found = list(islice(_files(path, "", 1), _MOST + 1))
    if len(found) > _MOST:
        return Response(fault="odd", says=f"> {_MOST}")
    return Response(200, body=json.dumps(found).encode())


def _files(folder: Path, before: str, deeper: int) -> Iterator[tuple[str, int]]:
    """Plain files, links and hidden ones left out, `deeper` levels down."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_file(follow_symlinks=False):
                with suppress(FileNotFoundError):  # taken away while it was being listed
                    yield before + entry.name, entry.stat(follow_symlinks=False).st_size
            elif deeper and entry.is_dir(follow_symlinks=False):
                yield from _files(Path(entry.path), f"{before}{entry.name}/", deeper - 1)


def _holds(path: Path, data: bytes | memoryview) -> bool:
    """Whether the file has these bytes; its size alone says little after a stick was pulled."""
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def _make_folders(folder: Path, base: Path) -> None:
    """Make the folder and those above it, but never the base: that is for a person to plug in."""
    for one in reversed([folder, *folder.parents]):
        if base in one.parents and not one.is_dir():
            one.mkdir(exist_ok=True)
            _share(one)


def _share(path: Path) -> None:
    """Give it the rights and the group of the folder that it lies in.

    All else this program makes for its user alone, but others have to read what lies at a place.
    File systems without such rights refuse, and need none.
    """
    above = path.parent.stat()
    if sys.platform != "win32":
        with suppress(OSError):
            os.chown(path, -1, above.st_gid)
    with suppress(OSError):
        path.chmod(stat.S_IMODE(above.st_mode) & (_FOLDER if path.is_dir() else _FILE))


def _flush_folder(folder: Path) -> None:
    """The name too is on the disk; not every system lets a folder be opened."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


_METHODS: dict[str, Callable[[Path, Request], Response]] = {
    "GET": _get,
    "HEAD": _head,
    "PUT": _put,
    "DELETE": _delete,
    "LIST": _list,
}
