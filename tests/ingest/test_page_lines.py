"""A page's lines: their text, their kinds, their links."""

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.ingest.html_tree import parse_html
from briefing.ingest.page_lines import line_blocks, page_lines
from briefing.text import clean_line


def _lines(body: str) -> list[tuple[str, int, str]]:
    root = parse_html(f"<html><body>{body}</body></html>")
    return [(line.kind, line.level, line.text) for line in page_lines(root)]


def test_blocks_and_breaks_end_lines_and_inline_elements_do_not() -> None:
    assert _lines("<div>One<br>two <b>and</b> t<i>hre</i>e<p>four<!-- x --> five</p>six</div>") == [
        ("", 0, "One"),
        ("", 0, "two and three"),
        ("", 0, "four five"),
        ("", 0, "six"),
    ]


def test_a_line_knows_its_kind() -> None:
    assert _lines(
        "<h2>Head</h2><ul><li>a<ul><li>b</li></ul></li></ul><blockquote><p>q</p></blockquote>"
        "<pre>x\n  y</pre><table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>"
        "<figure><figcaption>c</figcaption></figure><span class=photo-credit>d</span>"
    ) == [
        ("heading", 2, "Head"),
        ("item", 1, "a"),
        ("item", 2, "b"),
        ("quote", 1, "q"),
        ("code", 0, "x"),
        ("code", 0, "y"),
        ("table", 0, "1 2"),
        ("table", 0, "3 4"),
        ("caption", 0, "c"),
        ("caption", 0, "d"),
    ]


def test_a_row_of_a_table_knows_its_cells() -> None:
    row_of_data = "<tr><td></td><td>4.2 <b>m</b></td><td></td></tr>"
    page = f"<table><tr><th>Gate<th>Mon<th>Tue</tr>{row_of_data}</table>"
    head, row = page_lines(parse_html(page))
    assert [(span.of(head.text), level) for span, level in head.cells] == [
        ("Gate", 1),
        ("Mon", 1),
        ("Tue", 1),
    ]
    assert [(span.of(row.text), level) for span, level in row.cells] == [
        ("", 0),
        ("4.2 m", 0),
        ("", 0),
    ]
    blocks = line_blocks([head, row])
    assert [b.span.start for b in blocks] == sorted(b.span.start for b in blocks)
    assert sum(b.kind == "cell" for b in blocks) == 6


def test_links_and_emphasis_are_counted_in_the_line() -> None:
    (line,) = page_lines(parse_html("<p>See <a href=x>the  log</a> and <b>run</b> now</p>"))
    assert (line.text, line.linked) == ("See the log and run now", len("the log"))
    assert [span.of(line.text) for span in line.emphasis] == ["run"]


PIECES = st.sampled_from(
    "<p>|</p>|<b>|</b>|<i>|<a href=x>|</a>|<td>|<tr>|<table>|</table>|<li>|<ul>|</ul>|<pre>|</pre>"
    "|<br>|<span class=caption>|</span>| |\n|word|&#27;[31m|<script>|</script>|<!--|-->|<h1>"
    "|<blockquote>".split("|")
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=5), max_size=25).map("".join))
def test_every_line_is_clean_and_its_spans_lie_in_it(source: str) -> None:
    for line in page_lines(parse_html(f"<html><body>{source}</body></html>")):
        assert line.text == clean_line(line.text) != ""
        assert 0 <= line.linked <= len(line.text)
        ends = [0]
        for span in line.emphasis:
            assert ends[-1] <= span.start < span.end <= len(line.text)
            ends.append(span.end)
