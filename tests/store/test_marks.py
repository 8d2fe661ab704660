"""What the reader has seen, read and starred, and how it is taken back."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.model import ArticleRow, Ranking, StoreError, StoryRow, Window
from briefing.store import Store
from briefing.store.marks import UNDO_RECORDS
from tests.store.builders import NOW, ago, brief, filled, story_of, window


def marks(store: Store) -> list[tuple[object, ...]]:
    """Everything that marking may change, as it stands."""
    stories = store._rows("SELECT id, state, read_at, seen_at, is_starred FROM story ORDER BY id")
    articles = store._rows("SELECT id, is_read, is_starred FROM article ORDER BY id")
    return [tuple(row) for row in (*stories, *articles)]


def test_seen_comes_only_to_the_unread(store: Store) -> None:
    name = story_of(store, *filled(store, 1))
    store.mark_seen(name, NOW)
    assert store.story_row(name).state == "seen"
    store.mark_read([name], NOW)
    store.mark_seen(name, NOW)
    assert store.story_row(name).state == "read"


def test_reading_a_story_reads_the_articles_it_tells(store: Store) -> None:
    one, two = filled(store, 2)
    name = story_of(store, one)
    store.mark_read([name, "999", "nonsense"], NOW)
    assert {row.id: row.read for row in store.article_rows()} == {one: True, two: False}
    store.unmark_read([name])
    assert store.story_row(name).state == "unread"
    assert not store.article_row(one).read


def test_undo_restores_exactly_what_was(store: Store) -> None:
    names = filled(store, 5)
    stories = [story_of(store, name) for name in names]
    store.mark_seen(stories[1], NOW)
    store.mark_read([stories[2]], ago(3))
    store.save_story(stories[3], brief(names[3]), Ranking(1.0))
    store.mark_article_read(names[4])
    before = marks(store)

    token = store.mark_all_read(window(), NOW)

    assert token.stories == 4
    assert {store.story_row(name).state.value for name in stories} == {"read"}
    assert store.undo(token) == 4
    assert marks(store) == before
    assert store.undo(token) == 0


def test_all_read_means_the_window(store: Store) -> None:
    new, old = filled(store, 2)
    inside, outside = story_of(store, new), story_of(store, old, hours=50)
    store.mark_all_read(window(24), NOW)
    assert store.story_row(inside).state == "read"
    assert store.story_row(outside).state == "unread"


def test_undo_after_the_story_was_merged_away_does_no_harm(store: Store) -> None:
    a, b = (story_of(store, name) for name in filled(store, 2))
    token = store.mark_read([a, b], NOW)
    store.merge_stories(a, b)
    assert store.undo(token) == 1
    assert store.story_row(a).state == "unread"


def test_only_the_last_markings_are_kept_for_undo(store: Store) -> None:
    name = story_of(store, *filled(store, 1))
    first = store.mark_read([name], NOW)
    for _ in range(UNDO_RECORDS):
        store.mark_read([name], NOW)
    assert store.undo(first) == 0
    assert store._value("SELECT count(*) FROM undo") == UNDO_RECORDS
    assert store._value("SELECT count(*) FROM undo_story") == 0


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    actions=st.lists(
        st.tuples(st.sampled_from(["seen", "read", "unread", "star"]), st.integers(1, 4)),
        max_size=10,
    ),
    chosen=st.sets(st.integers(1, 4)),
)
def test_undo_restores_exactly_what_was_whatever_went_before(
    store: Store, actions: list[tuple[str, int]], chosen: set[int]
) -> None:
    if not store.article_rows():
        for name in filled(store, 4):
            story_of(store, name)
    for action, number in actions:
        match action:
            case "seen":
                store.mark_seen(str(number), NOW)
            case "read":
                store.mark_read([str(number)], NOW)
            case "unread":
                store.unmark_read([str(number)])
            case _:
                store.set_starred(str(number), not store.story_row(str(number)).starred)
    before = marks(store)
    token = store.mark_read([str(number) for number in chosen], NOW)
    store.undo(token)
    assert marks(store) == before


def test_what_was_shown_is_kept_with_the_time_and_survives_a_refresh(store: Store) -> None:
    (article,) = filled(store, 1)
    name = story_of(store, article)
    assert store.snapshot(name) is None
    assert store.story(name).looked_at is None
    store.mark_looked(name, NOW, '{"outlets": ["Coast Courier"]}')
    store.save_story(name, brief(article, headline="Bridge open"), Ranking(1.0))
    assert store.snapshot(name) == '{"outlets": ["Coast Courier"]}'
    assert store.story(name).looked_at == NOW


def test_stars_on_stories_and_articles(store: Store) -> None:
    names = filled(store, 3)
    stories = [story_of(store, name, hours=h) for h, name in enumerate(names, 1)]
    store.set_starred(stories[0], True)
    store.set_starred(stories[2], True)
    store.set_article_starred(names[1], True)
    assert [type(row).__name__ for row in store.starred_rows()] == [
        "StoryRow",
        "ArticleRow",
        "StoryRow",
    ]
    assert [row.id for row in store.starred_rows()] == [stories[0], names[1], stories[2]]
    store.set_starred(stories[0], False)
    assert [row.id for row in store.starred_rows()] == [names[1], stories[2]]


@given(
    stories=st.lists(st.integers(0, 3), max_size=6),
    articles=st.lists(st.integers(0, 3), max_size=6),
    size=st.integers(1, 4),
)
@settings(max_examples=40, deadline=None)
def test_the_pages_of_what_is_starred_hold_each_row_once_newest_first(
    stories: list[int], articles: list[int], size: int
) -> None:
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "s.sqlite3") as store:
        for time in stories:
            store._run(
                "INSERT INTO story (headline, outlets, articles, latest, score, is_starred)"
                " VALUES ('h', 1, 1, ?, 1.0, 1)",
                (time,),
            )
        for number, time in enumerate(articles):
            store._run(
                "INSERT INTO article (guid, title, source, published, dated, fetched_at,"
                " content_hash, is_starred) VALUES (?, 't', 's', ?, 1, 1, 'v', 1)",
                (str(number), time),
            )
        rows: list[StoryRow | ArticleRow] = []
        while page := store.starred_rows(after=rows[-1] if rows else None, limit=size):
            rows += page
        assert rows == store.starred_rows(limit=99)
        assert len({(type(row), row.id) for row in rows}) == len(stories) + len(articles)
        times = [r.latest if isinstance(r, StoryRow) else r.published for r in rows]
        assert times == sorted(times, reverse=True)


def test_marks_on_a_story_that_is_not_there_are_errors_of_ours(store: Store) -> None:
    with pytest.raises(StoreError, match="no story"):
        store.mark_seen("1", NOW)
    with pytest.raises(StoreError, match="no story"):
        store.set_starred("1", True)
    with pytest.raises(StoreError, match="no story"):
        store.mark_looked("1", NOW, "{}")


def test_the_first_window_is_a_day(store: Store) -> None:
    visit = store.begin_visit(NOW)
    assert visit.last is None
    assert store.window(NOW, visit=visit) == Window(ago(24), NOW)


@pytest.mark.parametrize(("away", "covers"), [(2, 24), (24, 24), (40, 40), (72, 72), (400, 72)])
def test_a_window_reaches_back_to_the_last_visit_at_most_three_days(
    store: Store, away: int, covers: int
) -> None:
    earlier = store.begin_visit(ago(away + 1))
    store.end_visit(earlier, ago(away))
    assert store.window(NOW) == window(covers)
    visit = store.begin_visit(NOW)
    assert visit.last == ago(away)
    # During the visit it is the one before that counts.
    later = NOW + timedelta(hours=1)
    assert store.window(later, visit=visit).since <= later - timedelta(hours=24)
    assert store.last_visit() == NOW


def test_a_visit_that_was_cut_off_counts_from_its_beginning(store: Store) -> None:
    store.begin_visit(ago(30))
    assert store.begin_visit(NOW).last == ago(30)
