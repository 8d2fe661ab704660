"""The source view: the sentence that a line leads to, and what of it the line kept."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style
from rich.text import Text

from briefing.editions import ArticleReading
from briefing.model import Article, Digest, Enclosure, Quotation, Span
from briefing.ui.panes.article_text import left_out
from briefing.ui.panes.source import source_items
from briefing.ui.targets import Passage, SourceSentence
from briefing.ui.themes import DEFAULT, load_theme, to_textual
from briefing.ui.widgets.styles import ThemeStyles
from briefing.wording import full_day
from tests.ui.frozen import NOW

TEXT = "The bridge closed. Buses, as the port said on Monday, may still cross. Lorries may not."
CROSS = Span(TEXT.index("Buses"), TEXT.index(" Lorries"))
CLOSED, LORRIES = Span(0, CROSS.start - 1), Span(CROSS.end + 1, len(TEXT))
KEPT = (Span(CROSS.start, CROSS.start + 5), Span(TEXT.index(" may still"), CROSS.end))


def theme_styles() -> ThemeStyles:
    """The styles of the default theme."""
    theme = to_textual(load_theme(DEFAULT))
    colors = {"foreground": theme.foreground or "", "primary": theme.primary}
    return ThemeStyles.of(colors | theme.variables)


STYLES = theme_styles()


def shown(passage: Passage) -> tuple[list[Text], int | None]:
    """The lines of the source view, and which the cursor goes to."""
    article = Article("1", TEXT, "Bridge", None, "Courier", published=NOW)
    items, place = source_items(ArticleReading(article, None, None), passage, STYLES, NOW)
    assert [i.target.span for i in items if isinstance(i.target, SourceSentence)] == [
        CLOSED,
        CROSS,
        LORRIES,
    ]
    return [item.text for item in items], place


def test_hostile_11_a_time_to_come_is_shown_as_what_the_feed_says() -> None:
    at = NOW + timedelta(days=400)
    article = Article("1", TEXT, "Bridge", None, "Courier", published=NOW, stated=at)
    items, _ = source_items(ArticleReading(article, None, None), Passage("1", ""), STYLES, NOW)
    assert any(f"dated {full_day(at, None)} by its feed" in item.text.plain for item in items)


def words_in(line: Text, style: Style) -> list[str]:
    """The stretches of a line that bear a style."""
    return [line.plain[s.start : s.end] for s in line.spans if s.style == style]


def test_the_cursor_goes_to_the_focus_wherever_it_stands_among_what_is_marked() -> None:
    lines, place = shown(Passage("1", "Bullet 1", CROSS, (CLOSED,)))
    assert place is not None
    assert CROSS.of(TEXT) in lines[place].plain
    lit = [line.plain for line in lines if words_in(line, STYLES.evidence)]
    assert [words.strip() for words in lit] == [CLOSED.of(TEXT), CROSS.of(TEXT)]


def test_a_passage_without_focus_leads_to_the_article_as_a_whole() -> None:
    lines, place = shown(Passage("1", "Courier"))
    assert place is None
    assert not any(words_in(line, STYLES.evidence) for line in lines)


def test_what_a_bullet_kept_of_its_sentence_is_stronger_than_what_it_left_out() -> None:
    lines, place = shown(Passage("1", "Bullet 1", CROSS, kept=KEPT))
    (line,) = [line for line in lines if words_in(line, STYLES.evidence)]
    assert words_in(line, STYLES.left_out) == [", as the port said on Monday,"]
    assert lines[place or 0] is line


def test_a_sentence_of_which_nothing_is_known_to_be_kept_is_marked_evenly() -> None:
    whole = shown(Passage("1", "Bullet 1", CROSS))[0]
    assert not any(words_in(line, STYLES.left_out) for line in whole)
    elsewhere = replace(Passage("1", "Bullet 1", CROSS), kept=(LORRIES,))
    assert not any(words_in(line, STYLES.left_out) for line in shown(elsewhere)[0])


@given(st.lists(st.integers(0, 40), min_size=2, max_size=8, unique=True))
def test_what_was_kept_and_what_was_left_out_make_up_the_sentence(cuts: list[int]) -> None:
    sentence = Span(0, 40)
    edges = sorted(cuts)
    kept = [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    parts = sorted([*kept, *left_out(sentence, kept)])
    assert (parts[0].start, parts[-1].end) == (sentence.start, sentence.end)
    assert all(before.end == after.start for before, after in pairwise(parts))


def test_what_is_enclosed_is_a_quiet_line_under_the_byline() -> None:
    audio = Enclosure("https://media.hour.example/41.mp3", "audio/mpeg", 2000, 2040)
    files = tuple(Enclosure(f"https://hour.example/{n}.pdf", "application/pdf") for n in range(5))
    reading = ArticleReading(
        Article("1", TEXT, "Bridge", None, "Courier", published=NOW, enclosures=(audio, *files)),
        None,
        None,
    )
    items, _ = source_items(reading, Passage("1", ""), STYLES, NOW)
    lines = [item.text.plain for item in items]
    assert lines[2] == "▶ audio · 34 min · media.hour.example"
    assert lines[3:7] == ["↓ pdf · hour.example"] * 3 + ["and 2 more files"]
    assert items[2].text.spans[0].style == STYLES.muted or items[2].text.style == STYLES.muted


SAID = "“The lock is shut. Listen to the barges!” The mate had seen it. “It is”, said Ann Li."


def quoted(speaker: str | None) -> list[str]:
    """The sentences of an article in which the first quotation has that speaker."""
    article = Article("1", SAID, "Lock", None, "Courier", published=NOW)
    first = Span(0, SAID.index(" Listen"))
    second = Span(first.end + 1, SAID.index(" The mate"))
    third = Span(second.end + 1, SAID.index(" “It"))
    last = Span(third.end + 1, len(SAID))
    quotations = (
        Quotation(Span(first.start, second.end), speaker, (first, second)),
        Quotation(Span(last.start, SAID.index(", said")), "Ann Li", (last,)),
    )
    sentences = (first, second, third, last)
    digest = Digest(article, sentences, (), (), (), (), (), (), quotations)
    items, _ = source_items(ArticleReading(article, digest, None), Passage("1", ""), STYLES, NOW)
    return [item.text.plain for item in items if isinstance(item.target, SourceSentence)]


def test_a_quotation_that_does_not_name_its_speaker_ends_with_his_name() -> None:
    lines = quoted("Ann Li")  # a name that "Listen" begins with
    assert [line for line in lines if "— " in line] == ["Listen to the barges!” — Ann Li"]


def test_where_it_is_not_known_who_speaks_nothing_is_said() -> None:
    assert not any("— " in line for line in quoted(None))
