"""Where outlets give different numbers: the values side by side, each with its sentences."""

from datetime import datetime

from rich.text import Text

from briefing.text.clean import clean_line
from briefing.ui.panes.comparison import column, values_of, verdicts
from briefing.ui.screens.side_by_side import Column, SideBySide
from briefing.ui.screens.story_detail import StoryDetail
from briefing.ui.session import ReadingSession
from briefing.ui.targets import Comparison
from briefing.ui.widgets.styles import ThemeStyles, styled


class ComparisonScreen(SideBySide):
    """A column for each value."""

    FOOT = (
        *StoryDetail.FOOT[:2],
        ("previous-outlet", ""),
        ("next-outlet", "value"),
        *StoryDetail.FOOT[2:],
    )

    def __init__(self, session: ReadingSession, comparison: Comparison, trail: str) -> None:
        self._comparison = comparison
        self._values = values_of(comparison.disagreements)
        begin = comparison.begin
        at = self._values.index(begin) if begin in self._values else 0
        super().__init__(session, trail, comparison.counts, len(self._values), at)

    def verdict(self, styles: ThemeStyles) -> Text:
        """What is counted, and what is to be made of the values."""
        text = styled(clean_line(self._comparison.counts), style=styles.strong)
        for sentence in verdicts(self._comparison.disagreements):
            text.append(f"\n{clean_line(sentence)}")
        return text

    def columns(self, styles: ThemeStyles, now: datetime) -> list[Column]:
        """The values with the sentences that give them."""
        counts = self._comparison.counts
        return [
            Column(value.surface, column(value, counts, self.read, styles, now))
            for value in self._values
        ]
