"""The source view draws an article from its one text and the blocks counted in it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style
from rich.text import Text
from textual.app import App, ComposeResult
from textual.strip import Strip

from briefing.editions import ArticleReading
from briefing.model import Article, Block, BlockKind, Link, Span
from briefing.text import paragraphs, sentences
from briefing.ui.panes.article_text import SentenceDrawing, iter_items
from briefing.ui.panes.source import source_items
from briefing.ui.panes.source_view import SourceView
from briefing.ui.targets import Passage, SourceSentence
from briefing.ui.themes import DEFAULT, load_theme, to_textual
from briefing.ui.widgets.running_text import MEASURE, Stretch
from briefing.ui.widgets.wrapped_list import Item
from tests.ui.frozen import NOW
from tests.ui.test_source import STYLES, words_in

TEXT = """The lock at Elvern
The lock closed on Monday. Barges wait below it, and some turned back. Nobody knows for how long.
Who waits
Two barges with gravel.
The mail boat of the lower islands, which comes on Tuesdays and carries passengers too.
A cat, on the mail boat.
"We were told nothing," said the mate. "The cat is fine."
lock --open --gate upper
The lock in a photograph of 1911
It opens again in May."""


def line_of(words: str) -> Span:
    """The line that begins with words."""
    return next(p for p in paragraphs(TEXT) if p.of(TEXT).startswith(words))


def within(words: str) -> Span:
    """The first place of words."""
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


BLOCKS = (
    Block("heading", line_of("The lock at"), 1),
    Block("heading", line_of("Who waits"), 2),
    Block("item", line_of("Two barges"), 1),
    Block("item", line_of("The mail boat"), 1),
    Block("item", line_of("A cat"), 2),
    Block("quote", line_of('"We were'), 1),
    Block("code", line_of("lock --open")),
    Block("caption", line_of("The lock in a")),
    Block("emphasis", within("turned back")),
)
LINK = Link("in-article", "Barges", "https://elvern.example/barges", within("Barges"))
ARTICLE = Article(
    "1", TEXT, "The lock", None, "Courier", published=NOW, blocks=BLOCKS, links=(LINK,)
)

UNLINKED = replace(ARTICLE, links=())


class Shown(App[None]):
    """A source view on an article."""

    def __init__(self, article: Article, focus: Span | None = None) -> None:
        super().__init__()
        self.article, self.passage = article, Passage("1", "", focus)

    def compose(self) -> ComposeResult:
        yield SourceView(id="article")

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return to_textual(load_theme(DEFAULT)).variables

    def on_mount(self) -> None:
        view = self.query_one(SourceView)
        view.open(self.passage, ArticleReading(self.article, None, None), NOW)
        view.focus()


async def lines_of(article: Article, width: int, height: int = 60) -> list[str]:
    """What stands on a terminal of that size, without the margin and the ends of lines."""
    app = Shown(article)
    async with app.run_test(size=(width, height)) as pilot:
        await pilot.pause()
        view = app.query_one(SourceView)
        return [view.render_line(y).text.rstrip() for y in range(len(view._lines))]


async def test_paragraphs_run_on_and_lists_hang_and_quotations_are_barred() -> None:
    lines = await lines_of(UNLINKED, 50)
    shown = [line[4:] for line in lines[3:]]
    assert shown[:4] == [
        "The lock at Elvern",
        "The lock closed on Monday. Barges wait below",
        "it, and some turned back. Nobody knows for",
        "how long.",
    ]
    at = shown.index("Who waits")
    assert shown[at - 1] == ""
    assert shown[at + 1 : at + 9] == [
        "– Two barges with gravel.",
        "– The mail boat of the lower islands, which",
        "  comes on Tuesdays and carries passengers",
        "  too.",
        "  · A cat, on the mail boat.",
        "",
        '│ "We were told nothing," said the mate. "The',
        '│ cat is fine."',
    ]
    assert "  lock --open --gate upper" in shown


def test_headings_are_bold_captions_quiet_and_emphasis_and_links_visible() -> None:
    items, _ = source_items(ArticleReading(ARTICLE, None, None), Passage("1", ""), STYLES, NOW)
    texts = [item.text for item in items]
    assert [w for t in texts[3:] for w in words_in(t, STYLES.strong)] == [
        "The lock at Elvern",
        "Who waits",
    ]
    assert words_in(texts[-1], STYLES.link) == [" Barges"]
    assert [w for t in texts[:-1] for w in words_in(t, STYLES.link)] == ["Barges"]
    assert "The lock in a photograph of 1911" in [
        w for t in texts[3:] for w in words_in(t, STYLES.muted)
    ]
    assert "turned back" in [t.plain[s.start : s.end] for t in texts for s in t.spans]


async def test_a_wide_pane_keeps_to_the_measure_in_its_middle() -> None:
    long = " ".join(f"The barge number {n} waited below the lock." for n in range(40))
    lines = await lines_of(Article("1", long, "Lock", None, "Courier", published=NOW), 160)
    left = min(len(line) - len(line.lstrip()) for line in lines if line)
    assert max(len(line.strip()) for line in lines) <= MEASURE
    assert 38 <= left <= 50


async def test_the_cursor_stops_at_each_sentence_of_a_paragraph_and_shows_which() -> None:
    app = Shown(UNLINKED, within("The lock closed on Monday."))
    async with app.run_test(size=(50, 40)) as pilot:
        await pilot.pause()
        view = app.query_one(SourceView)
        seen = []
        for _ in range(3):
            assert isinstance(view.current, SourceSentence)
            seen.append(view.current.text)
            view.move(1)
        assert seen == [
            "The lock closed on Monday.",
            "Barges wait below it, and some turned back.",
            "Nobody knows for how long.",
        ]
        view.move(-2)
        ground = view.theme_styles.cursor.bgcolor
        strip = view.render_line(view._wrapped_items[view.cursor or 0].first - view.scroll_offset.y)
        lit = "".join(s.text for s in strip if s.style is not None and s.style.bgcolor == ground)
        assert lit.strip() == "Barges wait below"
        assert strip.text.startswith("▌")


async def test_a_line_is_the_same_strip_while_it_says_the_same_with_the_cursor_too() -> None:
    """Textual keeps what it works out from a strip: made anew, it costs that at each paint."""
    app = Shown(UNLINKED, within("The lock closed on Monday."))
    async with app.run_test(size=(50, 40)) as pilot:
        await pilot.pause()
        view = app.query_one(SourceView)

        def drawn() -> list[Strip]:
            return [view.render_line(y) for y in range(view.size.height)]

        before = drawn()
        assert len(before) > len(view._lines)  # blank ones below them
        assert all(one is other for one, other in zip(before, drawn(), strict=True))
        view.move(1)
        assert any(one is not other for one, other in zip(before, drawn(), strict=True))
        view.move(-1)
        assert all(one is other for one, other in zip(before, drawn(), strict=True))


async def test_a_click_goes_to_the_sentence_under_the_mouse() -> None:
    app = Shown(UNLINKED)
    async with app.run_test(size=(50, 40)) as pilot:
        await pilot.pause()
        view = app.query_one(SourceView)
        line = next(y for y in range(30) if "Barges wait" in view.render_line(y).text)
        await pilot.click(view, offset=(6, line))
        assert isinstance(view.current, SourceSentence)
        assert view.current.text.startswith("The lock closed")
        await pilot.click(view, offset=(view.render_line(line).text.index("Barges") + 1, line))
        assert view.current.text.startswith("Barges wait")


PARTS = st.lists(st.sampled_from(["A barge. ", "漢字。", "\n", "No end", " ", "Dr. Ek left. "]))


@given(PARTS.map("".join), st.data())
def test_nothing_of_the_text_is_lost_whatever_its_sentences_and_blocks(
    text: str, data: st.DataObject
) -> None:
    spans = tuple(sentences(text))
    kept = tuple(s for s in spans if data.draw(st.booleans()))
    kinds: st.SearchStrategy[BlockKind] = st.sampled_from(
        ["heading", "item", "quote", "code", "table", "caption"]
    )
    blocks = tuple(
        Block(data.draw(kinds), p, 1) for p in paragraphs(text) if data.draw(st.booleans())
    )
    article = replace(ARTICLE, text=text, blocks=blocks, links=())
    drawing = SentenceDrawing(article, Passage("1", ""), {}, {}, STYLES)
    items = list(iter_items(drawing, kept))
    shown = "".join("".join(item.text.plain.split()) for item in items)
    assert shown == "".join(text.split())
    assert [i.target.span for i in items if isinstance(i.target, SourceSentence)] == list(kept)
    assert all(
        i.gap is None or isinstance(items[n - 1], Stretch)
        for n, i in enumerate(items)
        if isinstance(i, Stretch)
    )


LONG = " ".join(f"Barge number {n} waited." for n in range(3000)).replace("0 waited. ", "0 left.\n")


@pytest.mark.parametrize("number", [0, 1500, 2999])
async def test_of_a_long_article_what_is_seen_is_drawn_first_and_then_the_rest(number: int) -> None:
    start = LONG.index(f"Barge number {number} ")
    app = Shown(replace(UNLINKED, text=LONG, blocks=()), Span(start, start + 12))
    async with app.run_test(size=(50, 20)) as pilot:
        view = app.query_one(SourceView)
        view.redraw()
        assert len(view.items) < 400
        here, cursor = view.current, view.cursor or 0
        assert isinstance(here, SourceSentence)
        assert here.text.startswith(f"Barge number {number} ")
        row = view._wrapped_items[cursor].first - view.scroll_offset.y
        while len(view.items) < 3000:
            await pilot.pause()
        assert view.current == here
        assert view._wrapped_items[view.cursor or 0].first - view.scroll_offset.y == row
        shown = [i.target.span for i in view.items if isinstance(i.target, SourceSentence)]
        assert shown == sentences(LONG)


async def test_a_sign_stands_beside_words_of_its_own_sentence() -> None:
    """Beside the end of the sentence before, it makes that read like a bullet of its own."""
    lengths = {"a": 14, "b": 17, "c": 4, "d": 9, "e": 20}
    items: list[Item] = [
        Stretch(
            Text(" ".join([letter * 4] * words)),
            gap=None if letter == "a" else " ",
            sign=(letter.upper(), Style()),
        )
        for letter, words in lengths.items()
    ]
    app = Shown(ARTICLE)
    beside_another = 0
    async with app.run_test(size=(80, 40)) as pilot:
        view = app.query_one(SourceView)
        view.show(items)
        for width in range(24, 76):
            await pilot.resize_terminal(width, 40)
            lines = [view.render_line(y).text[1:].strip() for y in range(len(view._lines))]
            signed = [re.fullmatch(r"([A-E]*) *([a-e].*)", line) for line in lines]
            shown = [(found[1], found[2]) for found in signed if found]
            assert sorted("".join(signs for signs, _ in shown)) == ["A", "B", "C", "D", "E"]
            for letter in lengths:
                beside = next(words for signs, words in shown if letter.upper() in signs)
                own = [words for _, words in shown if words.startswith(letter)]
                if own:
                    assert beside == own[0]
                else:
                    assert letter in beside
                    beside_another += 1
    assert beside_another > 3
