"""Three rules for when addresses are the same: a page, a subscription, a request. None raises."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.ingest.failures import shown
from briefing.ingest.opinion import says_opinion
from briefing.ingest.web_url import web_url
from briefing.text.links import link_kind
from briefing.text.urls import (
    canonical_url,
    feed_key,
    host_and_port,
    is_page,
    same_address,
    same_site,
)

PIECES = [
    *"http:// https:// feed:// HTTP:// // : / ? # @ [ ] [::1] [v1.x] %00 %zz %ff &amp;".split(),
    *"= & . .. xn-- xn--a xn--bcher-kva bücher ß ． example .example www. m. amp. :80".split(),
    *":port :99999 google.com/url?q=http:// google.com/amp/s/ cdn.ampproject.org/c/s/".split(),
    *"127.0.0.1 amp utm_source=x index.html javascript: data: ; ,".split(),
    *("\u2100", "\u200d", " ", "\t", "\n", "\0", "\x1b[31m", "\ud800", "\udfff"),
]
ANY_TEXT = st.text(st.characters(), max_size=60)
URL_SHAPED = st.lists(st.sampled_from(PIECES) | st.text(st.characters(), max_size=3), max_size=10)
ADDRESSES = ANY_TEXT | URL_SHAPED.map("".join) | URL_SHAPED.map(lambda p: "http://" + "".join(p))


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("http://www.courier.example/a/?utm_source=x&id=3#top", "https://courier.example/a?id=3"),
        ("https://m.courier.example/a/amp", "https://courier.example/a"),
        ("https://courier.example/a/index.html", "https://courier.example/a"),
        (
            "https://www.google.com/url?q=https://courier.example/a&sa=1",
            "https://courier.example/a",
        ),
        ("https://courier.example/a?b=2&a=1", "https://courier.example/a?a=1&b=2"),
    ],
)
def test_one_page_has_one_canonical_address(address: str, same: str) -> None:
    assert canonical_url(address) == canonical_url(same) == same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://courier.example/feed.xml", "http://Courier.example/feed.xml"),
        ("https://courier.example/", "feed://courier.example"),
        ("https://courier.example/feed/", "https://courier.example/feed"),
    ],
)
def test_a_feed_is_one_under_another_scheme_or_a_last_slash(one: str, other: str) -> None:
    assert feed_key(one) == feed_key(other)


@pytest.mark.parametrize(
    "other",
    [
        "https://courier.example/feed?tag=harbour&utm_source=x",
        "https://courier.example/feed",
        "https://courier.example/Feed?tag=harbour",
        "https://www.courier.example/feed?tag=harbour",
    ],
)
def test_a_feed_is_another_by_host_path_and_whole_query(other: str) -> None:
    assert feed_key("https://courier.example/feed?tag=harbour") != feed_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.example", "http://A.example/"),
        ("http://a.example/ü?q=1#top", "http://a.example/%C3%BC?q=1"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://xn--/", "http://xn--/#top"),
    ],
)
def test_an_address_is_the_same_in_another_spelling(one: str, other: str) -> None:
    assert same_address(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.example/1", "http://a.example/2"),
        ("http://a.example/", "https://a.example/"),
        ("http://a.example/?a=1&b=2", "http://a.example/?b=2&a=1"),
        ("http://[", "http://["),
    ],
)
def test_another_request_is_another_address(one: str, other: str) -> None:
    assert not same_address(one, other)


def test_the_host_that_is_asked_comes_with_its_port() -> None:
    assert host_and_port("http://Courier.example:8080/feed") == "courier.example:8080"
    assert host_and_port("http://ada:s3cret@courier.example/feed") == "courier.example"
    assert host_and_port("http://[") == host_and_port("feed.xml") == ""


@given(ADDRESSES, ADDRESSES)
@example("http://xn--/", "http://xn--a.example/")
@example("http://[", "http://[::1")
@example("http://a.example/?a=\ud800", "\ud800://")
@example("http://a.example:port/", "http://a.example:99999/")
@example("http://\u2100.example/", "http://" + "a" * 80 + ".example/")
@example("https://www.google.com/url?q=http://[", "https://google.com/amp/s/[")
def test_no_address_breaks_any_rule(one: str, other: str) -> None:
    compared = canonical_url(one)
    assert canonical_url(compared) is not None
    assert feed_key("http://" + one) == feed_key("https://" + one)
    assert host_and_port(one) == host_and_port(one).lower()
    assert same_address(one, other) is same_address(other, one)
    assert same_site(one, other) is same_site(other, one)
    assert is_page(one) in (True, False)


@given(ADDRESSES, ADDRESSES)
@example("http://xn--/", "http://xn--/")
@example("http://[", "//[")
def test_no_address_breaks_what_reads_it(one: str, other: str) -> None:
    resolved = web_url(one, other)
    assert resolved is None or resolved.lower().startswith(("http://", "https://"))
    assert link_kind(one, one, other) in ("in-article", "see-also", "source-document")
    assert says_opinion((), None, one, "en") in (True, False)
    assert "\n" not in shown(one)
