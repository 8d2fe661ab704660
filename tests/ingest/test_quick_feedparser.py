"""What makes feedparser quicker changes nothing that it reads."""

import io
from typing import Any

import pytest
from feedparser import api
from feedparser.html import _cp1252
from hypothesis import given
from hypothesis import strategies as st

from briefing.ingest import quick_feedparser
from briefing.ingest.quick_feedparser import feedparser
from tests.feed_builders import Item, rss


@given(st.text(st.characters(max_codepoint=0x2FF)))
def test_characters_of_windows_1252_become_what_the_library_makes_of_them(text: str) -> None:
    assert quick_feedparser._Text(text).translate(_cp1252) == text.translate(_cp1252)


@pytest.mark.parametrize(
    "title",
    [
        "The harbour\x92s bridge",
        "Brücke am Hafen \x96 geschlossen",
        "Łódź – most",
        "Saltmere &amp;amp; Brun",
        "Br\xc3\xbccke",  # UTF-8 that was taken for Latin-1
    ],
)
def test_a_feed_reads_as_with_the_library_alone(
    title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = rss("Coast Courier", [Item(title, "https://courier.example/1")])
    quick = _read(feedparser(), document)
    own = api.StrictFeedParser.__bases__[0]
    assert own.__module__ == "feedparser.api"
    monkeypatch.setattr(api, "StrictFeedParser", own)
    monkeypatch.setattr(api, "PREFERRED_XML_PARSERS", [])
    assert quick == _read(feedparser(), document)


def _read(library: Any, document: bytes) -> object:
    found = library.parse(io.BytesIO(document), sanitize_html=False)
    assert found["entries"]
    return found["feed"], found["entries"], found["bozo"]
