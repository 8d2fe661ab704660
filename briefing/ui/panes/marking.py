"""The figures and names of an article, marked in its text where its digest found them."""

from dataclasses import dataclass

from rich.style import Style

from briefing.editions import ArticleReading
from briefing.model import Span
from briefing.ui.panes.article_text import Inline
from briefing.wording import format_count

# No colours: what is marked looks alike in every theme and without colours, on every ground.
FIGURE = Style(bold=True, underline=True)
NAME = Style(underline=True)


@dataclass(frozen=True, slots=True)
class Marking:
    """The spans of an article's text that are marked: its figures, and the mentions of people and
    organisations."""

    figures: tuple[Span, ...] = ()
    names: tuple[Span, ...] = ()

    @classmethod
    def of(cls, reading: ArticleReading) -> "Marking | None":
        """What the article's digest found; None where there is no digest of this very text."""
        digest, text = reading.digest, reading.article.text
        if digest is None or digest.article.text != text:
            return None
        figures = {figure.span for figure in digest.figures}
        names = {mention for entity in digest.entities for mention in entity.mentions}
        return cls(tuple(sorted(figures)), tuple(sorted(names)))

    @property
    def words(self) -> str:
        """How many are marked; empty where none are."""
        counts = ((len(self.figures), "figure"), (len(self.names), "name"))
        return " and ".join(format_count(number, noun) for number, noun in counts if number)

    def inline(self) -> tuple[Inline, ...]:
        """What is marked, as words within the lines."""
        figures = (Inline(span, FIGURE) for span in self.figures)
        return (*figures, *(Inline(span, NAME) for span in self.names))
