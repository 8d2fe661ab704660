"""A picture in cells of the terminal, by textual-image (the extra ``images``)."""

import fcntl
import io
import os
import struct
import sys
import termios
from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING

from textual.widget import Widget

if TYPE_CHECKING:
    from PIL.Image import Image

_USUAL_CELL = (10, 20)
_SIXEL_PROGRAMS = frozenset({"WezTerm", "mlterm", "contour"})
_SIXEL_TERMS = ("foot", "mlterm", "contour", "yaft")


def has_library() -> bool:
    """Whether the extra is installed; imports nothing."""
    return find_spec("textual_image") is not None and find_spec("PIL") is not None


def protocol(environment: Mapping[str, str] = os.environ) -> str:
    """How the terminal shows pictures: ``kitty``, ``sixel`` or ``blocks``.

    By what it says of itself in the environment: an answer to a question would come in among the
    keys that are typed. Within tmux, screen and a browser neither protocol is sure to arrive.
    """
    term = environment.get("TERM", "")
    if "TMUX" in environment or "STY" in environment or term.startswith(("tmux", "screen")):
        return "blocks"
    if "TEXTUAL_DRIVER" in environment:
        return "blocks"
    if term == "xterm-kitty" or "KITTY_WINDOW_ID" in environment:
        return "kitty"
    if environment.get("TERM_PROGRAM") in _SIXEL_PROGRAMS or term.startswith(_SIXEL_TERMS):
        return "sixel"
    return "blocks"


def picture_widget(image: "Image") -> Widget:
    """The widget that shows ``image`` in the best way that the terminal has."""
    cell = _cell_size()
    _import_silently(cell or _USUAL_CELL)
    from textual_image import widget

    kinds: Mapping[str, type[Widget]] = {
        "kitty": widget.TGPImage,
        "sixel": widget.SixelImage,
        "blocks": widget.HalfcellImage,
    }
    return kinds[protocol() if cell else "blocks"](image)  # type: ignore[arg-type]


def fitting(size: tuple[int, int], room: tuple[int, int]) -> tuple[int, int]:
    """Columns and lines for a picture of so many pixels in a room of so many columns and lines.

    A cell is taken to be twice as high as wide; a small picture gets a column a pixel at most.
    """
    (width, height), (columns, lines) = size, room
    across = max(1, min(columns, width, lines * 2 * width // max(1, height)))
    return across, max(1, min(lines, round(across * height / (2 * width))))


def _cell_size() -> tuple[int, int] | None:
    """Pixels of a cell, across and down, where the system knows them (tty_ioctl, TIOCGWINSZ)."""
    terminal = sys.__stdout__
    if terminal is None or not terminal.isatty():
        return None
    try:
        answer = fcntl.ioctl(terminal.fileno(), termios.TIOCGWINSZ, bytes(8))
    except OSError:
        return None
    lines, columns, width, height = struct.unpack("HHHH", answer)
    across, down = width // max(1, columns), height // max(1, lines)
    return (across, down) if across and down else None


def _import_silently(cell: tuple[int, int]) -> None:
    """Import the library without its questions to the terminal; ``cell``: what it would ask.

    It asks as it is imported, writing to the terminal and reading keys, which are the reader's
    while the application runs. Where the output is no terminal it asks nothing, and takes the size
    of a cell from the environment.
    """
    if "textual_image.widget" in sys.modules:
        return
    told = dict(zip(("TEXTUAL_CELL_WIDTH", "TEXTUAL_CELL_HEIGHT"), map(str, cell), strict=True))
    before = {name: os.environ.get(name) for name in told}
    terminal, sys.__stdout__ = sys.__stdout__, io.StringIO()  # type: ignore[misc, assignment]
    os.environ.update(told)
    try:
        import textual_image.widget  # noqa: F401
    finally:
        sys.__stdout__ = terminal  # type: ignore[misc]
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
