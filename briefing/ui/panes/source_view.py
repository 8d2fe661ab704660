"""The source of a line: its article's text, at the sentence."""

import asyncio
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from textual import events, work
from textual.content import Content
from textual.worker import Worker

from briefing.editions import ArticleReading
from briefing.model import Link, Place, Span
from briefing.ui.formatting import reading_minutes
from briefing.ui.panes.link_choice import LinkChoice
from briefing.ui.targets import OldWordings, Page, Passage, SourceSentence, Spot
from briefing.ui.widgets.running_text import RunningText
from briefing.ui.widgets.wrapped_list import Item

if TYPE_CHECKING:
    from briefing.ui.panes.marking import Marking

AT_ONCE = 300
"""Sentences that are drawn at once; of a longer article those around the cursor are."""
_A_TURN = 50  # items of the rest that are drawn before keys are looked at again


def _around(sentences: Sequence[Span], near: Span | None) -> Span | None:
    """The stretch of a long article that is drawn at once; None: all."""
    if len(sentences) <= AT_ONCE:
        return None
    at = 0 if near is None else bisect_left(sentences, near.start, key=lambda s: s.end)
    first = max(0, min(at - AT_ONCE // 4, len(sentences) - AT_ONCE // 2))
    last = min(first + AT_ONCE // 2, len(sentences)) - 1
    return Span(sentences[first].start, sentences[last].end)


class SourceView(RunningText):
    """Shows one article at a passage of it. Whoever shows it reads the article."""

    def __init__(
        self,
        places: dict[str, Span] | None = None,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        """``places``: where each article was read last, by its id; kept there."""
        super().__init__(id=id)
        self._places = places if places is not None else {}
        self._words = 0
        self._offered = 0
        self._has_opened = False
        self._own_title: Content | None = None  # while another stands in its place
        self._rest: Worker[None] | None = None
        self._reading: ArticleReading | None = None
        self._now: datetime | None = None
        self._unfolded = False
        self._marks_names = False
        self._marking: Marking | None = None
        self._note = ""
        self._choice: LinkChoice | None = None
        self.passage: Passage | None = None
        self.tells_pictures = False  # a line for each of the article's

    @property
    def reading(self) -> ArticleReading | None:
        """The article that is shown."""
        return self._reading

    @property
    def url(self) -> str | None:
        """The address of the article's page."""
        return self._reading.article.url if self._reading is not None else None

    @property
    def outlet(self) -> str:
        """Whose article it is."""
        return (self._reading.article.source or "") if self._reading is not None else ""

    @property
    def spot(self) -> Spot | None:
        """The article, at the sentence under the cursor."""
        if self._reading is None:
            return None
        article, here = self._reading.article, self.current
        sentence = here.span if isinstance(here, SourceSentence) else None
        return Spot(article.title or self.outlet, article=article.id, sentence=sentence)

    def open(self, passage: Passage, reading: ArticleReading, now: datetime) -> None:
        """Show the article of ``passage``, the cursor at its sentence. ``now``: local time."""
        self._reading, self._now = reading, now
        self._unfolded = passage.changed
        self._marks_names = self._marks_names and not passage.changed
        self._note = ""
        self.passage = passage
        self._choose(None)
        self.redraw()

    def move_to(self, index: int) -> None:
        """Put the cursor on an item; how far the article was read is kept."""
        super().move_to(index)
        here = self.current
        if isinstance(here, SourceSentence) and self.passage is not None:
            self._places[self.passage.article_id] = here.span
        self._subtitle()

    def complete(self, reading: ArticleReading, note: str) -> None:
        """Show more of the same article: its text, or what feeds its bullets. The cursor stays at
        its sentence, where it has one. ``note``: what is to be said of it, beside its time.
        """
        here = self.current
        self._reading, self._note = reading, note
        self.redraw(keep=here is not None)
        if isinstance(here, SourceSentence):
            targets = ((i, item.target) for i, item in enumerate(self.items))
            same = (
                i
                for i, t in targets
                if isinstance(t, SourceSentence) and t.span.overlaps(here.span)
            )
            self.move_to(next(same, self.cursor or 0))

    def choose(self) -> None:
        """Enter: on the line that tells of changes, the old wordings come and go."""
        if isinstance(self.current, OldWordings):
            self.show_old_wordings()
        else:
            super().choose()

    def show_old_wordings(self) -> str:
        """Show what stood there of an article that was changed, or hide it. Returns which, or why
        there is nothing to show, in words.
        """
        if self._reading is None or self._reading.revision is None:
            return "no change of this article was seen since it was first fetched"
        self._unfolded, self._marks_names = not self._unfolded, False
        self.redraw(keep=True, beside=True)
        if not self._unfolded:
            return "the old wording is hidden"
        return "the old wording is shown: what went is struck, what came underlined"

    def mark_names(self) -> str:
        """Mark the figures and names that the article's digest found, or do so no longer. Returns
        what is marked now, or why nothing is, in words.
        """
        if self._marks_names:
            self._marks_names = False
            self.redraw(keep=True, beside=True)
            return "figures and names are no longer marked"
        from briefing.ui.panes.marking import Marking

        marking = Marking.of(self._reading) if self._reading is not None else None
        if marking is None:
            return "the figures and names of this article are not known"
        if not marking.words:
            return "no figure and no name was found in this article"
        self._marks_names, self._unfolded = True, False  # new words are underlined too
        self.redraw(keep=True, beside=True)
        return f"marked: {marking.words}"

    def redraw(self, *, keep: bool = False, beside: bool = False) -> None:
        """Draw the article anew, as in another theme; with ``keep`` the cursor stays. ``beside``:
        its line stays too, and what is shown of a long article until all of it is drawn.
        """
        if self._reading is None or self.passage is None or self._now is None:
            return
        from briefing.ui.panes.article_text import place_of
        from briefing.ui.panes.marking import Marking
        from briefing.ui.panes.source import iter_source

        self._marking = Marking.of(self._reading) if self._marks_names else None
        if self._rest is not None:
            self._rest.cancel()
        here = self.current if keep else None
        near = here.span if isinstance(here, SourceSentence) else self.passage.focus
        if near is None and not keep and not self.passage.changed:
            near = self._places.get(self.passage.article_id)
        within = _around(self._reading.sentences, near)
        draw = partial(
            iter_source,
            self._reading,
            self.passage,
            self.theme_styles,
            self._now,
            unfolded=self._unfolded,
            note=self._note,
            marking=self._marking,
            pictures=self.tells_pictures,
        )
        choice = self._choice
        if choice is not None and len(self.links) != self._offered:
            self._choose(None)  # what was offered is not what is there now
        self._words = len(self._reading.article.text.split())
        if beside:
            self._rest = self._draw_rest(draw()) if within is not None else None
            if within is None:
                layout = self.new_layout(list(draw()))
                layout.lay_out()
                self.replace_around_cursor(layout)
            self._subtitle()
            return
        items = list(draw(within=within))
        self.show(items, cursor=place_of(items, near), keep=keep and within is None)
        self._subtitle()
        if within is not None:
            self._rest = self._draw_rest(draw())

    @work(group="rest", exclusive=True)
    async def _draw_rest(self, items: Iterator[Item]) -> None:
        """Draw all of a long article whose part is shown, between the keys that are pressed."""
        whole: list[Item] = []
        for item in items:
            whole.append(item)
            if len(whole) % _A_TURN == 0:
                await asyncio.sleep(0)
        layout = self.new_layout(whole)
        for _ in iter(lambda: layout.lay_out(_A_TURN), False):
            await asyncio.sleep(0)
        self.replace_around_cursor(layout)
        self._subtitle()

    def _subtitle(self) -> None:
        """What stands in the lower border: the link that is being chosen, or how long the rest
        takes to read, which of the outlets this is, and what is marked.
        """
        outlets = len(self._outlet_places())
        parts = [self._time_left()]
        if outlets > 1:
            parts.append(f"{self._outlet_index() + 1} of {outlets} outlets  {{ }}")
        if self._marking is not None:
            parts.append(f"{self._marking.words or 'no figures, no names'} marked")
        words = " · ".join(part for part in parts if part)
        if self._choice is not None:
            words = self._choice.words
        if words != self.border_subtitle:
            self.border_subtitle = words

    def _time_left(self) -> str:
        """The minutes from the cursor's sentence to the end; none for what takes one or less."""
        here, length = self.current, len(self._reading.article.text) if self._reading else 0
        if reading_minutes(self._words) < 2 or not isinstance(here, SourceSentence):
            return ""
        return f"{reading_minutes(self._words * (length - here.span.start) // length)} min left"

    # ── Links ────────────────────────────────────────────────────────────────────────────────

    @property
    def links(self) -> list[Link]:
        """What the article links to, in the order of its numbers."""
        from briefing.ui.panes.article_text import numbered_links

        return numbered_links(self._reading.article) if self._reading is not None else []

    def choose_link(self, *, by_hint: bool = False) -> str:
        """Let the keys that follow choose a link, by its number or by a letter shown on it; it is
        told as a line that was entered. Returns why there is nothing to choose, or no words.
        """
        labels = self.labels_on_screen() if by_hint else []
        links = len(self.links)
        if not links:
            return "this article has no links"
        if by_hint and not labels:
            return "no link is on the screen: # and its number opens one"
        self._choose(LinkChoice.by_hint(labels) if by_hint else LinkChoice.by_number(links))
        return ""

    def _choose(self, choice: LinkChoice | None) -> None:
        self._choice, self._offered = choice, len(self.links)
        self.show_hints(choice.hints if choice is not None else {})
        self._subtitle()
        self._show_choice_in_title()

    def _show_choice_in_title(self) -> None:
        """In a narrow terminal there is no lower border: the title says what is to be typed."""
        if self._choice is None:
            if self._own_title is not None:
                self.border_title, self._own_title = self._own_title, None
        elif self.styles.border_bottom[0] in ("", "none"):
            if self._own_title is None:
                self._own_title = self._border_title or Content("")
            self.border_title = self._choice.words

    def on_key(self, event: events.Key) -> None:
        """While a link is being chosen the keys belong to it; any other key ends that. An Enter
        after the number that opened one is not one more.
        """
        choice, has_opened, self._has_opened = self._choice, self._has_opened, False
        if choice is None and not (has_opened and event.key == "enter"):
            return
        event.stop()
        event.prevent_default()
        if choice is None:
            return
        if event.key == "enter" and choice.chosen is not None:
            self._open_link(choice.chosen)
        elif event.key == "backspace" and choice.typed:
            self._choose(replace(choice, typed=choice.typed[:-1]))
        elif event.character and event.character.isalnum():
            choice = choice.with_key(event.character)
            if choice.is_decided and choice.chosen is not None:
                self._open_link(choice.chosen)
                self._has_opened = choice.kind == "number"
            else:
                self._choose(choice if choice.is_possible else None)
        else:
            self._choose(None)

    def on_click(self, event: events.Click) -> None:
        """A click on a link opens it; one on other words is a list's."""
        at = event.get_content_offset(self)
        number = self.link_at(at.x, at.y) if at is not None else None
        if number is not None:
            event.prevent_default()
            self._open_link(number)

    def _open_link(self, number: int) -> None:
        self._choose(None)
        link = self.links[number - 1]
        self.post_message(self.Chosen(self, Page(link.url or "", link.title)))

    def on_blur(self) -> None:
        """The focus went elsewhere: nothing is being chosen any more."""
        if self._choice is not None:
            self._choose(None)

    def jump(self, step: int) -> None:
        """To the next (1) or previous (-1) sentence that feeds a bullet or is the evidence."""
        marked = [
            i
            for i, item in enumerate(self.items)
            if isinstance(item.target, SourceSentence) and item.target.marked
        ]
        here = self.cursor or 0
        ahead = (
            [i for i in marked if i > here] if step > 0 else [i for i in marked if i < here][::-1]
        )
        if ahead:
            self.move_to(ahead[0])

    def _outlet_places(self) -> list[Place]:
        """The places of the same point, one an article."""
        by_article: dict[str, Place] = {}
        for place in self.passage.places if self.passage is not None else ():
            by_article.setdefault(place.article_id, place)
        return list(by_article.values())

    def _outlet_index(self) -> int:
        here = self.passage.article_id if self.passage is not None else ""
        places = enumerate(self._outlet_places())
        return next((i for i, place in places if place.article_id == here), 0)

    def in_outlet(self, step: int) -> Passage | None:
        """The same point in the next (1) or previous (-1) outlet, round and round; None where no
        other outlet has it."""
        places = self._outlet_places()
        if self.passage is None or len(places) < 2:
            return None
        return self.passage.at(places[(self._outlet_index() + step) % len(places)])
