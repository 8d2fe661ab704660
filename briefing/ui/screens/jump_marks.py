"""Marks that one jumps to: a letter for a story, or for a place in an article, in this session."""

from collections.abc import Callable

from textual import events
from textual.screen import Screen

from briefing.model import BriefingError
from briefing.ui.formatting import truncate
from briefing.ui.screens.app_protocol import reader_app
from briefing.ui.targets import Spot

BEFORE = "'"
"""The mark of where one was before the last jump: the key that jumps, pressed twice."""


class JumpMarks(Screen[None]):
    """Sets marks and jumps to them."""

    _asked: Callable[[str], None] | None = None  # what the letter that is typed next is for

    @property
    def spot(self) -> Spot | None:
        """For subclasses: what stands under the cursor, where a mark can be set on it."""
        return None

    def say(self, words: str) -> None:
        """For subclasses: say something in the status line."""
        raise NotImplementedError

    def hush(self) -> None:
        """For subclasses: what was said goes."""
        raise NotImplementedError

    def act_set_mark(self) -> None:
        """The letter that is typed next marks what stands under the cursor."""
        spot = self.spot
        if spot is None:
            self.say("nothing here can be marked")
            return

        def take(letter: str) -> None:
            if letter.isalpha():
                reader_app(self).session.jump_marks[letter] = spot
                self.say(f"mark {letter}: {truncate(spot.name, 40)}")
            else:
                self.say("not marked: a mark is a letter")

        self._asked = take
        self.say("mark: type a letter")

    def act_jump(self) -> None:
        """Jump to the mark of the letter that is typed next."""
        marks = reader_app(self).session.jump_marks
        letters = " ".join(sorted(mark for mark in marks if mark != BEFORE))
        self._asked = self._jump
        self.say(f"jump to which mark? {letters}" if letters else "jump: no mark is set yet")

    def _jump(self, letter: str) -> None:
        marks = reader_app(self).session.jump_marks
        to = marks.get(letter)
        if letter == BEFORE and to is None:
            self.say("no jump was made yet")
        elif to is None and letter.isalpha():
            self.say(f"mark {letter} is not set")
        elif to is None:
            self.say("no jump: a mark is a letter")
        else:
            here = self.spot
            self.hush()  # the question is answered
            try:
                reader_app(self).go_to(to)
            except BriefingError:
                self.say(f"it is gone: {truncate(to.name, 40)}")
            else:
                marks.update({} if here is None else {BEFORE: here})

    def on_key(self, event: events.Key) -> None:
        """The letter of a mark is no key of an action."""
        if self._asked is not None:
            take, self._asked = self._asked, None
            event.stop()
            event.prevent_default()
            take(event.character or "")
