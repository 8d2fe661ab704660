"""Where the panes of a story stand and how large they are: a value, worked out from the size of
the terminal and from what the reader wants.
"""

from dataclasses import dataclass, replace
from typing import Literal

from briefing.config import ScreenSettings

Place = Literal["right", "below", "hidden", "alone"]
"""Where figures and links stand: beside the brief, under it, in its place while they have the
keys, or each pane alone on the screen."""

ONE_PANE = 80  # columns under which a pane stands alone
READING = 110  # columns from which on the brief has at least ``BRIEF``
BRIEF = 64  # columns: 60 of text, the border, the scroll bar and the mark of the cursor
SHORT_BRIEF = 44  # columns of the brief in a narrower terminal
LIST, BESIDE = 24, 28  # columns that the list, and figures and links, have at least
LISTS = 60  # columns of the list at most, unless more are wanted
BESIDES = 52  # and of figures and links
BARS = 2  # lines of the status line and the line of keys
LEAST_BELOW, LEAST_ABOVE = 6, 10  # lines of figures and links, and of the brief above them
TALL = 36  # lines from which on there is room under the brief
STACKED = 20  # lines of figures over links; with less only one of them is shown
MOST, MOST_LINES = 120, 60  # columns and lines that the settings allow
STEP, LINES_STEP = 4, 2  # columns and lines that a key adds


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Sizes in columns and lines, borders included; the brief has the rest.

    stories: columns of the list; 0 where it has them all. beside: the columns of figures and links
    at the right, or their lines under the brief; else 0. stacked: figures and links are both on
    the screen where one of them is.
    """

    place: Place
    stories: int = 0
    beside: int = 0
    stacked: bool = False

    def standing_with(self, pane: str) -> str:
        """Tells apart which panes are on the screen where ``pane`` has the keys."""
        if self.place == "alone":
            return pane
        if self.place == "right" or pane not in ("figures", "linked"):
            return "figures" if self.place == "below" else ""
        return "beside" if self.stacked else pane


def arranged(width: int, height: int, wanted: ScreenSettings) -> Arrangement:
    """The arrangement for a terminal of ``width`` columns and ``height`` lines. What is wanted
    gives way where the brief would have under 60 columns of text in 110 or more."""
    if width < ONE_PANE:
        return Arrangement("alone")
    place = _place(width, height, wanted)
    body = height - BARS
    brief = BRIEF if width >= READING else SHORT_BRIEF
    if place == "right":
        room = width - BRIEF
        suits = min(LISTS, max(36, room * 53 // 100))
        stories = max(LIST, min(wanted.list_width or suits, room - BESIDE, MOST))
        suits = min(BESIDES, max(36, width * 28 // 100))
        beside = max(BESIDE, min(wanted.beside_width or suits, room - stories, MOST))
        return Arrangement(place, stories, beside, stacked=True)
    suits = min(LISTS, width * 40 // 100)
    stories = max(LIST, min(wanted.list_width or suits, width - brief, MOST))
    if place == "hidden":
        return Arrangement(place, stories, stacked=body >= STACKED)
    suits = max(9, min(14, body * 3 // 10))
    most = min(body - LEAST_ABOVE, MOST_LINES)
    beside = max(LEAST_BELOW, min(wanted.beside_height or suits, most))
    return Arrangement("below", stories, beside)


def fits(place: str, width: int, height: int) -> bool:
    """Whether figures and links can stand there."""
    if place == "right":
        return width >= BRIEF + LIST + BESIDE
    return place != "below" or height - BARS >= LEAST_BELOW + LEAST_ABOVE


def _place(width: int, height: int, wanted: ScreenSettings) -> Place:
    match wanted.beside:
        case "right" | "below" | "hidden" as place if fits(place, width, height):
            return place
    if width >= BRIEF + 36 + 36:
        return "right"
    return "below" if height >= TALL else "hidden"


def next_place(now: Place, width: int, height: int) -> str:
    """The place after ``now`` that the terminal has room for; round and round."""
    ring = ("right", "below", "hidden")
    begin = ring.index(now) if now in ring else 0
    return next(p for n in (1, 2, 3) if fits(p := ring[(begin + n) % 3], width, height))


Sized = Literal["list_width", "beside_width", "beside_height"]


@dataclass(frozen=True, slots=True)
class Resized:
    """What a key made of the sizes. name: the setting that changed; None where none can."""

    wanted: ScreenSettings
    name: Sized | None = None


def resized(pane: str, steps: int, width: int, height: int, wanted: ScreenSettings) -> Resized:
    """A pane made wider or narrower by so many steps; the brief takes from the list, then from what
    stands at its right, or gives to it. Figures and links under the brief grow in lines."""
    now = arranged(width, height, wanted)
    ways: tuple[tuple[Sized, int], ...]
    if pane == "stories":
        ways = (("list_width", now.stories + steps * STEP),)
    elif pane in ("figures", "linked") and now.place == "right":
        ways = (("beside_width", now.beside + steps * STEP),)
    elif pane in ("figures", "linked") and now.place == "below":
        ways = (("beside_height", now.beside + steps * LINES_STEP),)
    else:
        ways = (("list_width", now.stories - steps * STEP),)
        if now.place == "right" and pane in ("brief", "source"):
            ways += (("beside_width", now.beside - steps * STEP),)
    for name, size in ways:
        other = replace(wanted, **{name: max(1, size)})  # type: ignore[arg-type]
        then = arranged(width, height, other)
        got = then.stories if name == "list_width" else then.beside
        if got != (now.stories if name == "list_width" else now.beside):
            return Resized(replace(wanted, **{name: got}), name)  # type: ignore[arg-type]
    return Resized(wanted)
