"""What becomes of the stories that are kept when a brief of certain articles is saved.

Values in, values out: the store reads what it holds and carries the plan out, both in one
transaction, so that two refreshes at once make one story.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from briefing.model.stories import ReadState


@dataclass(frozen=True, slots=True)
class KeptArticle:
    """An article as it is kept: the story it is in, if any, and whether it was read."""

    article_id: str
    story_id: str | None
    is_read: bool


@dataclass(frozen=True, slots=True)
class KeptStory:
    """A story as it is kept. brief: its text. article_ids: all its articles."""

    story_id: str
    state: ReadState
    brief: str
    article_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class StoryPlan:
    """What saving does. Stories and articles that it does not name stay as they are.

    story_id: the story to write to, None for a new one. state: what the reader knows of it then.
    released: the articles that leave it. retold: the stories that lose some of their articles to
    it; these and the released are due for linking again. merged: the stories that lose all.
    """

    story_id: str | None
    state: ReadState
    released: tuple[str, ...]
    retold: tuple[str, ...]
    merged: tuple[str, ...]


def same_story(articles: Sequence[KeptArticle], stories: Sequence[KeptStory]) -> str | None:
    """The first of ``stories`` that holds some of ``articles`` and no other; None: they are new."""
    told = _ids(articles)
    homes = {article.story_id for article in articles}
    return next(
        (s.story_id for s in stories if s.story_id in homes and s.article_ids <= told), None
    )


def plan_story(
    target: KeptStory | None,
    brief: str,
    articles: Sequence[KeptArticle],
    stories: Sequence[KeptStory],
    *,
    deserves_unread: bool = False,
) -> StoryPlan:
    """How a brief is kept as the story ``target``, or as a new one where that is None.

    articles: those that it tells, which are then the story's, and no others. stories: those that
    the articles are in. A read story that gets an article becomes updated; with
    ``deserves_unread``, and something new in its brief, unread. A new story whose articles have all
    been read is read.
    """
    told = _ids(articles)
    others = [s for s in stories if target is None or s.story_id != target.story_id]
    if target is None:
        is_known = all(article.is_read for article in articles)
        state = ReadState.READ if is_known else ReadState.UNREAD
    else:
        grown = not told <= target.article_ids
        is_new = grown or target.brief != brief
        state = _next_state(target.state, grown=grown, unread=is_new and deserves_unread)
    return StoryPlan(
        story_id=None if target is None else target.story_id,
        state=state,
        released=() if target is None else tuple(sorted(target.article_ids - told)),
        retold=tuple(s.story_id for s in others if not s.article_ids <= told),
        merged=tuple(s.story_id for s in others if s.article_ids <= told),
    )


def joined_state(states: Iterable[ReadState]) -> ReadState:
    """What the reader knows of several stories together: read where all were, updated where one."""
    known = set(states)
    if len(known) == 1:
        return known.pop()
    if known & {ReadState.READ, ReadState.UPDATED}:
        return ReadState.UPDATED
    return ReadState.SEEN


def _next_state(state: ReadState, *, grown: bool, unread: bool) -> ReadState:
    if unread:
        return ReadState.UNREAD
    if grown and state is ReadState.READ:
        return ReadState.UPDATED
    return state


def _ids(articles: Collection[KeptArticle]) -> frozenset[str]:
    return frozenset(article.article_id for article in articles)
