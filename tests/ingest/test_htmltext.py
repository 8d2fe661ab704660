"""HTML-to-text promises: lines, no markup, links where they stand."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.ingest import entry_text, html_to_text, needs_page
from briefing.ingest.htmltext import html_line, plain_to_html, read_html
from briefing.ingest.web_url import web_url
from briefing.model import Entry
from briefing.text import clean_text
from tests.ingest.block_checks import check_blocks

BASE = "https://courier.example/news/1"


def test_blocks_become_lines_and_white_space_is_folded() -> None:
    text, _ = html_to_text("<h2>Port</h2><p>Closed\n  to <b>lor</b>ries.</p>Open<br>again", BASE)
    assert text == "Port\nClosed to lorries.\nOpen\nagain"
    assert html_to_text("<ul><li>one<li>two</ul><pre>a\n b</pre>", None)[0] == "one\ntwo\na\nb"
    assert html_to_text("<table><tr><td>a<td>b<tr><td>c</table>", None)[0] == "a b\nc"


def test_what_is_no_text_is_left_out() -> None:
    source = (
        "<style>p{}</style>A<script>x()</script><!-- c --><iframe>f</iframe> b"
        "<figure><img alt=pic><figcaption>Caption</figcaption></figure><noscript>n</noscript>"
        "<form><input value=q><button>Send</button></form><svg><text>s</text></svg>"
    )
    assert html_to_text(source, None)[0] == "A b"


def test_a_link_knows_where_its_words_stand() -> None:
    text, links = html_to_text(
        "<p>See  <a href='../r?a=1&amp;b=2'> the <i>report</i></a>, now.", BASE
    )
    assert text == "See the report, now."
    (link,) = links
    assert link.url == "https://courier.example/r?a=1&b=2"
    assert link.span is not None
    assert link.title == link.span.of(text) == "the report"
    assert link.kind == "in-article"


def test_kinds_of_links_are_told_by_label_and_address() -> None:
    source = (
        "<p>See also: <a href='/a'>Ferry late</a></p>"
        "<p>The <a href='https://port.gov/report.html'>report</a> and "
        "<a href='/annex.PDF'>its annex</a>, read by <a href='/staff'>us</a>.</p>"
    )
    kinds = [link.kind for link in html_to_text(source, BASE)[1]]
    assert kinds == ["see-also", "source-document", "source-document", "in-article"]


@pytest.mark.parametrize("href", ["javascript:x", "data:,x", "mailto:a@b.example", "#x", "//", "a"])
def test_only_web_addresses_are_links(href: str) -> None:
    text, links = html_to_text(f"<a href='{href}'>words</a>", None)
    assert (text, links) == ("words", ())


def test_plain_text_stays_plain() -> None:
    assert html_to_text("5 < 6 and\n\n7 > 6", None)[0] == "5 < 6 and\n7 > 6"
    assert html_to_text(plain_to_html("a <b> & c\nd"), None)[0] == "a <b> & c\nd"
    assert html_line("AT&amp;T <b>wins</b>") == "AT&T wins"


def test_very_deep_nesting_still_gives_its_text() -> None:
    assert html_to_text("<div>" * 100_000 + "deep", None)[0] == "deep"
    assert html_to_text("<b>" * 200 + "deep", None)[0] == "deep"


def test_an_address_is_made_whole_and_harmless() -> None:
    assert web_url(" ht\ntps://c.example/a b\x00 ") == "https://c.example/a%20b"
    assert web_url(7) is None
    assert web_url("http://[::1") is None


def test_a_short_or_broken_off_text_needs_its_page() -> None:
    long = "word " * 300
    entry = Entry("1", BASE, "T", content_html=f"<p>{long}</p>", summary_html="short")
    text, _ = entry_text(entry)
    assert text == long.strip()
    assert not needs_page(entry, text)
    assert needs_page(entry, "Too short.")
    assert needs_page(entry, long + "Continue reading…")
    assert needs_page(Entry("1", BASE, "T", summary_html="x"), "word " * 200)
    assert not needs_page(Entry("1", None, "T"), "Too short.")


ODD = """
<p> </p> <a~href='/x'> </a> <a~href="http://["> <br> <pre> <td> <script> </script> <plaintext>
<!-- --> <![CDATA[ &#27;[31m &#0; &amp; &#xD800; &#8238; < <svg> <textarea> </body> <html> ~
"""  # "~" stands for a space
PIECES = st.sampled_from([odd.replace("~", " ") for odd in ODD.split()] + ["\x9b", "\n", "\t"])


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=30).map("".join))
@example("<a href='/x'> </a><p> <a href='/y'>a<p>b</a>")
def test_whatever_comes_in_is_clean_text_with_spans_inside_it(source: str) -> None:
    text, links = html_to_text(source, BASE)
    assert clean_text(text) == text
    text.encode()
    for link in links:
        assert link.url
        assert link.url.startswith(("http://", "https://"))
        assert link.title
        if link.span is not None:
            assert 0 <= link.span.start < link.span.end <= len(text)
            assert link.span.of(text) == link.title


def _blocks(source: str) -> list[tuple[str, int, str]]:
    found = read_html(source, None)
    return [(block.kind, block.level, block.span.of(found.text)) for block in found.blocks]


def test_a_piece_of_html_tells_what_its_lines_are() -> None:
    assert _blocks(
        "<h3>What <i>we</i> know</h3><p>Bolts <b> are <i>cracked</i> </b>.</p>"
        "<ul><li>one<ul><li>two</li></ul></ul><blockquote><p>We ran.</p><p>All of us.</p>"
        "</blockquote><pre>a\n b</pre><table><tr><td>a<td>b<tr><td>c<td>d</table>"
    ) == [
        ("heading", 3, "What we know"),
        ("emphasis", 0, "we"),
        ("emphasis", 0, "are cracked"),
        ("item", 1, "one"),
        ("item", 2, "two"),
        ("quote", 1, "We ran."),
        ("quote", 1, "All of us."),
        ("code", 0, "a"),
        ("code", 0, "b"),
        ("table", 0, "a b"),
        ("cell", 0, "a"),
        ("cell", 0, "b"),
        ("table", 0, "c d"),
        ("cell", 0, "c"),
        ("cell", 0, "d"),
    ]


def test_cells_head_their_columns_and_may_be_empty() -> None:
    found = _blocks(
        "<table><tr><th>Gate<th>Mon<th>Tue</tr><tr><td><td>4.2 m<td></tr></table>"
        "<table><tr><td><p>Only placed</p><td><p>beside</p></table>"
    )
    assert [(level, words) for kind, level, words in found if kind == "cell"] == [
        (1, "Gate"),
        (1, "Mon"),
        (1, "Tue"),
        (0, ""),
        (0, "4.2 m"),
        (0, ""),
    ]


def test_a_plain_paragraph_has_no_block() -> None:
    assert _blocks("<p>Just a line.</p><div>And one more</div>") == []
    assert _blocks("plain text") == []


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "<h1> </h1> <b> </b> <i> </i> <li> <ul> </ul> <p> </p> <pre> </pre> <br> <tr> <td>"
            " <table> </table> <blockquote> </blockquote> a bc . &nbsp;".split(" ")
        )
        | st.sampled_from([" ", "\n"]),
        max_size=30,
    ).map("".join)
)
def test_blocks_lie_in_the_text_and_overlap_only_where_one_is_emphasis(source: str) -> None:
    found = read_html(source, None)
    check_blocks(found.text, found.blocks)
