"""html_tree promises: every element comes once as it begins and ends, however deep the tree is."""

import pytest

from briefing.ingest.html_tree import parse_html, walk


def events(source: str, dropped: frozenset[str] = frozenset()) -> list[str]:
    root = parse_html(f"<html><body>{source}</body></html>")
    return [
        f"{event} {element.tag if isinstance(element.tag, str) else element.text}"
        for event, element in walk(root.find("body"), dropped)
    ][1:-1]


def test_elements_begin_and_end_in_the_order_of_the_page() -> None:
    assert events("<p>a<b>c</b></p>") == ["start p", "start b", "end b", "end p"]


def test_of_what_is_dropped_only_the_element_itself_comes() -> None:
    source = "<p><svg><title>Pier</title></svg>shut</p>"
    assert events(source, frozenset({"svg"})) == ["start p", "start svg", "end svg", "end p"]
    assert "start title" in events(source)


@pytest.mark.parametrize("source", ["<!--x-->tail", "<?x?>tail"])
def test_a_comment_only_ends_so_that_its_tail_is_read_and_its_text_is_not(source: str) -> None:
    (event,) = events(source)
    assert event.startswith("end ")
