"""Keys that write beside an article, shown or under the cursor of a list: tags, read later."""

from collections.abc import Sequence

from briefing.model import ArticleRow, StoryRow
from briefing.model.tags import LATER, Tag, same_tag
from briefing.ui.screens.base import ReaderScreen
from briefing.ui.session import ReadingSession

ListedRow = ArticleRow | StoryRow


class ListWriting(ReaderScreen):
    """Needs ``_session`` and the row that is meant; the same key takes back what it gave."""

    _session: ReadingSession

    def listed_row(self) -> ListedRow | None:
        """The line under the cursor, where the list has the focus."""
        raise NotImplementedError

    def act_later(self) -> None:
        """Put the line on the shelf of what is read later, or take it off."""
        row = self.listed_row()
        if row is None:
            self.refuse("go to an article to read it later")
            return
        given = not any(same_tag(tag.name, LATER) for tag in self._tags_of(row))
        self._give(row, LATER, given)

    def act_tags(self) -> None:
        """Give the line tags, or take them away."""
        row = self.listed_row()
        if row is None:
            self.refuse("go to an article to tag it")
            return
        from briefing.ui.screens.tags import TagScreen

        known = [tag.name for tag in self._session.tags()]
        given = [tag.name for tag in self._tags_of(row)]
        self.app.push_screen(
            TagScreen(known, given, lambda name, given: self._give(row, name, given))
        )

    def _tags_of(self, row: ListedRow) -> Sequence[Tag]:
        if isinstance(row, StoryRow):
            return self._session.story_tags(row.id)
        return self._session.article_tags(row.id)

    def _give(self, row: ListedRow, name: str, given: bool) -> None:
        is_story = isinstance(row, StoryRow)
        tag = self._session.tag_story if is_story else self._session.tag_article
        tag(row.id, name, given)
        words = tagging_words(name, given)
        self.did(words, lambda: [tag(row.id, name, not given)], title_of(row))


def title_of(row: ListedRow) -> str:
    """What a line of a list is called."""
    return row.headline if isinstance(row, StoryRow) else row.title


def tagging_words(name: str, given: bool) -> str:
    """What was done with a tag."""
    if same_tag(name, LATER):
        return "to be read later" if given else "no longer to be read later"
    return f"#{name} given" if given else f"#{name} taken away"
