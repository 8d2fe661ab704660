"""What links promise: the page's own, the lines that name another story, and source documents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.digest.links import find_links, is_source_document
from briefing.digest.sentences.document import read_document
from briefing.model import Article, Link, Span


def links_of(text: str, *links: Link) -> tuple[Link, ...]:
    """The links of a text with links of its page."""
    return find_links(read_document(Article("a", text, links=links)))


@pytest.mark.parametrize("label", ["SEE ALSO: ", "Read more: ", "Related: ", "More: "])
def test_a_see_also_line_is_a_link_without_address(label: str) -> None:
    """The title after the label is the link, and its span shows it."""
    text = f"The bridge is shut.\n\n{label}The bridges of the Sound, counted\n\nIt rained."
    (link,) = links_of(text)
    assert (link.kind, link.url) == ("see-also", None)
    assert link.span is not None
    assert link.span.of(text) == link.title == "The bridges of the Sound, counted"


def test_running_text_with_such_words_is_no_link() -> None:
    """A label without a title, or in the middle of a sentence, gives nothing."""
    assert links_of("See Also:\nThe mayor said she would read more: books, mostly.") == ()


def test_links_of_the_page_pass_through_once() -> None:
    """What the page links is kept as it came; its see-also line is not told twice."""
    text = "The bridge is shut.\nRead more: Cracks found\n"
    page = Link("see-also", "Cracks found", "https://sound.example/cracks", Span(31, 43))
    assert links_of(text, page) == (page,)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.courtlistener.com/docket/1/a-v-b/", True),
        ("https://doi.org/10.1000/1", True),
        ("https://www.ons.gov.uk/economy", True),
        ("https://files.example.org/report.PDF", True),
        ("https://sound.example/cracks", False),
        ("https://notarxiv.org.example/a", False),
        ("http://[broken", False),
    ],
)
def test_a_source_document_is_known_by_its_address(url: str, expected: bool) -> None:
    """Courts, journals, statistics offices and documents themselves are sources."""
    assert is_source_document(url) is expected
    (link,) = links_of("A line.", Link("in-article", "A title", url))
    assert link.kind == ("source-document" if expected else "in-article")


@given(
    st.lists(st.sampled_from(["See also:", "Related", ":", " ", "\n", "a", "»", "-"]), max_size=30)
)
def test_any_text_gives_spans_that_show_their_title(pieces: list[str]) -> None:
    """A link in the text stands where it says."""
    text = "".join(pieces)
    for link in links_of(text):
        assert link.span is not None
        assert link.span.of(text) == link.title
