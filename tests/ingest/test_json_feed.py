"""JSON Feed 1.0 and 1.1 (jsonfeed.org) are read whole; fields of other types are no fields."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from briefing.ingest import article_from_entry, entry_text, parse_feed
from briefing.model import Entry, Feed

URL = "https://courier.example/feed.json"


def entries_of(*items: Mapping[str, Any], **head: object) -> tuple[Entry, ...]:
    """The entries of a JSON Feed with these items."""
    document = {"version": "https://jsonfeed.org/version/1.1", "title": "T", **head}
    raw = json.dumps({**document, "items": items}).encode()
    return parse_feed(raw, URL, "application/feed+json").entries


def entry_of(item: Mapping[str, Any], **head: object) -> Entry:
    """The one entry."""
    (entry,) = entries_of(item, **head)
    return entry


@pytest.mark.parametrize(
    "version", ["https://jsonfeed.org/version/1", "http://jsonfeed.org/version/1.1"]
)
def test_both_versions_are_read(version: str) -> None:
    (entry,) = entries_of({"id": "1", "content_text": "Fog again."}, version=version)
    assert (entry.guid, entry.title) == ("1", "Fog again.")


@pytest.mark.parametrize(
    ("ident", "guid"),
    [("a", "a"), (41, "41"), (4.5, "4.5"), (0, "0"), (10**30, str(10**30)),
     (None, "https://courier.example/1"), (True, "https://courier.example/1"),
     ([], "https://courier.example/1"), ("", "https://courier.example/1")],
)  # fmt: skip
def test_hostile_16_an_id_may_be_a_number_and_is_else_the_address(ident: Any, guid: str) -> None:
    assert entry_of({"id": ident, "url": "/1", "title": "t"}).guid == guid


def test_the_page_is_the_url_then_the_other_sites_then_an_id_that_is_an_address() -> None:
    external, own = "https://port.example/x", "https://courier.example/1"
    assert entry_of({"id": "1", "url": own, "external_url": external}).url == own
    assert entry_of({"id": "1", "external_url": external}).url == external
    assert entry_of({"id": own, "content_text": "x"}).url == own
    assert entry_of({"id": "1", "content_text": "x"}).url is None


def test_html_comes_before_text_which_keeps_its_marks_and_lines() -> None:
    both = entry_of({"id": 1, "content_html": "<p>The <b>fog</b>.</p>", "content_text": "no"})
    assert entry_text(both)[0] == "The fog."
    plain = entry_of({"id": 1, "content_text": "a < b & c\nsecond line"})
    assert entry_text(plain)[0] == "a < b & c\nsecond line"
    empty = entry_of({"id": 1, "content_html": "  ", "content_text": "Fog.", "summary": "S."})
    assert (entry_text(empty)[0], empty.summary_html) == ("Fog.", "S.")


def test_authors_of_both_versions_and_of_the_feed() -> None:
    people = [{"name": "Ada Brun"}, {"url": "https://x.example/"}, {"name": "Mila Torvald"}]
    head = {"author": {"name": "The Courier"}}
    assert entry_of({"id": 1, "authors": people}, **head).author == "Ada Brun, Mila Torvald"
    assert entry_of({"id": 1, "author": {"name": "Jo Lind"}}, **head).author == "Jo Lind"
    assert entry_of({"id": 1}, **head).author == "The Courier"
    assert entry_of({"id": 1}, authors=[{"name": "A"}, {"name": "B"}]).author == "A, B"


def test_an_item_may_be_in_a_language_of_its_own() -> None:
    entry = entry_of({"id": 1, "language": "de-AT", "content_text": "Kurz."}, language="en-GB")
    assert entry.language == "de"
    assert article_from_entry(entry, Feed("1", URL), article_id="1").article.language == "de"


def test_times_tags_and_titles() -> None:
    entry = entry_of(
        {
            "id": 1,
            "title": "Crane\n&amp; pier",
            "date_published": "2026-05-05T09:00:00+02:00",
            "date_modified": "2026-05-05T08:00:00Z",
            "tags": ["port", 7, "port", None, " sea "],
        }
    )
    assert entry.title == "Crane & pier"
    assert entry.published == datetime(2026, 5, 5, 7, tzinfo=UTC)
    assert entry.updated == datetime(2026, 5, 5, 8, tzinfo=UTC)
    assert entry.categories == ("port", "sea")


WRONG: tuple[Any, ...] = (
    None,
    True,
    7,
    4.5,
    "x",
    [],
    {},
    [None],
    [[]],
    {"a": 1},
    [{"name": 7}],
    "\ud800",
)
FIELDS = (
    "id", "url", "external_url", "title", "content_html", "content_text", "summary", "image",
    "banner_image", "date_published", "date_modified", "author", "authors", "tags", "language",
    "attachments",
)  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_hostile_16_a_field_of_a_wrong_type_costs_that_field_alone(field: str) -> None:
    right = {"id": "1", "url": "https://courier.example/1", "title": "Crane", "summary": "Up."}
    for wrong in WRONG:
        entry = entry_of({**right, field: wrong})
        for name, value in (("guid", "1"), ("url", right["url"]), ("title", "Crane")):
            if field != {"guid": "id"}.get(name, name):
                assert getattr(entry, name) == value


@pytest.mark.parametrize(
    "field", ["title", "home_page_url", "language", "authors", "author", "icon"]
)
def test_hostile_16_a_head_of_wrong_types_costs_no_entry(field: str) -> None:
    for wrong in WRONG:
        assert entry_of({"id": "1", "title": "Crane"}, **{field: wrong}).title == "Crane"


def test_hostile_16_items_that_are_none_are_left_out_and_the_rest_is_used() -> None:
    raw = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": None, "items": [
        None, 7, "x", [], {"id": None, "title": None}, {"id": 2, "title": "Crane"}]})  # fmt: skip
    feed = parse_feed(raw.encode(), URL)
    assert "Crane" in {entry.title for entry in feed.entries}
    assert len(feed.entries) == 2
    assert feed.notes == ("4 of its entries are no JSON objects and were left out",)
