"""The sentences behind a line, shown under it."""

from dataclasses import replace

from briefing.model import Article
from briefing.text import clean_line
from briefing.ui.panes.article_text import SentenceDrawing
from briefing.ui.targets import Passage
from briefing.ui.widgets.styles import ThemeStyles, styled
from briefing.ui.widgets.wrapped_list import Item

_INDENT = 4


def peek_items(passage: Passage, article: Article, styles: ThemeStyles) -> list[Item]:
    """What ``passage`` marks in its ``article``, as the source view shows it, and whose it is.

    The cursor does not stop there. Empty where nothing is marked.
    """
    drawing = SentenceDrawing(replace(article, links=()), passage, {}, {}, styles)
    items: list[Item] = []
    for span in dict.fromkeys(passage.marked):
        if 0 <= span.start < span.end <= len(article.text):
            text = styled(" " * _INDENT, style=styles.muted)
            text.append_text(drawing.stretch(span, "", None).text)
            items.append(Item(text, hang=_INDENT))
    if items:
        source = clean_line(article.source or "its article")
        text = styled(f"{' ' * _INDENT}— {source} · p hides", style=styles.muted)
        items.append(Item(text, hang=_INDENT))
    return items
