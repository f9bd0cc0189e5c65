"""What it costs to verify packages of 11 KB, 5 MB and 50 MB: `python -m tests.bench.reading`.

Each size in a process of its own, one reading to warm up, then the best of five. `beside` is what
Python allocated at most beyond the bytes of the file, which are held as long as the package is.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import tracemalloc
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from random import Random

from taza_desktop.packages import contents, read
from tests.packages.kit import Sample, new_sample

MB = 2**20
SIZES = {"11 KB": 0, "5 MB": 5, "50 MB": 50}


def package(megabytes: int) -> tuple[Sample, bytes]:
    """A good package with so many documents of a megabyte; without any a small one of many rows."""
    sample, random = new_sample(), Random(1)
    record, (first, second) = sample.lineages[0]
    values, attached = [], {}
    for _ in range(megabytes):
        content = b"%PDF-1.7\n" + random.randbytes(MB) + b"\n%%EOF\n"
        digest = sha256(content).hexdigest()
        attached[f"attachments/{digest[:32]}.pdf"] = content
        values.append(
            {"sha256": digest, "name": "x", "type": "application/pdf", "size": len(content)}
        )
    photo = first.changes["photo"] if not values else values[0]
    attached = attached or dict(sample.attachments)
    revisions = [replace(first, changes={**first.changes, "photo": photo})]
    for number in range(max(len(values) - 1, 0) or 90):
        changes = {"photo": values[number + 1]} if number + 1 < len(values) else {"planted": number}
        made = replace(second, id=sha256(b"%d" % number).digest()[:16], parents=(revisions[-1].id,))
        revisions.append(replace(made, changes=changes))
    lineages = [(record, revisions)]
    assert contents.counts(lineages)["attachments"] == len(attached)
    return sample, sample.with_lineages(lineages, attached)


def measure(megabytes: int) -> None:
    """Print size, time and memory."""
    sample, data = package(megabytes)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.taza"
        path.write_bytes(data)
        size = len(data)
        del data

        def verify() -> float:
            begun = time.process_time()
            read.verify(path, sample.authority.trust, sample.plan)
            return time.process_time() - begun

        verify()
        best = min(verify() for _ in range(5))
        tracemalloc.start()
        verify()
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    print(
        f"{size / 1024:9,.0f} KB  {best * 1000:7.1f} ms of CPU, beside {(most - size) / MB:6.1f} MB"
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(int(sys.argv[1]))
    else:
        for megabytes in SIZES.values():
            subprocess.run(
                [sys.executable, "-m", "tests.bench.reading", str(megabytes)], check=True
            )
