"""Which pane has the keys and where Esc leads from it: a value, moved by pure transitions.

The screen draws it: the focus, what is hidden in a narrow terminal, the breadcrumb.
"""

from dataclasses import dataclass, replace
from typing import Literal, get_args

Pane = Literal["stories", "brief", "source", "figures", "linked"]
PANES: tuple[Pane, ...] = get_args(Pane)


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """Where the reader was in a story that was left for another. ``cursor``: the pane's line."""

    story_id: str
    pane: Pane
    cursor: int | None


@dataclass(frozen=True, slots=True)
class PaneFocus:
    """The pane with the keys.

    source_opened_from: the pane of the line whose source was last opened. history: the stories
    that were left for an earlier chapter, the last left at the end.
    """

    pane: Pane = "stories"
    source_opened_from: Pane = "brief"
    history: tuple[HistoryEntry, ...] = ()

    def to(self, pane: Pane) -> "PaneFocus":
        """Another pane has the keys."""
        return replace(self, pane=pane)

    def to_source(self) -> "PaneFocus":
        """A line's source was opened."""
        opened_from = self.source_opened_from if self.pane == "source" else self.pane
        return replace(self, pane="source", source_opened_from=opened_from)

    def cycled(self, steps: int) -> "PaneFocus":
        """So many panes on, round and round; the source stands in the brief's place."""
        ring = [p for p in PANES if p != ("brief" if self.pane == "source" else "source")]
        return self.to(ring[(ring.index(self.pane) + steps) % len(ring)])

    def clicked(self, pane: Pane) -> "PaneFocus":
        """A pane got the terminal's focus; not the brief while the source covers it."""
        return self if (self.pane, pane) == ("source", "brief") else self.to(pane)

    def to_other_story(self, story_id: str, cursor: int | None) -> "PaneFocus":
        """The brief of another story, which was entered from a line of ``story_id``."""
        entry = HistoryEntry(story_id, self.pane, cursor)
        return replace(self, pane="brief", history=(*self.history, entry))

    def without_history(self) -> "PaneFocus":
        """Another story was gone to in the list: no way leads back from it."""
        return replace(self, history=())

    def back(self) -> tuple["PaneFocus", HistoryEntry | None]:
        """One step out, and the story to return to where that is another one."""
        if self.pane == "source":
            return self.to(self.source_opened_from), None
        if self.history and self.pane in ("brief", "linked"):
            entry = self.history[-1]
            return replace(self, pane=entry.pane, history=self.history[:-1]), entry
        return self.to("stories"), None
