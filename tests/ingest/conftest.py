"""What the tests of ingest share: a newsroom, and a fetcher that does not wait long."""

from collections.abc import AsyncIterator, Iterator

import pytest

from briefing.config import FetchSettings
from briefing.ingest import Fetcher
from tests.fake_web import Newsroom

QUICK = FetchSettings(connect_timeout=5, read_timeout=5, total_timeout=10, max_feed_mb=1)


@pytest.fixture
def room() -> Iterator[Newsroom]:
    """A newsroom of the test's own."""
    with Newsroom() as newsroom:
        yield newsroom


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loopback is asked directly, whatever the machine's proxies are."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    """A fetcher with short time-outs, on a machine that has a network."""
    async with Fetcher(QUICK, online=lambda: True) as it:
        yield it
