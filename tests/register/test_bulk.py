"""Large contents and what is loaded for good: Python must not hold every thread up for them."""

from __future__ import annotations

import gc
import random
import sqlite3
import threading

from taza_desktop.register import blobs
from taza_desktop.register.bulk import for_good


def test_large_contents_go_in_and_out_in_pieces() -> None:
    data = random.Random(5).randbytes(3 * 1024 * 1024 + 5)
    with sqlite3.connect(":memory:") as db:
        db.execute("CREATE TABLE kept (data BLOB)")
        for content in (data, b"", b"x"):
            at = db.execute(f"INSERT INTO kept VALUES (zeroblob({len(content)}))").lastrowid
            with db.blobopen("kept", "data", at or 0) as blob:
                blobs.write(blob, content)
            with db.blobopen("kept", "data", at or 0, readonly=True) as blob:
                assert blobs.read(blob) == content
    db.close()


def test_what_stays_is_not_looked_through_again() -> None:
    """Where another thread works there is a window that would wait."""
    frozen: list[int] = []

    def work() -> None:
        before = gc.get_freeze_count()
        with for_good():
            assert not gc.isenabled()
            _many = [[number] for number in range(1000)]
        frozen.append(gc.get_freeze_count() - before)

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    work()
    gc.unfreeze()
    assert gc.isenabled()
    assert frozen[0] > 1000
    assert frozen[1] == 0
