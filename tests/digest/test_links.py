"""What links promise: those of the page as they are, and the lines that name another story."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.digest.links import find_links
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


def test_a_link_that_was_stored_with_an_older_list_is_a_source_document_all_the_same() -> None:
    report = Link("in-article", "A report", "https://port.gov/report")
    story = Link("in-article", "A title", "https://sound.example/cracks")
    assert links_of("A line.", report, story) == (
        Link("source-document", "A report", "https://port.gov/report"),
        story,
    )


@given(
    st.lists(st.sampled_from(["See also:", "Related", ":", " ", "\n", "a", "»", "-"]), max_size=30)
)
def test_any_text_gives_spans_that_show_their_title(pieces: list[str]) -> None:
    """A link in the text stands where it says."""
    text = "".join(pieces)
    for link in links_of(text):
        assert link.span is not None
        assert link.span.of(text) == link.title
