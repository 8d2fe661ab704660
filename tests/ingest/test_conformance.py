"""Conformance: every feed of the shared corpora is read, and as its own tests expect."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.ingest import parse_feed
from briefing.model import BriefingError
from tests.ingest import feedparser_expectations, gofeed_expectations

URL = "https://courier.example/feed.xml"
FEEDPARSER_URL = "http://127.0.0.1:8097/feed.xml"  # where its tests serve their files
NO_FEEDS = {"parser/rss/version_rdf_090", "parser/universal/unknown_feed"}
"""Without a title or an entry there is nothing that tells a feed from other XML."""
LISTED = tomllib.loads(Path(__file__).with_name("conformance.toml").read_text(encoding="utf-8"))


@pytest.mark.corpora
def test_every_feed_of_the_corpora_is_read_or_refused_in_words(shared: Path) -> None:
    files = [path for path in sorted((shared / "data/feeds").rglob("*")) if path.is_file()]
    read = 0
    for path in files:
        try:
            parsed = parse_feed(path.read_bytes(), URL)
        except BriefingError as error:
            refused = str(error)
            assert URL in refused, path
            continue
        read += 1
        for entry in parsed.entries:
            assert entry.title, path
            assert entry.guid, path
            for moment in (entry.published, entry.updated):
                assert moment is None or 1970 <= moment.year < 2200, path
    assert read > 0.9 * len([path for path in files if path.suffix != ".json"])


@pytest.mark.corpora
def test_fields_agree_with_gofeed_in_97_of_100_and_each_difference_has_its_reason(
    shared: Path,
) -> None:
    fields = list(_gofeed(shared / "data/feeds/gofeed"))
    differences = {name: (want, have) for name, want, have in fields if want != have}
    unlisted = {name: both for name, both in differences.items() if name not in LISTED["gofeed"]}
    assert not unlisted
    assert len(fields) > 750
    assert len(differences) <= 0.03 * len(fields)


@pytest.mark.corpora
def test_what_feedparser_expects_of_a_feed_holds_through_our_layer(shared: Path) -> None:
    fields = list(_feedparser(shared / "data/feeds/feedparser"))
    differences = {name: (want, have) for name, want, have in fields if want != have}
    listed = tuple(LISTED["feedparser"])
    unlisted = {name: both for name, both in differences.items() if not name.startswith(listed)}
    assert not unlisted
    assert len(fields) > 1_000


def _feedparser(root: Path) -> Iterator[tuple[str, object, object]]:
    for path in sorted(root.rglob("*.xml")):
        content = path.read_bytes()
        name = path.relative_to(root).as_posix()
        expected = list(feedparser_expectations.expected(content))
        if not expected or name.startswith("wellformed/cdf/"):
            continue
        served_as = feedparser_expectations.content_type(content)
        parsed = parse_feed(content, FEEDPARSER_URL, served_as)
        for where, value in expected:
            field = feedparser_expectations.compared(where, value, parsed, FEEDPARSER_URL)
            if field is not None:
                yield f"{name}#{'.'.join(map(str, where))}", *field


def _gofeed(root: Path) -> Iterator[tuple[str, object, object]]:
    """Every field that is compared, by the names of its file and its own."""
    for path in sorted(root.rglob("*.xml")):
        expectation = path.with_suffix(".json")
        name = path.relative_to(root).with_suffix("").as_posix()
        if not expectation.exists() or name in NO_FEEDS:
            continue
        expected = json.loads(expectation.read_text(encoding="utf-8"))
        parsed = parse_feed(path.read_bytes(), URL)
        for field, want, have in gofeed_expectations.compared(expected, parsed, URL):
            yield f"{name}#{field}", want, have
