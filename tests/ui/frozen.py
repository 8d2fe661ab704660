"""The edition that the reader's tests show: the sample as it was once, frozen.

A word in a lexicon makes other digests, and so another sample; it moves no picture and no test of
the reader. Only where the reader is to show what the frozen edition does not have is it made anew,
from the sample as it then is:

    python tools/build_sample.py && python -m tests.ui.frozen
    python -m pytest tests/ui --snapshot-update
"""

import gzip
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from briefing.sample import sample_path

NOW = datetime(2026, 5, 5, 7, 2, tzinfo=UTC)
"""The moment at which the edition is read."""
_FILE = Path(__file__).parent / "edition.sqlite3.gz"


def now() -> datetime:
    """A clock that stands still."""
    return NOW


def copy_edition(to: Path) -> Path:
    """The frozen store, written to ``to``; ``to`` again."""
    to.write_bytes(_edition())
    return to


@cache
def _edition() -> bytes:
    return gzip.decompress(_FILE.read_bytes())


if __name__ == "__main__":
    _FILE.write_bytes(gzip.compress(sample_path().read_bytes(), mtime=0))
