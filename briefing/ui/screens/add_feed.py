"""Following a feed: its address, what it would bring, and the category it goes to."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from briefing.model import BriefingError, without_credentials
from briefing.model.codec import time_from_json
from briefing.text.clean import clean_line, shortened
from briefing.ui.command_words import words_for_people
from briefing.ui.formatting import format_time
from briefing.ui.screens.app_protocol import reader_app
from briefing.ui.session import ReadingSession
from briefing.ui.widgets.line import Line
from briefing.ui.widgets.pick_list import step
from briefing.wording import format_count

_LONGEST = 60  # characters of a title


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed as the command beside the reader found it. asked: the address that led there."""

    asked: str
    url: str
    title: str
    site_url: str | None
    language: str | None
    lines: tuple[str, ...]  # what it would bring, for showing


class AddFeedScreen(ModalScreen[bool]):
    """A card: an address, the feeds found there, what the one brings, its category. Gives whether
    a feed was added. Esc goes a step back."""

    CSS_PATH = "overlay.tcss"

    BINDINGS: ClassVar = [
        Binding("escape", "leave", "A step back", id="add-feed-leave"),
        Binding("j", "step(1)", "Down", id="add-feed-down", show=False),
        Binding("k", "step(-1)", "Up", id="add-feed-up", show=False),
    ]

    def __init__(self, session: ReadingSession, category: str = "") -> None:
        """category: what is proposed."""
        super().__init__()
        self._session = session
        self._category = category
        self._step = "address"
        self._keys = ""  # what the keys do in this step
        self._found: FoundFeed | None = None

    def compose(self) -> ComposeResult:
        """The card with every step; one shows at a time."""
        known = sorted({row.feed.category for row in self._session.feed_rows()} - {""})
        with Vertical(id="card"):
            yield Static("The address of a feed, or of a site that has one.", id="about")
            yield Line(placeholder="coast.example", id="answer", classes="asked")
            yield OptionList(id="found")
            yield Line(
                self._category,
                placeholder="a category, or nothing",
                id="category",
                suggester=SuggestFromList(known, case_sensitive=False),
            )
            yield Static("", id="message", markup=False)

    def on_mount(self) -> None:
        """The cursor stands in the line for the address."""
        self.query_one("#card").border_title = "Add a feed"
        self._show("address")

    def _show(self, step: str) -> None:
        self._step = step
        fields = {"address": "#answer", "several": "#found", "category": "#category"}
        for name, selector in fields.items():
            self.query_one(selector).display = name == step
        self.query_one(fields[step]).focus()
        about, keys = {
            "address": (
                "The address of a feed, or of a site that has one.",
                "enter looks what is there · esc goes back",
            ),
            "several": ("This site has several feeds.", "enter takes one · esc goes back"),
            "category": ("", "enter adds it to this category · esc goes back"),
        }[step]
        if step == "category" and self._found is not None:
            about = "\n".join(self._found.lines)
        self.query_one("#about", Static).update(Content(about))
        self._keys = keys
        self.say(keys)

    def say(self, words: str) -> None:
        """Say something at the foot of the card."""
        self.query_one("#message", Static).update(words)

    def fail(self, words: str) -> None:
        """Say what went wrong, above the keys."""
        self.say(f"⚠ {words}\n{self._keys}")

    # ── The address ──────────────────────────────────────────────────────────────────────────

    @on(Input.Submitted, "#answer")
    def _address_given(self, event: Input.Submitted) -> None:
        event.stop()
        if address := event.value.strip():
            self._look(address)

    @on(OptionList.OptionSelected, "#found")
    def _one_chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id:
            self._look(event.option_id)

    @work(exclusive=True, group="add-feed")
    async def _look(self, address: str) -> None:
        self.say("looking …")
        lines: list[str] = []
        # By its input: an address may hold a password, and arguments are seen by every user.
        await reader_app(self).run_beside(["feeds", "add", "-", "--preview"], lines.append, address)
        try:
            answer = json.loads("\n".join(lines))
        except ValueError:
            self.fail(words_for_people(lines) or "that did not work")
            return
        if not isinstance(answer, Mapping):
            return
        self._answered(address, answer)

    def _answered(self, address: str, answer: Mapping[str, Any]) -> None:
        if problem := answer.get("error"):
            mend = f" {problem['mend']}." if problem["mend"] else ""
            self.fail(clean_line(f"{problem['what']}.{mend}"))
        elif several := answer.get("feeds"):
            menu = self.query_one("#found", OptionList)
            menu.clear_options()
            for feed in several:
                words = clean_line(f"{feed['title'] or feed['kind']}  {feed['url']}")
                menu.add_option(Option(Content(words), id=feed["url"]))
            menu.highlighted = 0
            self._show("several")
        else:
            self._found = self._found_feed(address, answer)
            self._show("category")

    def _found_feed(self, address: str, answer: Mapping[str, Any]) -> FoundFeed:
        feed = answer["feed"]
        now = self._session.clock().astimezone()
        title = clean_line(feed["title"] or "")
        count = format_count(feed["entries"], "entry", "entries")
        url = clean_line(feed["url"])
        lines = [title or url, f"{url} · {count}"]
        if answer["note"]:
            lines.append(clean_line(answer["note"]))
        for entry in feed["first"]:
            published = time_from_json(entry["published_at"])
            when = f"{format_time(published, now)}  " if published is not None else ""
            lines.append(f"  {when}{shortened(clean_line(entry['title']), _LONGEST)}")
        if not feed["entries"]:
            lines.append("It has no entries now.")
        return FoundFeed(
            address,
            feed["url"],
            title,
            feed["site_url"],
            feed["language"],
            tuple(lines),
        )

    # ── The category ─────────────────────────────────────────────────────────────────────────

    @on(Input.Submitted, "#category")
    def _category_given(self, event: Input.Submitted) -> None:
        event.stop()
        if self._found is not None:
            self._add(self._found, clean_line(event.value))

    @work(exclusive=True, group="add-feed")
    async def _add(self, found: FoundFeed, category: str) -> None:
        name = found.title or found.url
        before = {row.feed.id for row in self._session.feed_rows()}
        if without_credentials(found.asked) != found.asked:
            # What was told of it has no password; the command takes the address as it was typed.
            lines: list[str] = []
            words = ["feeds", "add", "-", f"--category={category}"]
            await self._session.have_let_go()
            if await reader_app(self).run_beside(words, lines.append, found.asked):
                self.fail(words_for_people(lines))
                return
        else:
            adding = self._session.add_feed(
                found.url, found.title, found.site_url, category, found.language
            )
            try:
                feed = await asyncio.shield(asyncio.wrap_future(adding))
                self._session.stay(feed.id)  # it may have been removed a moment ago
            except BriefingError as error:
                self.fail(clean_line(str(error)))
                return
            if feed.id in before:
                self.fail(f"{feed.display_name} is followed already.")
                return
        self._session.feeds_were_added(before)
        self.dismiss(True)
        self.app.notify(f"Added {name}. Its articles are being fetched.")
        reader_app(self).refresh_feeds()

    # ── Leaving ──────────────────────────────────────────────────────────────────────────────

    def action_leave(self) -> None:
        """From the preview to the address, from there out."""
        if self._step == "address":
            self.dismiss(False)
        else:
            self._show("address")

    def action_step(self, steps: int) -> None:
        """Move the cursor of the menu."""
        step(self.query_one("#found", OptionList), steps)
