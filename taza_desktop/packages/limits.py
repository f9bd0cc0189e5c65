"""Every limit of a package in one place: what is larger is refused before it is read."""

from __future__ import annotations

from datetime import timedelta

KB = 1024
MB = 1024 * KB

FILE = 200 * MB  # the whole container
SEALED = FILE + MB  # the same wrapped by age, which adds 16 bytes to each 64 KB
ENTRIES = 2_000
INFLATED = 300 * MB  # all entries together
RATIO = 200  # an entry may inflate to so many times its packed size, …
RATIO_FREE = 64 * KB  # … and small ones to this in any case

MIMETYPE = 64
ENVELOPE = 64 * KB
DESCRIPTOR = 2 * MB
RECORDS = 64 * MB  # and of any other table
TRUST = 1 * MB
ATTACHMENT = 20 * MB  # as large as a register keeps them
MANIFEST = 2 * MB
SIGNATURE = 64 * KB
CARD = 128 * KB  # of an office, with its operators and its place of exchange
BACKUP = 16 * MB  # of keys, with every certificate that was ever given

LINES = 500_000  # rows of records.jsonl
LINE = 1 * MB
TEXT = 100_000  # characters in one text
INTEGER = 2**53  # beyond it other programs lose digits

PIXELS = 16_000_000  # of a picture; registers keep them far smaller
ALL_PIXELS = 3_000_000_000  # of all pictures together: half a minute of decoding
SCANS = 100  # of a JPEG, each of which draws it once more; ten are usual

PERSON = timedelta(days=2 * 365)
AUTHORITY = timedelta(days=10 * 365)
BACKDATED = timedelta(days=2)  # clocks of offline PCs
CRL = timedelta(days=400)  # longer than a year between two rounds
