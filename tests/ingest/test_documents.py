"""Document promises: the title rule, kinds of files, and batch lines that are checked."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.ingest import BatchError, BatchItem, parse_batch_line, read_document
from briefing.ingest import document_from_text as from_text
from briefing.model import Basis, ExtractError
from briefing.text import clean_text
from tests.fake_web import BRIDGE, MORNING, article_page

BODY = "\n\n".join(BRIDGE)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Bridge closed\n\n{BODY}", "Bridge closed"),
        (f"\n\n  Bridge closed  \n \n{BODY}", "Bridge closed"),
        (f"Bridge closed?\r\n\r\n{BODY}", "Bridge closed?"),
        (f"# Bridge closed\n\n{BODY}", "Bridge closed"),
        (f"{'x' * 149}\n\n{BODY}", "x" * 149),
        (f"{'x' * 150}\n\n{BODY}", None),
        (f"Bridge closed.\n\n{BODY}", None),
        (f"Bridge closed\n{BODY}", None),
        ("Bridge closed", None),
        ("Bridge closed\n\n", None),
    ],
)
def test_the_first_line_is_the_title_by_the_rule(text: str, title: str | None) -> None:
    article = read_document(text, "bridge.txt")
    assert article.title == title
    assert (article.text == "\n".join(BRIDGE)) is (title is not None)
    assert article.id == "bridge.txt"


def test_a_title_that_is_given_stands_and_the_first_line_stays_text() -> None:
    text = f"Bridge closed\n\n{BODY}"
    assert from_text(text, "Other").text.startswith("Bridge closed\n")
    assert from_text(text, "Other").title == "Other"
    assert from_text(text, "Bridge closed").text == "\n".join(BRIDGE)


def test_lines_broken_for_a_screen_are_joined_and_paragraph_lines_are_not() -> None:
    broken = "Ships wait outside the harbour since\nMonday, they say.\n\nThe fog stays until noon."
    assert from_text(broken).text == (
        "Ships wait outside the harbour since Monday, they say.\nThe fog stays until noon."
    )
    assert from_text("\n".join(BRIDGE)).text == "\n".join(BRIDGE)


def test_a_page_is_known_by_its_name_or_by_its_beginning() -> None:
    page = article_page("Harbour bridge closed to lorries", BRIDGE)
    for name in ("bridge.HTML", "-"):
        article = read_document(page.encode(), name)
        assert article.title == "Harbour bridge closed to lorries"
        assert article.source == "Coast Courier"
        assert article.basis is Basis.FULL
    assert read_document(page, "-", title="Other").title == "Other"
    with pytest.raises(ExtractError):
        read_document(b"", "empty.html")


def test_a_text_is_decoded_whatever_it_is_in() -> None:
    for name in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert read_document("Fähre – spät\n\nText.".encode(name), "x").title == "Fähre – spät"
    assert read_document(b"", "x").text == ""


def test_the_language_is_told_by_the_text_or_given() -> None:
    german = "Die Brücke am Hafen ist seit Montag für Lastwagen gesperrt, sagte die Direktorin."
    assert from_text(german).language == "de"
    assert from_text(german, language="nl").language == "nl"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200) | st.binary(max_size=200))
def test_whatever_comes_in_is_a_clean_text(data: str | bytes) -> None:
    try:
        article = read_document(data, "x.txt")
    except ExtractError:
        return
    assert clean_text(article.text) == article.text


# ── Batches ──────────────────────────────────────────────────────────────────────────────────


def line(**fields: Any) -> str:
    """A batch line."""
    return json.dumps({"id": "7", "text": BODY, **fields})


def test_a_text_comes_back_unchanged_control_characters_too() -> None:
    text = "a\x00b \x1b[31m  c\r\n\r\n\u202ed\ufeff"
    item = parse_batch_line(line(text=text))
    assert isinstance(item, BatchItem)
    assert item.article.text == text


def test_what_a_line_says_is_kept() -> None:
    given_ = {"url": "https://c.example/1", "title": "T\x07", "source": "Coast Courier"}
    item = parse_batch_line(line(**given_, published="2026-05-05T09:00:00+02:00", language="en-GB"))
    assert isinstance(item, BatchItem)
    article = item.article
    assert (article.id, article.url, article.title, article.source) == ("7", *given_.values())
    assert (article.published, article.language) == (MORNING, "en")


def test_html_is_extracted_and_the_line_stands_over_the_page() -> None:
    page = article_page("Harbour bridge closed to lorries", BRIDGE)
    item = parse_batch_line(json.dumps({"id": "7", "html": page, "source": "Elsewhere"}))
    assert isinstance(item, BatchItem)
    assert item.article.text.endswith(BRIDGE[-1])
    assert item.article.source == "Elsewhere"
    assert item.article.title == "Harbour bridge closed to lorries"
    assert item.article.published == MORNING


@pytest.mark.parametrize(
    ("raw", "name", "words"),
    [
        (b"\xff", None, "UTF-8"),
        ("", None, "not JSON"),
        ("[1]", None, "not a JSON object"),
        ("[" * 100_000, None, "not JSON"),
        ('{"id": "7"}', "7", "neither 'text' nor 'html'"),
        ('{"text": "x"}', None, "no 'id'"),
        ('{"id": 7, "text": "x"}', None, "'id' is not a string"),
        ('{"id": "7", "text": 5}', "7", "'text' is not a string"),
        ('{"id": "7", "text": "\\ud800"}', "7", "'text' holds a lone surrogate"),
        ('{"id": "\\ud800", "text": "x"}', None, "'id' holds a lone surrogate"),
        ('{"id": "7", "text": "x", "title": "\\udfff"}', "7", "'title' holds a lone surrogate"),
        ('{"id": "7", "text": "x", "published": "today"}', "7", "RFC 3339"),
        ('{"id": "7", "html": "<p></p>"}', "7", "no article"),
    ],
)
def test_a_line_that_cannot_be_used_says_why(
    raw: str | bytes, name: str | None, words: str
) -> None:
    wrong = parse_batch_line(raw)
    assert isinstance(wrong, BatchError)
    assert wrong.id == name
    assert words in wrong.error


def test_an_empty_text_is_a_text() -> None:
    assert isinstance(parse_batch_line(line(text="")), BatchItem)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)
KEYS = st.sampled_from(["id", "text", "html", "url", "title", "source", "published", "language"])


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(KEYS, JSON) | JSON)
def test_whatever_comes_in_is_an_item_or_an_error(value: object) -> None:
    result = parse_batch_line(json.dumps(value))
    assert isinstance(result, BatchItem | BatchError)
