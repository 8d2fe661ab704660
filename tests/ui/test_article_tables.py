"""Tables stand in columns where they fit, else each cell has a line after what heads it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from briefing.editions import ArticleReading
from briefing.ingest.htmltext import read_html
from briefing.model import Article
from briefing.text import sentences
from briefing.ui.panes.article_text import SentenceDrawing, iter_items
from briefing.ui.panes.source import source_items
from briefing.ui.targets import Passage, SourceSentence
from briefing.ui.widgets.running_text import Stretch
from tests.ui.frozen import NOW
from tests.ui.test_article_text import UNLINKED, lines_of
from tests.ui.test_source import STYLES, words_in

TABLE = """<p>The levels of the week.</p><table>
<tr><th>Gate</th><th>Monday</th><th>After the closing</th></tr>
<tr><td>Upper gate</td><td>4.2 m</td><td>4.1 m</td></tr>
<tr><td>Lower</td><td></td><td><a href="https://elvern.example/low">1.1 m</a></td></tr>
</table><p>They fall.</p>"""


def article(page: str) -> Article:
    """An article as the page's HTML has it."""
    found = read_html(page, "https://elvern.example/")
    return replace(UNLINKED, text=found.text, blocks=found.blocks, links=found.links)


async def test_a_table_that_fits_stands_in_columns() -> None:
    lines = [line[4:] for line in await lines_of(article(TABLE), 60)]
    at = lines.index("The levels of the week.")
    assert lines[at + 1 : at + 6] == [
        "",
        "Gate        Monday  After the closing",
        "Upper gate  4.2 m   4.1 m",
        "Lower               1.1 m[1]",
        "",
    ]


async def test_a_table_that_does_not_fit_is_a_line_for_each_cell() -> None:
    lines = [line[4:] for line in await lines_of(article(TABLE), 40)]
    at = lines.index("The levels of the week.")
    assert lines[at + 1 : at + 8] == [
        "",
        "Gate · Monday · After the closing",
        "Gate: Upper gate",
        "Monday: 4.2 m",
        "After the closing: 4.1 m",
        "Gate: Lower",
        "After the closing: 1.1 m[1]",
    ]


async def test_without_headers_the_cells_of_a_row_follow_one_another() -> None:
    page = TABLE.replace("<th>", "<td>").replace("</th>", "</td>")
    lines = [line[4:] for line in await lines_of(article(page), 40)]
    assert "Upper gate · 4.2 m · 4.1 m" in lines


def test_a_row_is_a_stop_and_its_sentence_is_the_text_s_own() -> None:
    shown = article(TABLE)
    row = next(s for s in sentences(shown.text) if s.of(shown.text).startswith("Upper"))
    items, place = source_items(
        ArticleReading(shown, None, None), Passage("1", "", row), STYLES, NOW
    )
    item = items[place or 0]
    assert isinstance(item.target, SourceSentence)
    assert item.target.text == "Upper gate 4.2 m 4.1 m"
    assert words_in(item.text, STYLES.evidence) == ["Upper gate", "4.2 m", "4.1 m"]


CELL = st.text(st.sampled_from("ab 漢.1"), max_size=8)


@given(st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=4))
def test_no_cell_is_lost_in_columns_or_in_lines(rows: list[list[str]]) -> None:
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    shown = article(f"<table>{body}</table>")
    drawing = SentenceDrawing(shown, Passage("1", ""), {}, {}, STYLES)
    items = list(iter_items(drawing, sentences(shown.text)))
    for narrow in (False, True):
        texts = [
            i.narrow if narrow and isinstance(i, Stretch) and i.narrow is not None else i.text
            for i in items
        ]
        words = "".join("".join(t.plain.replace("·", "").split()) for t in texts)
        assert words == "".join(shown.text.split())
