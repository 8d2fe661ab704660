"""rhythm promises: hubs and own address of a feed are web addresses, whatever stands in its place.

What a feed's rhythm does to a refresh is in tests/refresh/test_polite_due.py.
"""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from briefing.ingest.rhythm import feed_rhythm, json_feed_rhythm

URL = "https://courier.example/feed"
HUB = "https://hub.example/"
NO_ADDRESSES: list[Any] = [None, 3, True, "", [HUB], {"url": HUB}, "mailto:a@hub.example"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.just(HUB),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["url", "href", "rel", "type"]), inner, max_size=3)
    ),
    max_leaves=8,
)


def test_of_a_json_feed_what_is_no_address_is_left_out() -> None:
    hubs = [{"url": address} for address in NO_ADDRESSES]
    document = {"hubs": [*hubs, HUB, None, {"url": HUB}, {"url": "/hub"}], "feed_url": "/own"}
    found = json_feed_rhythm(document, URL)
    assert found.hubs == (HUB, "https://courier.example/hub")
    assert found.self_url == "https://courier.example/own"
    assert {json_feed_rhythm({"feed_url": own}, URL).self_url for own in NO_ADDRESSES} == {""}


def test_of_an_xml_feed_what_is_no_address_is_left_out() -> None:
    links = [{"rel": rel, "href": each} for each in NO_ADDRESSES for rel in ("hub", "self")]
    links += [{"rel": "hub"}, {"rel": "hub", "href": HUB}, {"rel": "self alternate", "href": "x"}]
    found = feed_rhythm({"links": links}, "", URL)
    assert (found.hubs, found.self_url) == ((HUB,), "https://courier.example/x")


@given(JSON, JSON, JSON)
def test_whatever_stands_there_gives_web_addresses_or_none(a: Any, b: Any, c: Any) -> None:
    json_feed = json_feed_rhythm({"hubs": a, "feed_url": b}, URL)
    for found in (json_feed, feed_rhythm({"links": c, "ttl": a}, "", URL)):
        assert all(each.startswith(("http://", "https://")) for each in found.hubs)
        assert found.self_url == "" or found.self_url.startswith(("http://", "https://"))
