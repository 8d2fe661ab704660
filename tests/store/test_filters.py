"""A filter means the same in SQL and of a row; a condition more is a field and a line."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.model import (
    ArticleFilter,
    ArticleRow,
    Basis,
    CaveatKind,
    Ranking,
    ReadState,
    StoryFilter,
    StoryRow,
)
from briefing.store import Store
from briefing.store.filters import (
    ARTICLE_CONDITIONS,
    STORY_CONDITIONS,
    Condition,
    article_matches,
    compile_articles,
    story_matches,
)
from briefing.store.rows import ARTICLE_COLUMNS, article_row_of
from tests.store.builders import NOW, ago, article, brief, digest, entry, window


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Articles of three feeds and their stories, some of each kind."""
    path: Path = tmp_path_factory.mktemp("filters") / "store.sqlite3"
    with Store.open(path) as store:
        feeds = [
            store.add_feed(f"https://{n}.example/feed", f"Outlet {n}", category=f"C{n % 2}").id
            for n in range(3)
        ]
        for n in range(12):
            store.add_entries(feeds[n % 3], [entry(str(n), hours=n)], NOW)
        for n, waiting in enumerate(store.entries_to_extract(99)):
            basis = list(Basis)[n % 3]
            made = replace(article(waiting.article_id), basis=basis, opinion=n % 4 == 0)
            store.save_article(waiting.article_id, made)
            store.save_digest(waiting.article_id, digest(store.article(waiting.article_id)))
        names = [row.id for row in store.article_rows(limit=99)]
        for n, name in enumerate(names):
            told = brief(name, weight=1 + n % 3, hours=[n])
            story = store.save_story(None, told, Ranking(float(n)), category=f"C{n % 2}")
            store.set_starred(story, n % 5 == 0)
            store.set_article_starred(name, n % 3 == 0)
            if n % 4 == 1:
                store.mark_read([story], NOW)
            if n % 4 == 2:
                store.mark_seen(story, NOW)
        yield store


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


times = st.integers(-1, 13).map(ago)
article_filters = st.builds(
    ArticleFilter,
    feed_id=maybe(st.sampled_from(["1", "2", "3", "77"])),
    category=maybe(st.sampled_from(["C0", "C1", "none'; --"])),
    outlet=maybe(st.sampled_from(["Outlet 0", "Outlet 2", ""])),
    since=maybe(times),
    until=maybe(times),
    read=maybe(st.booleans()),
    starred=maybe(st.booleans()),
    opinion=maybe(st.booleans()),
    basis=maybe(st.sampled_from(Basis)),
)
story_filters = st.builds(
    StoryFilter,
    since=maybe(times),
    category=maybe(st.sampled_from(["C0", "C1", "x"])),
    state=maybe(st.sampled_from(ReadState)),
    starred=maybe(st.booleans()),
    opinion=maybe(st.booleans()),
    caveat_kind=maybe(st.sampled_from(CaveatKind)),
    least_outlets=maybe(st.integers(0, 3)),
)
ONE_STORE = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@ONE_STORE
@given(chosen=article_filters)
def test_a_filter_of_articles_means_the_same_in_sql_and_of_a_row(
    mixed: Store, chosen: ArticleFilter
) -> None:
    rows = mixed.article_rows(limit=99)
    expected = [row for row in rows if article_matches(chosen, row)]
    assert mixed.article_rows(chosen, limit=99) == expected


@ONE_STORE
@given(chosen=story_filters)
def test_a_filter_of_stories_means_the_same_in_sql_and_of_a_row(
    mixed: Store, chosen: StoryFilter
) -> None:
    rows = mixed.edition_rows(window(24), limit=99)
    expected = [r for r in rows if story_matches(replace(chosen, since=window(24).since), r)]
    assert mixed.edition_rows(window(24), chosen=chosen, limit=99) == expected


def test_the_rows_are_of_every_kind(mixed: Store) -> None:
    """Else the two tests above would hold of nothing."""
    articles, stories = mixed.article_rows(limit=99), mixed.edition_rows(window(24), limit=99)
    assert {(row.starred, row.opinion) for row in articles} == {
        (a, b) for a in (True, False) for b in (True, False)
    }
    assert {row.basis for row in articles} == set(Basis)
    assert {row.state for row in stories} >= {ReadState.UNREAD, ReadState.READ, ReadState.SEEN}
    assert {row.caveat_kind for row in stories} != {None}


@pytest.mark.parametrize(
    ("kind", "conditions"),
    [(ArticleFilter, ARTICLE_CONDITIONS), (StoryFilter, STORY_CONDITIONS)],
)
def test_every_field_of_a_filter_has_its_meaning(
    kind: type, conditions: dict[str, Condition]
) -> None:
    assert [field.name for field in fields(kind)] == list(conditions)


@dataclass(frozen=True, slots=True)
class ToyFilter(ArticleFilter):
    """A field more: one line here, one line in the table of conditions."""

    title_begins: str | None = None


TOY = {
    **ARTICLE_CONDITIONS,
    "title_begins": Condition(
        "substr(article.title, 1, length(:title_begins)) = :title_begins",
        lambda row, v: row.title.startswith(v),
    ),
}


@pytest.mark.parametrize("begin", ["Bridge report 1", "", "nothing"])
def test_a_toy_condition_takes_two_lines(mixed: Store, begin: str) -> None:
    chosen = ToyFilter(title_begins=begin, since=ago(11))
    where, values = compile_articles(chosen, TOY)
    found: list[ArticleRow] = [
        article_row_of(row)
        for row in mixed._rows(
            f"SELECT {ARTICLE_COLUMNS} FROM article WHERE {where}"  # noqa: S608
            " ORDER BY published DESC",
            values,
        )
    ]
    rows = mixed.article_rows(limit=99)
    assert found == [row for row in rows if article_matches(chosen, row, TOY)]
    assert all(row.published >= NOW - timedelta(hours=11) for row in found)


def test_a_story_row_is_asked_as_a_list_is(mixed: Store) -> None:
    row: StoryRow = mixed.edition_rows(window(24))[0]
    assert story_matches(StoryFilter(), row)
    assert not story_matches(StoryFilter(least_outlets=99), row)
