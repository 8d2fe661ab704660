"""Keys that write beside a story: tags, a note, read later, hiding an outlet in it."""

import asyncio
from concurrent.futures import Future
from dataclasses import replace

from textual import work

from briefing.model import BriefingError, Story
from briefing.model.tags import LATER, Note, note_text, same_tag
from briefing.ui.screens.list_writing import tagging_words
from briefing.ui.screens.read_state import ReadStateActions
from briefing.ui.targets import Comparison, Passage
from briefing.ui.undo import TakeBack


class WritingActions(ReadStateActions):
    """Works on the story that the panes show."""

    def act_tags(self) -> None:
        """Give the story tags, or take them away."""
        story = self.story
        if story is None:
            self.say("there is no story here to tag")
            return
        from briefing.ui.screens.tags import TagScreen

        known = [tag.name for tag in self.session.tags()]
        given = [tag.name for tag in self.session.story_tags(story.id)]
        self.app.push_screen(
            TagScreen(known, given, lambda name, given: self._tag(story.id, name, given))
        )

    def act_later(self) -> None:
        """Put the story on the shelf of what is read later, or take it off."""
        if self.story is None:
            self.say("there is no story here to read later")
            return
        tags = self.session.story_tags(self.story.id)
        self._tag(self.story.id, LATER, not any(same_tag(tag.name, LATER) for tag in tags))

    def _tag(self, story_id: str, name: str, given: bool) -> None:
        self._write(
            self.session.tag_story(story_id, name, given),
            tagging_words(name, given),
            lambda: [self.session.tag_story(story_id, name, not given)],
        )

    def act_note(self) -> None:
        """Write a note on the story, or change the last one."""
        story = self.story
        if story is None:
            self.say("there is no story here to write a note on")
            return
        from briefing.ui.screens.tags import NoteScreen

        notes = self.session.story_notes(story.id)
        old = notes[-1] if notes else None

        def done(text: str | None) -> None:
            if text is not None:
                self._note(story, old, text)

        self.app.push_screen(NoteScreen(old.text if old is not None else ""), done)

    def _note(self, story: Story, old: Note | None, text: str) -> None:
        kept = note_text(text)
        session = self.session
        if old is None and kept:
            adding = session.add_note(story.brief.lead, text)
            self._write(adding, "noted", lambda: self._drop(adding))
        elif old is not None and not kept:
            self._write(session.remove_note(old), "note dropped", lambda: [session.put_note(old)])
        elif old is not None and kept != " ".join(old.text.split("\n")):
            changed = replace(old, text=kept, made_at=session.clock())
            self._write(session.put_note(changed), "noted", lambda: [session.put_note(old)])

    def _drop(self, adding: "Future[Note | None]") -> "list[Future[None]]":
        note = adding.result()
        return [] if note is None else [self.session.remove_note(note)]

    def act_hide_outlet(self) -> None:
        """Hide the outlet of the line under the cursor in this story, or show the hidden again."""
        story = self.story
        if story is None:
            self.say("there is no story here")
            return
        source = self._outlet(story)
        hidden = sorted(self.session.hidden_outlets(story.id))
        if source is None and hidden:
            self._hide(story.id, hidden, False, f"shown again: {', '.join(hidden)}")
        elif source is None:
            self.say("go to a line of an outlet to hide it here")
        elif {a.source for a in story.brief.articles} == {source}:
            self.say(f"only {source} tells this story")
        else:
            self._hide(story.id, [source], True, f"{source} is hidden in this story")

    def _hide(self, story_id: str, sources: list[str], hidden: bool, words: str) -> None:
        self._write(
            self.session.hide_outlets(story_id, sources, hidden),
            words,
            lambda: [self.session.hide_outlets(story_id, sources, not hidden)],
        )

    def _outlet(self, story: Story) -> str | None:
        """The outlet of the line under the cursor, or of the article in the source view."""
        target = self.line_target
        article = target.article_id if isinstance(target, Passage | Comparison) else None
        if self.pane == "source" and self.source.passage is not None:
            article = self.source.passage.article_id
        found = (a.source for a in story.brief.articles if a.article_id == article)
        return next(found, None)

    @work(exclusive=False, group="writing")
    async def _write(self, writing: "Future[object]", words: str, back: TakeBack) -> None:
        """Wait until it is written, and show the story as it is now."""
        self.did(words, back, self.story.brief.headline if self.story is not None else "")
        try:
            await asyncio.shield(asyncio.wrap_future(writing))
        except BriefingError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self.show_again()

    def show_again(self) -> None:
        """The story as the store has it now, the cursors where they were."""
        if self.story is None:
            return
        with self.guarded():
            self.story = self.session.story(self.story.id)
            self.fill(keep=True)
