"""entries promises: entries that share an identifier are told apart, in time that grows with them.

What identifiers stand for once they are stored is in tests/store/test_entry_identity.py.
"""

import hashlib
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from briefing.ingest.entries import told_apart
from briefing.model import Entry
from tests.growth import assert_linear

DAY = datetime(2026, 5, 5, 7, tzinfo=UTC)
TIMES = st.sampled_from([None, DAY, DAY + timedelta(days=1)])


def entry(title: str, published: datetime | None, text: str, url: str | None = None) -> Entry:
    return Entry(guid="daily", url=url, title=title, published=published, summary_html=text)


def own_hash(title: str, published: datetime | None, content: str = "") -> str:
    words = f"daily\n{title}\n{published.isoformat() if published else ''}{content}"
    return "sha256:" + hashlib.sha256(words.encode()).hexdigest()


def guids(entries: list[Entry]) -> list[str]:
    return [each.guid for each in told_apart(entries)]


def test_title_and_time_tell_entries_apart_and_their_text_only_where_those_are_alike() -> None:
    tide, ferry = "Tide table", "Ferry times"
    page = "https://harbour.example/2026/05/ferry-times-for-may"
    entries = [
        entry(tide, DAY, "High at 1."),
        entry(tide, DAY, "High at 2."),
        entry(tide, None, "High at 3."),
        entry(ferry, DAY, "From nine."),
        entry(ferry, DAY, "From nine."),
        entry(ferry, None, "From ten.", page),
    ]
    assert guids(entries) == [
        own_hash(tide, DAY, "\nHigh at 1."),
        own_hash(tide, DAY, "\nHigh at 2."),
        own_hash(tide, None),
        own_hash(ferry, DAY),
        own_hash(ferry, DAY),
        page,
    ]


@given(st.lists(st.builds(entry, st.sampled_from("ab"), TIMES, st.sampled_from("xyz")), min_size=2))
def test_of_entries_without_pages_those_that_differ_get_identifiers_that_do(
    entries: list[Entry],
) -> None:
    found = guids(entries)
    said = [(each.title, each.published, each.summary_html) for each in entries]
    if set(found) == {"daily"}:  # what may be one article, retold
        titles, times, texts = (set(each) for each in zip(*said, strict=True))
        assert len(titles) == 1
        assert len(times - {None}) == 1 or len(texts) == 1
        assert len(times - {None}) <= 1
        return
    assert len(set(found)) == len(set(said))
    for guid, (title, published, text) in zip(found, said, strict=True):
        texts = {each[2] for each in said if each[:2] == (title, published)}
        assert guid == own_hash(title, published, f"\n{text}" if len(texts) > 1 else "")


def test_hostile_12_one_guid_and_title_for_thousands_of_entries_takes_no_longer_each() -> None:
    def entries(size: int) -> list[Entry]:
        return [entry("Tide table", None, f"High at {n}.") for n in range(size)]

    assert_linear(entries, told_apart, 1_000)
