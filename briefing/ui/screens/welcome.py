"""The first run, and whenever feeds are to be added: four ways to begin."""

import asyncio
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from briefing.model import BriefingError
from briefing.ui.command_words import words_for_people
from briefing.ui.screens.app_protocol import reader_app
from briefing.ui.screens.feed_lists import path_typed
from briefing.ui.session import ReadingSession
from briefing.ui.widgets.line import Line
from briefing.ui.widgets.pick_list import PickList, step
from briefing.wording import format_count

_CHOICES = (
    ("sample", "Look at the sample edition", "a made-up morning, no network"),
    ("starter", "Pick starter feeds by topic", "well-known public feeds"),
    ("opml", "Import an OPML file", "from another reader"),
    ("address", "Paste an address", "a feed, or a site that has one"),
)


class WelcomeScreen(ModalScreen[None]):
    """A card with the ways to begin; each leads to a question or does its work at once."""

    CSS_PATH = "overlay.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (19, "-high")]  # noqa: RUF012

    BINDINGS: ClassVar = [
        Binding("escape,q", "leave", "Back, or close", id="welcome-leave"),
        Binding("ctrl+q", "quit", "End the program", id="welcome-quit"),
        Binding("j", "step(1)", "Down", id="welcome-down", show=False),
        Binding("k", "step(-1)", "Up", id="welcome-up", show=False),
        Binding("ctrl+s", "subscribe", "Add the chosen topics", id="welcome-subscribe"),
    ]

    def __init__(self, session: ReadingSession) -> None:
        super().__init__()
        self._session = session
        self._asked = ""

    def compose(self) -> ComposeResult:
        """The card."""
        with Vertical(id="card"):
            yield Static(
                "Your morning briefing: what happened, and what the headlines leave out.",
                id="intro",
                markup=False,
            )
            yield OptionList(
                *(Option(f"{title}\n  {about}", id=name) for name, title, about in _CHOICES),
                id="choices",
            )
            yield PickList(id="topics")
            yield Static("", id="inside", markup=False)
            yield Line(id="answer")
            yield Static(
                "enter chooses · esc closes · everything stays on this machine",
                id="message",
                markup=False,
            )

    def on_mount(self) -> None:
        """The cursor stands on the first way."""
        self._entitle()
        self.query_one("#choices").focus()

    def _entitle(self) -> None:
        """The card is called by the way that was chosen."""
        ways = {name: title for name, title, _ in _CHOICES if name != "sample"}
        self.query_one("#card").border_title = ways.get(self._asked, "Welcome to Briefing")

    def say(self, words: str) -> None:
        """Say something at the foot of the card."""
        self.query_one("#message", Static).update(words)

    @on(OptionList.OptionSelected, "#choices")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self._asked = event.option_id or ""
        self._entitle()
        if self._asked == "sample":
            self._sample()
        elif self._session.unwritable is not None:
            self._asked = ""
            self._entitle()
            self.say(str(self._session.unwritable))
        elif self._asked == "starter":
            self._topics()
        else:
            answer = self.query_one("#answer", Line)
            answer.placeholder = "path of the OPML file" if self._asked == "opml" else "https://…"
            answer.value = ""
            answer.add_class("asked")
            self.add_class("asking")
            answer.focus()
            self.say("enter goes on · esc goes back")

    def _sample(self) -> None:
        """The sample is another store: this reader gives way to one on it."""
        self.app.exit(return_code=SHOW_SAMPLE)

    def _topics(self) -> None:
        menu = self.query_one("#topics", PickList)
        menu.offer(
            [
                (topic, f"{topic} ({format_count(len(feeds), 'feed')})")
                for topic, feeds in starter_feeds().items()
            ]
        )
        menu.add_class("asked")
        self.query_one("#inside").add_class("asked")
        self.add_class("asking")
        menu.highlighted = 0
        menu.focus()
        self.say("space picks a topic · ctrl+s adds the feeds · esc goes back")

    @on(OptionList.OptionHighlighted, "#topics")
    def _inside(self, event: OptionList.OptionHighlighted) -> None:
        """The feeds of the topic under the cursor, before they are added."""
        titles = [feed["title"] for feed in starter_feeds().get(event.option_id or "", [])]
        self.query_one("#inside", Static).update(f"{event.option_id}: {', '.join(titles)}")

    @work(exclusive=True, group="welcome")
    async def action_subscribe(self) -> None:
        """Add the feeds of the topics that are picked, and fetch them."""
        picked = self.query_one("#topics", PickList).picked
        if self._asked != "starter" or not picked:
            self.say("space picks a topic first")
            return
        before = {row.feed.id for row in self._session.feed_rows()}
        chosen = {t: feeds for t, feeds in starter_feeds().items() if t in picked}
        adding = [self._session.add_feeds(feeds, topic) for topic, feeds in chosen.items()]
        try:
            added = sum([await asyncio.shield(asyncio.wrap_future(a)) for a in adding])
        except BriefingError as error:
            self.say(str(error))
            return
        self._session.feeds_were_added(before)
        self._begin(f"{format_count(added, 'feed')} added")

    @on(Input.Submitted, "#answer")
    def _answered(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        if not text:
            return
        if self._asked == "opml":
            try:
                path = path_typed(text)
            except ValueError as error:
                self.say(f"⚠ {error}\nesc goes back")
            else:
                self._command(["feeds", "import", str(path)])
        else:
            self._command(["feeds", "add", "-"], text)  # it may hold a password

    @work(exclusive=True, group="welcome")
    async def _command(self, words: list[str], given: str = "") -> None:
        self.say("working …")
        lines: list[str] = []
        before = {row.feed.id for row in self._session.feed_rows()}
        await self._session.have_let_go()
        code = await reader_app(self).run_beside(words, lines.append, given)
        output = words_for_people(lines)
        if code == 0 or (code == 1 and self._session.has_feeds()):
            self._session.feeds_were_added(before)
            self._begin(output or "added")
        else:
            problem = output or "that did not work: is the address or the path right?"
            self.say(f"⚠ {problem}\nenter tries again · esc goes back")

    def _begin(self, message: str) -> None:
        app = reader_app(self)
        self.dismiss()
        app.tell(message)
        app.refresh_feeds()

    def action_leave(self) -> None:
        """From a question to the ways, from the ways out."""
        if self._asked in ("starter", "opml", "address"):
            self._asked = ""
            self._entitle()
            self.remove_class("asking")
            self.query_one("#answer").remove_class("asked")
            self.query_one("#topics").remove_class("asked")
            self.query_one("#inside").remove_class("asked")
            self.query_one("#choices").focus()
            self.say("enter chooses · esc closes")
        else:
            self.dismiss()

    def action_quit(self) -> None:
        """Leave the reader."""
        self.app.exit()

    def action_step(self, steps: int) -> None:
        """Move the cursor of the menu that has the focus."""
        menu = self.focused
        if isinstance(menu, OptionList):
            step(menu, steps)


# The code with which the reader ends to be opened again on the sample.
SHOW_SAMPLE = 64


def starter_feeds() -> dict[str, list[dict[str, str]]]:
    """The packaged starter feeds by topic: title, url and site."""
    file = Path(__file__).resolve().parent.parent / "starter_feeds.toml"
    by_topic: dict[str, list[dict[str, str]]] = defaultdict(list)
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    for feed in data["feed"]:
        by_topic[feed["topic"]].append(feed)
    return dict(by_topic)
