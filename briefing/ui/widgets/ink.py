"""The styles that text is drawn with, taken from the theme."""

from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual.scroll_view import ScrollView

_NAMES = (
    "strong",
    "muted",
    "caveat",
    "heavy",
    "unread",
    "accent",
    "link",
    "evidence",
    "cursor",
    "cursor-blurred",
    "rule",
)


@dataclass(frozen=True, slots=True)
class Inks:
    """Rich styles by meaning; see ``ink.tcss``."""

    strong: Style
    muted: Style
    caveat: Style
    heavy: Style
    unread: Style
    accent: Style
    link: Style
    evidence: Style
    cursor: Style
    cursor_blurred: Style
    rule: Style


class Inked(ScrollView, can_focus=True):
    """A scrolling widget that draws its own lines in the theme's inks."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"ink--{name}" for name in _NAMES}
    _inks: Inks | None = None
    _base: Style | None = None

    @property
    def base(self) -> Style:
        """The widget's own style, looked up once: asking Textual walks the tree."""
        if self._base is None:
            self._base = self.rich_style
        return self._base

    @property
    def inks(self) -> Inks:
        """The inks of the theme in force."""
        if self._inks is None:
            self._inks = Inks(
                **{
                    name.replace("-", "_"): self.get_component_rich_style(
                        f"ink--{name}", partial=name not in ("cursor", "cursor-blurred", "evidence")
                    )
                    for name in _NAMES
                }
            )
        return self._inks

    def notify_style_update(self) -> None:
        """The theme or a class changed: inks are taken anew."""
        super().notify_style_update()
        self._inks = self._base = None
        self.restyled()

    def restyled(self) -> None:
        """For subclasses: drop what was drawn with the old inks."""
