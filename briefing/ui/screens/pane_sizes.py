"""Keys for the places and widths of the panes, which are kept while the reader is open."""

from dataclasses import replace

from briefing.ui.arrangement import next_place, resized
from briefing.ui.screens.story_panes import StoryPanesScreen

PLACES = {
    "right": "figures and links at the right",
    "below": "figures and links below",
    "hidden": "figures and links behind tab",
}
_GREW = {
    "list_width": "the list has {} columns",
    "beside_width": "figures and links have {} columns",
    "beside_height": "figures and links have {} lines",
}
ALONE = "one pane at a time under 80 columns"
ZOOMED = "z first: the pane has the whole screen"


class PaneSizes(StoryPanesScreen):
    """Moves and resizes the panes; says what was done and which line of the settings keeps it."""

    def on_screen_resume(self) -> None:
        """Another list of stories may have moved the panes."""
        if self._is_laid_out:
            self.arrange_anew()

    def settings_changed(self) -> None:
        """The panes stand where the settings say now."""
        super().settings_changed()
        self.arrange_anew()

    def act_wider(self) -> None:
        """The pane with the keys gets more room."""
        self._resize(1)

    def act_narrower(self) -> None:
        """And less."""
        self._resize(-1)

    def act_place(self) -> None:
        """Figures and links go to the next place that there is room for."""
        if self._cannot_be_moved():
            return
        place = next_place(self.arrangement.place, *self.size)
        if place == self.arrangement.place:
            self.refuse("there is no room for another place")
            return
        self._want(beside=place)
        self.say_for_now(PLACES[place], f'beside = "{place}"')

    def _resize(self, steps: int) -> None:
        if self._cannot_be_moved():
            return
        got = resized(self.pane, steps, *self.size, self.session.screen)
        if got.name is None:
            self.refuse("no wider here" if steps > 0 else "no narrower here")
            return
        size = getattr(got.wanted, got.name)
        self._want(**{got.name: size})
        self.say_for_now(_GREW[got.name].format(size), f"{got.name} = {size}")

    def _cannot_be_moved(self) -> bool:
        """Whether no pane stands beside another; says so."""
        zoomed = self.has_class("zoomed")
        if zoomed or self.arrangement.place == "alone":
            self.refuse(ZOOMED if zoomed else ALONE)
            return True
        return False

    def _want(self, **changes: object) -> None:
        """Other settings of the screen, while the reader is open."""
        self.session.screen = replace(self.session.screen, **changes)  # type: ignore[arg-type]
        self.arrange_anew()
