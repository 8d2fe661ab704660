"""One picture of an article, on a screen of its own over the text, which stays as it was."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from briefing.model import BriefingError, Feed, FetchError, Picture, as_failure
from briefing.text import clean_line
from briefing.text.urls import host_and_port
from briefing.ui.panes.pictures import picture_words
from briefing.ui.screens.app_protocol import reader_app
from briefing.ui.screens.article_actions import show_page
from briefing.ui.screens.base import Moves, ReaderScreen
from briefing.ui.session import ReadingSession
from briefing.ui.widgets.status_bar import StatusBar
from briefing.ui.widgets.styles import plain_title

if TYPE_CHECKING:
    from PIL.Image import Image


_KEYS = (("open-page", "in the browser"), ("back", "back to the text"))
_OTHERS = (("down", ""), ("up", "the others"))


class PictureScreen(ReaderScreen):
    """A picture with what it shows, its size and its server; j and k go to the others."""

    CSS_PATH = "picture.tcss"

    def __init__(
        self, session: ReadingSession, pictures: Sequence[Picture], number: int, feed: Feed | None
    ) -> None:
        """``feed``: whose article shows them."""
        super().__init__()
        self._session = session
        self._pictures = pictures
        self._number = number
        self._feed = feed
        self._image: Image | None = None
        self._widget: Widget | None = None
        self.FOOT = (*_OTHERS, *_KEYS) if len(pictures) > 1 else _KEYS

    def compose(self) -> ComposeResult:
        """The picture, what it shows, and the foot."""
        with Vertical(id="frame"):
            with Container(id="stage"):
                yield Static(id="state", markup=False)
            yield Static(id="words", markup=False)
        yield Static("Briefing needs 40 × 12", id="small")
        yield StatusBar(id="foot")

    def on_mount(self) -> None:
        """Ask for the picture."""
        self._show()

    @property
    def picture(self) -> Picture:
        """The picture that is shown or waited for."""
        return self._pictures[self._number]

    def _show(self) -> None:
        picture = self.picture
        frame, words = self.query_one("#frame"), self.query_one("#words", Static)
        several = f" {self._number + 1} of {len(self._pictures)}" if len(self._pictures) > 1 else ""
        frame.border_title = plain_title(f"Picture{several}")
        host = clean_line(host_and_port(picture.url))
        frame.border_subtitle = plain_title(host)
        words.update(Content(picture_words(picture) if picture.words else ""))
        words.display = bool(picture.words)
        self._say_state(f"fetching it from {host} …")
        self._fetch(picture)

    def _say_state(self, words: str) -> None:
        if self._widget is not None:
            self._widget.remove()
            self._widget = None
        self._image = None
        state = self.query_one("#state", Static)
        state.update(Content(words))
        state.display = True

    @work(group="picture", exclusive=True)
    async def _fetch(self, picture: Picture) -> None:
        from PIL import Image

        try:
            raster = await reader_app(self).pictures.get(picture.url, self._feed)
            image = Image.open(BytesIO(raster.jpeg), formats=("JPEG",))
            image.load()
        except Exception as error:  # noqa: BLE001 - whatever a picture brings about is told
            failure = as_failure(error, "the picture cannot be shown", picture.url)
            self._say_state(_told(failure))
            return
        host = clean_line(host_and_port(picture.url))
        size = f"{raster.width} × {raster.height} {raster.kind}"
        self.query_one("#frame").border_subtitle = plain_title(f"{size} · {host}")
        self._draw(image)

    def _draw(self, image: "Image") -> None:
        from briefing.ui.widgets.picture import picture_widget

        self.query_one("#state").display = False
        self._image = image
        self._widget = picture_widget(image)
        self._fit()
        self.query_one("#stage").mount(self._widget)

    def _fit(self) -> None:
        """The largest size in which the whole picture is seen."""
        if self._image is None or self._widget is None:
            return
        from briefing.ui.widgets.picture import fitting

        room = self.query_one("#stage").content_size
        columns, lines = fitting(self._image.size, (room.width, room.height))
        self._widget.styles.width, self._widget.styles.height = columns, lines

    def on_resize(self, event: events.Resize) -> None:
        """The picture takes the room that there is now."""
        super().on_resize(event)
        self.call_after_refresh(self._fit)

    # ── What the moving keys move over ───────────────────────────────────────────────────────

    @property
    def _mover(self) -> Moves:
        return self

    def move(self, steps: int) -> None:
        """So many pictures on, or back."""
        number = min(max(0, self._number + steps), len(self._pictures) - 1)
        if number == self._number:
            last = "the last" if steps > 0 else "the first"
            only = len(self._pictures) == 1
            self.refuse("the article has no other picture" if only else f"this is {last} picture")
            return
        self._number = number
        self._said += 1  # the screen tells that something was done
        self._show()

    def page(self, steps: int) -> None:
        """As many pictures."""
        self.move(steps)

    def top(self) -> None:
        """To the first picture."""
        self.move(-self._number)

    def bottom(self) -> None:
        """To the last picture."""
        self.move(len(self._pictures) - 1 - self._number)

    def choose(self) -> None:
        """Nothing lies behind a picture."""

    def act_open_page(self) -> None:
        """Open the picture's address in the browser."""
        show_page(self, self._session, self.picture.url)

    def act_back(self) -> None:
        """Back to the text, as it was."""
        self.dismiss()

    act_picture = act_back
    act_leave = act_back


def _told(error: BriefingError) -> str:
    """What went wrong and the mend, a line each. The server's name stands in the border; what mends
    a feed that its server refuses is no mend for a picture."""
    refused = isinstance(error, FetchError) and error.status is not None
    parts = (clean_line(part) for part in (error.what, "" if refused else error.mend))
    return "\n".join(part for part in parts if part)
