"""The same point in the words of each outlet that has it."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

from rich.text import Text

from briefing.model import Disagreement
from briefing.text.clean import clean_line
from briefing.ui.panes.comparison import verdicts
from briefing.ui.panes.point import (
    OutletPoint,
    articles_of,
    differing,
    outlet_points,
    point_items,
    verdict_of,
)
from briefing.ui.screens.side_by_side import Column, SideBySide
from briefing.ui.screens.story_detail import StoryDetail
from briefing.ui.session import ReadingSession
from briefing.ui.targets import Passage
from briefing.ui.widgets.styles import ThemeStyles

COLUMNS_FROM = 140  # columns of the terminal: in narrower ones sentences read better below another


class PointScreen(SideBySide):
    """The sentences of each article under its outlet's name."""

    FOOT = (
        *StoryDetail.FOOT[:2],
        ("previous-outlet", ""),
        ("next-outlet", "outlet"),
        *StoryDetail.FOOT[2:],
    )

    def __init__(
        self,
        session: ReadingSession,
        passage: Passage,
        trail: str,
        disagreements: Sequence[Disagreement] = (),
    ) -> None:
        """``disagreements``: those of the story, where it is known."""
        self._passage = passage
        self._disagreements = disagreements
        articles = articles_of(passage)
        begin = articles.index(passage.article_id) if passage.article_id in articles else 0
        super().__init__(session, trail, passage.label, len(articles), begin)

    def has_room(self, width: int) -> bool:
        """Whether the outlets stand side by side in a terminal of that width."""
        return width >= COLUMNS_FROM and super().has_room(width)

    @cached_property
    def _points(self) -> list[OutletPoint]:
        return outlet_points(self._passage, self.read)

    @cached_property
    def _told(self) -> list[Disagreement]:
        return differing(self._disagreements, self._points)

    def shows(self, passage: Passage) -> bool:
        """Whether that is the point, maybe in the words of another outlet."""
        return passage.places == self._passage.places

    def verdict(self, styles: ThemeStyles) -> Text:
        """How many outlets have the point, and what they differ on in it."""
        text = verdict_of(self._passage, self._points, styles)
        for sentence in verdicts(tuple(self._told)):
            text.append(f"\n{clean_line(sentence)}")
        return text

    def columns(self, styles: ThemeStyles, now: datetime) -> list[Column]:
        """The articles with their sentences."""
        return [
            Column(
                point.named,
                point_items(self._passage, self._points, number, self._told, styles, now),
            )
            for number, point in enumerate(self._points)
        ]
