"""Lists by pages, counts, search: complete, in order, and never by way of a whole table."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.model import (
    Article,
    ArticleFilter,
    ArticleRow,
    Block,
    Picture,
    Span,
    StoryFilter,
    StoryRow,
)
from briefing.store import Store, edition
from briefing.store.rows import blocks_from_text, blocks_to_text
from tests.store.builders import NOW, ago, article, digest, entry, filled, story_of, window


def many_stories(store: Store, scores: list[tuple[float, float]]) -> list[str]:
    """Rows of stories with (score, hours before NOW), as a refresh would leave them."""
    return [
        str(
            store._run(
                "INSERT INTO story (headline, outlets, articles, latest, score, category)"
                " VALUES ('Bridge', 1, 1, ?, ?, 'Coast')",
                (int(ago(hours).timestamp()), score),
            ).lastrowid
        )
        for score, hours in scores
    ]


def pages(store: Store, hours: float, limit: int, category: str | None = None) -> list[StoryRow]:
    rows: list[StoryRow] = []
    after = None
    while page := store.edition_rows(
        window(hours), chosen=StoryFilter(category=category), after=after, limit=limit
    ):
        rows += page
        after = page[-1]
    return rows


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    scores=st.lists(st.tuples(st.sampled_from([1.0, 2.5, 3.0]), st.integers(0, 48)), max_size=25),
    limit=st.integers(1, 7),
    few=st.sampled_from([0, 1000]),
)
def test_pages_of_the_edition_hold_each_story_of_the_window_once_best_first(
    store: Store, scores: list[tuple[float, float]], limit: int, few: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edition, "FEW", few)  # small windows are sorted, large ones walked
        store._run("DELETE FROM story")
        names = many_stories(store, scores)
        rows = pages(store, 24, limit)
    expected = [
        (-score, int(name))
        for name, (score, hours) in zip(names, scores, strict=True)
        if hours <= 24
    ]
    assert [(-row.score, int(row.id)) for row in rows] == sorted(expected)


def test_the_edition_of_one_category(store: Store) -> None:
    names = filled(store, 2)
    coast = story_of(store, names[0])
    store._run("UPDATE story SET category = 'Port' WHERE id <> ?", (int(coast),))
    assert [row.id for row in pages(store, 24, 5, "Coast")] == [coast]
    assert pages(store, 24, 5, "Nothing") == []


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(hours=st.lists(st.integers(0, 5), max_size=20), limit=st.integers(1, 6))
def test_pages_of_articles_hold_each_once_newest_first(
    store: Store, hours: list[int], limit: int
) -> None:
    store._run("DELETE FROM article")
    feeds = [store.add_feed(f"https://{n}.example/f", category=f"c{n % 2}").id for n in range(3)]
    for n, hour in enumerate(hours):
        store.add_entries(feeds[n % 3], [entry(str(n), hours=hour)], NOW)

    def all_of(feed: str | None = None, category: str | None = None) -> list[ArticleRow]:
        rows: list[ArticleRow] = []
        before = None
        while page := store.article_rows(
            ArticleFilter(feed_id=feed, category=category), before, limit
        ):
            rows += page
            before = page[-1]
        return rows

    everything = all_of()
    assert len({row.id for row in everything}) == len(everything) == len(hours)
    keys = [(row.published, int(row.id)) for row in everything]
    assert keys == sorted(keys, reverse=True)
    for feed in feeds:
        titles = {f"Bridge report {n}" for n in range(len(hours)) if feeds[n % 3] == feed}
        assert {row.title for row in all_of(feed)} == titles
    assert all_of(category="c0") + all_of(category="c1") != [] or not hours
    assert len(all_of(category="c0")) + len(all_of(category="c1")) == len(hours)


def test_counts_of_an_edition(store: Store) -> None:
    names = filled(store, 4)
    (untold,) = filled(store, 1, feed_url="https://gazette.example/feed")
    store.add_feed("https://quiet.example/feed")
    first = story_of(store, names[0], names[1])
    second = story_of(store, names[2])
    story_of(store, names[3], hours=50)
    store.mark_seen(second, NOW)
    counts = store.edition_counts(window(24), line=1)
    assert (counts.stories, counts.above, counts.articles) == (2, 1, 3)
    assert (counts.sources, counts.unread) == (1, 1)
    assert store.edition_counts(window(24), line=9).above == 2
    assert store.edition_counts(window(0), line=9).stories == 0
    assert store.next_unread(window(24)) == store.story_row(first)
    story_of(store, untold)
    assert store.edition_counts(window(24), line=1).sources == 2


def test_the_next_unread_follows_the_cursor(store: Store) -> None:
    names = many_stories(store, [(9, 1), (8, 1), (7, 1), (6, 90), (5, 1)])
    store.mark_seen(names[1], NOW)
    rows = store.edition_rows(window(24))
    following = store.next_unread(window(24), after=rows[0])
    assert following is not None
    assert following.id == names[2]
    last = store.next_unread(window(24), after=following)
    assert last is not None
    assert last.id == names[4]
    assert store.next_unread(window(24), after=last) is None


# ── Search ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def library(store: Store) -> Store:
    """Three articles that differ in their words."""
    texts = (
        ("Flood at the port", "The flooding closed the port.\nNobody was hurt."),
        ("Harbour fair", "The fair opened. A flood of visitors came to the port."),
        ("Café opens", "Ada Brun's café “Zur Brücke” opened by the ferry."),
    )
    for name, (title, text) in zip(filled(store, 3), texts, strict=True):
        made = article(name, text=text, title=title)
        store.save_article(name, made)
        store.save_digest(name, digest(made))
    return store


def found(store: Store, query: str) -> set[str]:
    return {row.title for row in store.search(query)}


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("port", {"Flood at the port", "Harbour fair"}),
        ("PORT fair", {"Harbour fair"}),
        ('"flood of visitors"', {"Harbour fair"}),
        ('"visitors of flood"', set()),
        ("flooding", {"Flood at the port"}),
        ("visit*", {"Harbour fair"}),
        ("visit", {"Harbour fair"}),
        ("port -fair", {"Flood at the port"}),
        ('port -"flood of"', {"Flood at the port"}),
        ("cafe", {"Café opens"}),
        ("brucke", {"Café opens"}),
        ("brun's", {"Café opens"}),
        ("-port", {"Café opens"}),
        ("", {"Flood at the port", "Harbour fair", "Café opens"}),
        ("port NOT fair", {"Flood at the port"}),
        ("title:port", {"Flood at the port"}),
        ("f*", set()),
        ('"port', {"Flood at the port", "Harbour fair"}),
        ("ferry-boat", set()),
        ("(port)", {"Flood at the port", "Harbour fair"}),
    ],
)
def test_what_a_query_finds(library: Store, query: str, titles: set[str]) -> None:
    assert found(library, query) == titles


def test_newest_first_or_best_first(library: Store) -> None:
    assert [row.title for row in library.search("flood")] == ["Flood at the port", "Harbour fair"]
    best = library.search("port", order="best")
    assert best[0].title == "Flood at the port"
    assert library.search("port", order="best", limit=1, offset=1) == best[1:]
    assert [row.title for row in library.search("port", ArticleFilter(since=ago(1.5)))] == [
        "Flood at the port"
    ]


def test_a_snippet_is_plain_text_around_the_hit_in_one_line(library: Store) -> None:
    (row,) = library.search("nobody")
    assert row.snippet == "The flooding closed the port. Nobody was hurt."
    (row,) = library.search("fair")
    assert "fair" in row.snippet


def test_text_that_looks_like_markup_stays_as_it_is(store: Store) -> None:
    (name,) = filled(store, 1)
    text = "[bold]He said[/bold] <b>so & so</b> ]]>."
    store.save_article(name, article(name, text=text, title="[red]Bridge"))
    (row,) = store.search("so")
    assert row.snippet == text
    assert row.title == "[red]Bridge"


def test_a_title_is_found_before_its_text_is_there(store: Store) -> None:
    feed = store.add_feed("https://courier.example/feed")
    store.add_entries(feed.id, [entry("a", title="Lighthouse sold")], NOW)
    (row,) = store.search("lighthouse")
    assert (row.title, row.snippet) == ("Lighthouse sold", "")
    assert store.article(row.id).text == ""


def test_what_changed_or_went_is_not_found_any_more(library: Store) -> None:
    (row,) = library.search("nobody")
    made = article(row.id, text="Somebody was hurt.", title=row.title)
    library.save_article(row.id, made)
    assert found(library, "nobody") == set()
    assert found(library, "somebody") == {row.title}
    library.remove_feed(library.feeds()[0].id)
    assert found(library, "port") == set()
    assert library.check() == ()


# ── The ways that SQLite takes ───────────────────────────────────────────────────────────────

BOUNDED = (
    # Sorted in memory, but never more than so many rows.
    "INDEXED BY story_by_latest WHERE story.latest",  # FEW
    "FROM search",  # MOST_HITS, or chapter candidates
    "FROM feed",  # hundreds of feeds at most
)


class Shown(NamedTuple):
    """What the reader has before it."""

    store: Store
    story: StoryRow
    article: ArticleRow


READS: dict[str, Callable[[Shown], object]] = {
    "edition": lambda t: t.store.edition_rows(window(24)),
    "edition, next page": lambda t: t.store.edition_rows(window(24), after=t.story),
    "edition of a category": lambda t: t.store.edition_rows(
        window(24), chosen=StoryFilter(category="Coast")
    ),
    "counts": lambda t: t.store.edition_counts(window(24), 9),
    "next unread": lambda t: t.store.next_unread(window(24), t.story),
    "starred": lambda t: t.store.starred_rows(after=t.story),
    "story": lambda t: t.store.story(t.story.id),
    "story row": lambda t: t.store.story_row(t.story.id),
    "snapshot": lambda t: t.store.snapshot(t.story.id),
    "story articles": lambda t: t.store.story_articles(t.story.id),
    "article": lambda t: t.store.article(t.article.id),
    "digest": lambda t: t.store.digest(t.article.id),
    "articles": lambda t: t.store.article_rows(before=t.article),
    "articles of a feed": lambda t: t.store.article_rows(ArticleFilter(feed_id="1"), t.article),
    "articles of a category": lambda t: t.store.article_rows(ArticleFilter(category="Coast")),
    "starred after": lambda t: t.store.starred_rows(after=t.store.article_rows(limit=1)[0]),
    "feed rows": lambda t: t.store.feed_rows(),
    "search": lambda t: t.store.search("bridge", ArticleFilter(since=ago(5))),
    "search, best": lambda t: t.store.search("bridge", order="best"),
    "chapters": lambda t: t.store.chapter_candidates(["bridge"], since=ago(9), before=NOW),
    "to extract": lambda t: t.store.entries_to_extract(5, NOW),
    "has work": lambda t: t.store.has_work(NOW),
    "to digest": lambda t: t.store.articles_to_digest(5),
    "to link": lambda t: t.store.articles_to_link(5),
    "linked": lambda t: t.store.linked_items(ago(72), NOW),
    "seen": lambda t: t.store.mark_seen(t.story.id, NOW),
    "mark read": lambda t: t.store.mark_read([t.story.id], NOW),
    "entries": lambda t: t.store.add_entries("1", [replace(entry("new"), guid="n")], NOW),
    "last visit": lambda t: t.store.last_visit(),
}


@pytest.mark.parametrize("few", [0, 1000])
@pytest.mark.parametrize("what", READS)
def test_no_read_goes_through_or_sorts_a_whole_table(
    store: Store, monkeypatch: pytest.MonkeyPatch, what: str, few: int
) -> None:
    monkeypatch.setattr(edition, "FEW", few)
    names = filled(store, 2)
    story = store.story_row(story_of(store, *names))
    statements: list[str] = []
    store._connection.set_trace_callback(statements.append)
    READS[what](Shown(store, story, store.article_row(names[0])))
    store._connection.set_trace_callback(None)
    asked = [s for s in statements if re.match(r"\s*(SELECT|UPDATE|INSERT|DELETE)", s)]
    assert asked
    for sql in asked:
        steps = [row["detail"] for row in store._rows(f"EXPLAIN QUERY PLAN {sql}")]
        bounded = any(piece in sql for piece in BOUNDED)
        for step in steps:
            if step.startswith("USE TEMP B-TREE"):
                assert bounded, (sql, steps)
            if step.startswith("SCAN") and not re.match(
                r"SCAN (json_each|search VIRTUAL|\(|CONSTANT|\d+ CONSTANT|feed\b|visit\b)", step
            ):
                pytest.fail(f"{sql}\n{steps}")


def test_opening_and_the_first_page_take_a_handful_of_statements(store: Store) -> None:
    story_of(store, *filled(store, 2))
    statements: list[str] = []
    with Store.open(store.path) as reader:
        reader._connection.set_trace_callback(statements.append)
        assert len(reader.edition_rows(window(24))) == 1
    assert len(statements) == 2
    assert not any("check" in sql for sql in statements)


def test_texts_are_those_of_the_articles_asked_for_and_of_no_other(store: Store) -> None:
    first, second, _ = filled(store, 3)
    store.save_article(second, article(second, text="Another text of the port."))
    found = store.texts([first, second, "999", "x", ""])
    assert set(found) == {first, second}
    assert found[second] == "Another text of the port."
    assert store.texts([]) == {}


def test_pictures_are_kept_beside_the_blocks_and_go_with_them() -> None:
    pictures = (
        Picture("https://paper.example/a.png", "The mole", 0),
        Picture("https://paper.example/b.png", "", 9),
    )
    blocks = (Block("heading", Span(0, 3), 2),)
    told = Article("1", "One.\nTwo.", blocks=blocks, pictures=pictures)
    assert blocks_from_text(blocks_to_text(told)) == (blocks, pictures)
    assert blocks_from_text('[["heading",0,3,2]]') == (blocks, ())  # of an earlier version
