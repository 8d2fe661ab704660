"""A feed or a page changes its text between two refreshes: over real sockets, to the news of it."""

import json

from briefing.editions import read_article, read_story
from briefing.store import Store
from briefing.stories import snapshot
from briefing.stories.changes import article_changes
from briefing.wording import change_line
from tests.fake_web import Newsroom
from tests.feed_builders import Item, article_page, rss
from tests.refresh.conftest import FERRY, FERRY_ITEM, Clock, dump, paragraphs, run

NOTICE = "Correction: an earlier version of this article gave a wrong number of islanders."


def changed(*lines: str) -> Item:
    return Item(
        title=FERRY_ITEM.title,
        link=FERRY_ITEM.link,
        content=paragraphs(*lines),
        published=FERRY_ITEM.published,
        guid=FERRY_ITEM.guid,
    )


def test_a_silent_change_is_digested_anew_and_told_with_the_old_wording(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    store.add_feed(room.feed("/1.xml", rss("Outlet", [FERRY_ITEM])), "Outlet")
    run(store, clock)
    (row,) = store.article_rows()
    looked = clock()
    before = store.digest(row.id)
    clock.pass_by(hours=2)
    lines = [line.replace("340", "430") for line in FERRY if "denied" not in line]
    room.feed("/1.xml", rss("Outlet", [changed(*lines)]))
    assert run(store, clock).digested == 1

    after = store.digest(row.id)
    assert after is not None
    assert before is not None
    assert "430" in after.article.text
    assert before.article.text != after.article.text
    (story,) = store.edition_rows(store.window(clock()))
    revision = read_article(store, row.id).revision
    assert revision is not None
    assert revision.first.text == before.article.text
    assert revision.silent
    assert {c.kind for c in revision.changes} == {"reworded", "removed"}
    assert ("340", "430") in {n for c in revision.changes for n in c.numbers}
    (change,) = article_changes(store.brief(story.id), {row.id: revision})
    line = change_line(change)
    assert line.startswith("Outlet silently changed its article: 4 sentences reworded, 4")
    assert change.place.evidence
    assert all("430" in span.of(after.article.text) for span in change.place.evidence)
    store.mark_looked(story.id, looked, json.dumps(snapshot(store.brief(story.id))))
    assert change in read_story(store, story.id).changed


def test_a_correction_is_no_silent_change(room: Newsroom, store: Store, clock: Clock) -> None:
    store.add_feed(room.feed("/1.xml", rss("Outlet", [FERRY_ITEM])), "Outlet")
    run(store, clock)
    (row,) = store.article_rows()
    clock.pass_by(hours=2)
    room.feed("/1.xml", rss("Outlet", [changed(*FERRY, NOTICE)]))
    run(store, clock)
    revision = read_article(store, row.id).revision
    assert revision is not None
    assert [c.notice for c in revision.changes] == ["correction"]
    assert not revision.silent


def test_a_third_refresh_of_the_same_changes_nothing(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    store.add_feed(room.feed("/1.xml", rss("Outlet", [FERRY_ITEM])), "Outlet")
    run(store, clock)
    clock.pass_by(hours=2)
    room.feed("/1.xml", rss("Outlet", [changed(*FERRY, NOTICE)]))
    run(store, clock)
    kept = dump(store.path)
    assert len(kept["first_text"]) == 1
    clock.pass_by(hours=2)
    run(store, clock, force=True)
    assert dump(store.path) == kept


def test_a_page_that_is_changed_behind_an_unchanged_teaser_is_found_by_its_time(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    def atom_of(updated: str) -> str:
        return (
            '<feed xmlns="http://www.w3.org/2005/Atom"><title>Outlet</title><id>urn:o</id>'
            f"<updated>{updated}</updated><entry><id>urn:a</id><title>{FERRY_ITEM.title}</title>"
            f'<link href="{room.url("/ferry-stops")}"/><summary>The ferry.</summary>'
            f"<published>{FERRY_ITEM.published:%Y-%m-%dT%H:%M:%SZ}</published>"
            f"<updated>{updated}</updated></entry></feed>"
        )

    lines = FERRY[:7]
    room.put("/ferry-stops", article_page(FERRY_ITEM.title, lines))
    published = f"{FERRY_ITEM.published:%Y-%m-%dT%H:%M:%SZ}"
    store.add_feed(room.feed("/1.xml", atom_of(published)), "Outlet")
    run(store, clock)
    (row,) = store.article_rows()
    edited = [line.replace("ten days", "two weeks") for line in lines]
    room.put("/ferry-stops", article_page(FERRY_ITEM.title, edited))
    clock.pass_by(hours=2)
    room.feed("/1.xml", atom_of(f"{clock():%Y-%m-%dT%H:%M:%SZ}"))
    run(store, clock)
    assert room.count("/ferry-stops") == 2
    first = store.first_text(row.id)
    assert first is not None
    assert "for ten days" in first.text
    assert "for two weeks" in store.article(row.id).text

    room.remove("/ferry-stops")
    clock.pass_by(hours=2)
    room.feed("/1.xml", atom_of(f"{clock():%Y-%m-%dT%H:%M:%SZ}"))
    run(store, clock)
    assert "for two weeks" in store.article(row.id).text  # the page is gone, what was read is not
