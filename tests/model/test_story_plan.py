"""Which story a brief is kept as, what becomes of the others, and what the reader knows then."""

import pytest

from briefing.model import (
    KeptArticle,
    KeptStory,
    ReadState,
    StoryPlan,
    joined_state,
    plan_story,
    same_story,
)

READ, SEEN, UNREAD, UPDATED = (
    ReadState.READ,
    ReadState.SEEN,
    ReadState.UNREAD,
    ReadState.UPDATED,
)


def _article(name: str, story: str | None = None, *, read: bool = False) -> KeptArticle:
    return KeptArticle(name, story, read)


def _story(name: str, *articles: str, state: ReadState = UNREAD) -> KeptStory:
    return KeptStory(name, state, "old", frozenset(articles))


def test_articles_without_a_story_make_a_new_one() -> None:
    plan = plan_story(None, "new", [_article("1"), _article("2")], [])
    assert plan == StoryPlan(None, UNREAD, (), (), ())


@pytest.mark.parametrize(("second", "state"), [(True, READ), (False, UNREAD)])
def test_a_new_story_is_read_where_all_its_articles_were(second: bool, state: ReadState) -> None:
    articles = [_article("1", read=True), _article("2", read=second)]
    assert plan_story(None, "new", articles, []).state is state


def test_the_same_story_is_the_oldest_whose_articles_are_all_here() -> None:
    articles = [_article("1", "7"), _article("2", "8"), _article("3", "9"), _article("4")]
    stories = [_story("7", "1", "5"), _story("8", "2"), _story("9", "3")]
    assert same_story(articles, stories) == "8"
    assert same_story(articles, stories[:1]) is None
    assert same_story([_article("4")], stories) is None


def test_articles_that_leave_are_released_and_stories_that_lose_some_are_told_anew() -> None:
    target = _story("7", "1", "5")
    stories = [target, _story("8", "2", "6"), _story("9", "3")]
    articles = [_article("1", "7"), _article("2", "8"), _article("3", "9")]
    plan = plan_story(target, "new", articles, stories)
    assert (plan.story_id, plan.released) == ("7", ("5",))
    assert (plan.retold, plan.merged) == (("8",), ("9",))


def test_saving_again_what_is_kept_changes_nothing() -> None:
    for state in ReadState:
        target = _story("7", "1", state=state)
        plan = plan_story(target, "old", [_article("1", "7")], [target], deserves_unread=True)
        assert plan == StoryPlan("7", state, (), (), ())


@pytest.mark.parametrize(
    ("before", "article", "brief", "deserves", "after"),
    [
        (READ, "2", "new", False, UPDATED),
        (SEEN, "2", "new", False, SEEN),
        (READ, "1", "new", False, READ),
        (READ, "1", "new", True, UNREAD),
        (READ, "1", "old", True, READ),
        (UPDATED, "2", "old", True, UNREAD),
    ],
)
def test_what_the_reader_knows_of_a_story_that_changes(
    before: ReadState, article: str, brief: str, deserves: bool, after: ReadState
) -> None:
    target = _story("7", "1", state=before)
    articles = [_article("1", "7"), *([_article(article)] if article != "1" else [])]
    plan = plan_story(target, brief, articles, [target], deserves_unread=deserves)
    assert plan.state is after


@pytest.mark.parametrize(
    ("states", "joined"),
    [
        ((READ, READ), READ),
        ((READ, UNREAD), UPDATED),
        ((UPDATED, SEEN), UPDATED),
        ((SEEN, UNREAD), SEEN),
        ((UNREAD, UNREAD), UNREAD),
    ],
)
def test_what_the_reader_knows_of_joined_stories(
    states: tuple[ReadState, ...], joined: ReadState
) -> None:
    assert joined_state(states) is joined
