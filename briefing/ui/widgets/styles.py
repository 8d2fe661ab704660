"""The styles that text is drawn with, taken from the theme's variables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.color import Color

from briefing.model import WEIGHTY, CaveatKind
from briefing.text.clean import clean_line, strip_controls
from briefing.ui.widgets.framed_view import FramedView


@dataclass(frozen=True, slots=True)
class ThemeStyles:
    """Rich styles by meaning. One value for the whole screen: component classes would be worked
    out anew for every widget, which the first paint would wait for.

    over_cursor: laid over a line under the cursor where no ground can be relied upon: reversed,
    without colours of its own. None where the line has the ground of ``cursor``.
    """

    strong: Style
    muted: Style
    argues: Style
    caveat: Style
    heavy: Style
    unnamed: Style  # a caveat whose kind is not sure
    sign: Style  # of a caveat in a list
    unread: Style
    accent: Style
    link: Style
    evidence: Style
    left_out: Style  # over ``evidence``: words of the sentence that the bullet does without
    cursor: Style
    cursor_blurred: Style
    rule: Style
    over_cursor: Style | None = None

    @classmethod
    def of(cls, variables: Mapping[str, str], *, plain: bool = False) -> "ThemeStyles":
        """The styles of a theme, by its CSS variables; of the same colours the same value.

        plain: in the terminal's own colours, or in none: what has a ground elsewhere is reversed
        or underlined, for what those colours look like on each other is not known.
        """
        styles = _styles_of(tuple(variables[name] for name in _COLORS))
        return styles.without_grounds() if plain else styles

    @classmethod
    def of_colors(cls, colors: Mapping[str, str]) -> "ThemeStyles":
        """The styles in the colours of ``_COLORS``, as Rich names them."""
        color = colors.__getitem__
        return cls(
            strong=Style(color=color("foreground"), bold=True),
            muted=Style(color=color("ink-muted")),
            argues=Style(color=color("ink-muted"), italic=True),
            caveat=Style(color=color("ink-caveat"), bold=True),
            heavy=Style(color=color("ink-heavy"), bold=True),
            unnamed=Style(color=color("ink-unnamed"), bold=True),
            sign=Style(color=color("ink-caveat")),
            unread=Style(color=color("ink-unread"), bold=True),
            accent=Style(color=color("primary")),
            link=Style(color=color("primary"), underline=True),
            evidence=Style(color=color("foreground"), bgcolor=color("ink-evidence"), bold=True),
            left_out=Style(bold=False),
            cursor=Style(bgcolor=color("ink-cursor")),
            cursor_blurred=Style(bgcolor=color("ink-cursor-blurred")),
            rule=Style(color=color("ink-rule")),
        )

    def without_grounds(self) -> "ThemeStyles":
        """These styles where no colour can be relied upon as a ground."""
        muted = self.muted
        if muted.color == self.strong.color:  # told apart by its strength instead
            muted += Style(dim=True)
        return replace(
            self,
            muted=muted,
            argues=muted + Style(italic=True),
            evidence=Style(color="default", bgcolor="default", bold=True, underline=True),
            cursor=_REVERSED,
            cursor_blurred=Style(),
            over_cursor=_REVERSED,
        )

    def of_caveat(self, kind: CaveatKind | None, weight: int = 2) -> Style:
        """The style of a caveat's sign and word."""
        if kind is None:
            return self.unnamed
        return self.heavy if weight >= WEIGHTY else self.caveat


_REVERSED = Style(color="default", bgcolor="default", reverse=True, dim=False)
_COLORS = (
    "foreground",
    "primary",
    *(
        f"ink-{name}"
        for name in (
            "muted",
            "caveat",
            "heavy",
            "unnamed",
            "unread",
            "evidence",
            "cursor",
            "cursor-blurred",
            "rule",
        )
    ),
)


@lru_cache(4)
def _styles_of(colors: tuple[str, ...]) -> ThemeStyles:
    parsed = [Color.parse(color) for color in colors]
    names = (p.hex6 if p.ansi is None else p.rich_color.name for p in parsed)
    return ThemeStyles.of_colors(dict(zip(_COLORS, names, strict=True)))


def styled(words: str, style: Style | str, *, no_wrap: bool = False, end: str = "\n") -> Text:
    """``words`` in a style that what is appended to them does not inherit."""
    text = Text(no_wrap=no_wrap, end=end)
    text.append(words, style)
    return text


def plain_title(words: str) -> Text:
    """Words from outside as a border's title: Textual would read a string as markup."""
    return Text(clean_line(words) or "…")


def cursor_sign(has_keys: bool) -> str:
    """What stands beside the line under the cursor: thinner where another list has the keys, which
    colour alone would not tell."""
    return "▌" if has_keys else "▏"


def safe(segments: Iterable[Segment]) -> list[Segment]:
    """Segments on their way to the terminal: whatever was done before, nothing in them moves it."""
    return [
        s if s.text.isprintable() else Segment(strip_controls(s.text).replace("\n", " "), s.style)
        for s in segments
    ]


class StyledView(FramedView, can_focus=True, inherit_bindings=False):
    """A scrolling widget that draws its own lines in the theme's styles; keys are the screen's."""

    _theme_styles: ThemeStyles | None = None
    _base: Style | None = None
    _title: str | Text = ""

    @property
    def base(self) -> Style:
        """The widget's own style, looked up once: asking Textual walks the tree."""
        if self._base is None:
            self._base = self.rich_style
        return self._base

    @property
    def theme_styles(self) -> ThemeStyles:
        """The styles of the theme in force."""
        if self._theme_styles is None:
            app = self.app
            self._theme_styles = ThemeStyles.of(app.theme_variables, plain=app.native_ansi_color)
        return self._theme_styles

    def entitle(self, words: str | Text) -> None:
        """Set the title in the border; the same one again draws nothing anew."""
        if words != self._title:
            self._title = words
            self.border_title = words

    def notify_style_update(self) -> None:
        """The theme changed, a class, or the focus: what was drawn stays where its styles do."""
        super().notify_style_update()
        before = self._theme_styles, self._base
        self._theme_styles = self._base = None
        if before != (None, None) and before != (self.theme_styles, self.base):
            self.restyled()

    def restyled(self) -> None:
        """For subclasses: drop what was drawn with the old styles."""

    def measure(self) -> None:
        """For subclasses: tell how long what is shown is at the width that the view has now."""

    def lay_out(self) -> None:
        """The view has its first size: let the next layout have its scrollbar too, where it needs
        one. Textual would notice in that layout, and lay out a third time.
        """
        self.measure()
        room = self.container_size.height
        if room:
            self.show_vertical_scrollbar = self.virtual_size.height > room
