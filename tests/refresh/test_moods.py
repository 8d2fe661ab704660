"""Publishers in every mood at once: half an hour in ``benchmarks/soak.py``, here two refreshes."""

import sys
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.moods import FEED_MOODS, Publishers
from benchmarks.soak_parts import TOKEN
from briefing.config import FetchSettings, Settings
from briefing.model import FetchError, ParseError
from briefing.refresh import RefreshOptions, refresh
from briefing.store import Store

SETTINGS = Settings(
    fetch=FetchSettings(read_timeout=1.5, total_timeout=4, max_feed_mb=2, full_text=False)
)


@pytest.mark.skipif(sys.platform != "linux", reason="it needs many addresses of the loopback")
def test_what_publishers_served_whole_is_there_once_whatever_the_others_do(tmp_path: Path) -> None:
    moods = list(FEED_MOODS)
    with (
        Publishers(len(moods), always=moods) as publishers,
        Store.open(tmp_path / "briefing.sqlite3") as store,
    ):
        for mood, address in zip(moods, publishers.addresses, strict=True):
            store.add_feed(address, mood)
        for _ in range(2):
            report = refresh(store, SETTINGS, RefreshOptions(force=True))
            assert report.faults == ()
            for mood, _url, error in report.failures:
                assert isinstance(error, FetchError | ParseError), (mood, error)
        titles = [row["title"] for row in store._rows("SELECT title FROM article")]
        kept = Counter(found[0] for title in titles if (found := TOKEN.search(title)))
        assert len(titles) == kept.total()
        assert publishers.served.keys() <= kept.keys()
        assert set(kept.values()) == {1}
        assert len(publishers.served) > 50
        assert publishers.faults == []
