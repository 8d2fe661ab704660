"""Stories are told by the quick judge first; then the edition is judged anew, without any news."""

from datetime import timedelta

import pytest

from briefing.config import Settings
from briefing.digest.caveats.judges import NoJudge, judge_for
from briefing.digest.pipeline import digest_article
from briefing.digest.version import is_older, is_quick, produced_by
from briefing.model import Article, Digest, ReadState
from briefing.refresh import Event, StageProgress, Told, judge_articles, tasks
from briefing.store import Store
from tests.fake_web import Newsroom
from tests.feed_builders import MORNING, rss
from tests.refresh.conftest import FERRY_ITEM, Clock, bridge_item, dump, run


@pytest.fixture(autouse=True)
def judges(monkeypatch: pytest.MonkeyPatch) -> None:
    """English has a quick judge, the linear one, and another, which finds no caveats at all."""

    def make(article: Article, bullets: int, algorithm: str, quick: bool = False) -> Digest:
        judge = judge_for("en", quick=True) if quick else NoJudge()
        return digest_article(article, bullets=bullets, algorithm=algorithm, judge=judge)

    monkeypatch.setattr(tasks, "make_digest", make)
    monkeypatch.setattr("briefing.refresh.digesting.has_quick_judge", lambda _: True)
    monkeypatch.setattr("briefing.refresh.judging.why_not_tried", lambda: None)


def two_stories(room: Newsroom, store: Store) -> None:
    items = [bridge_item(1), FERRY_ITEM]  # few enough to be worked on in this process
    store.add_feed(room.feed("/1.xml", rss("Outlet", items)), "Outlet")


def makers(store: Store) -> set[str]:
    return {store.digest_maker(row.id) for row in store.article_rows()}


def caveats(store: Store) -> int:
    """How many caveats the digests have, and the briefs show."""
    rows = store.article_rows()
    found = sum(len(digest.caveats) for row in rows if (digest := store.digest(row.id)))
    stories = store.edition_rows(store.window(MORNING, 24, 7))
    briefs = [store.brief(story.id) for story in stories]
    return found + sum(b.bullet.caveat is not None for brief in briefs for b in brief.bullets)


def test_stories_stand_before_their_articles_are_judged_anew(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    two_stories(room, store)
    at_first: list[tuple[set[str], int]] = []

    def look(event: Event) -> None:
        if isinstance(event, Told):
            assert event.stories == 2
            at_first.append((makers(store), caveats(store)))

    report = run(store, clock, on_event=look)
    [(makers_then, caveats_then)] = at_first
    assert makers_then == {produced_by(quick=True)}
    assert caveats_then > 0
    assert makers(store) == {produced_by()}
    assert caveats(store) == 0
    assert (report.digested, report.stories, report.faults) == (2, 2, ())
    assert run(store, clock).digested == 0


def test_the_next_refresh_goes_on_where_the_judging_was_stopped(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    two_stories(room, store)

    def stop(event: Event) -> None:
        if isinstance(event, StageProgress) and event.stage == "judge":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(store, clock, on_event=stop)
    assert store.stats().to_digest == 0
    run(store, clock)
    assert makers(store) == {produced_by()}
    assert caveats(store) == 0
    before = dump(store.path)
    run(store, clock)
    assert dump(store.path) == before


def test_the_backlog_is_left_to_the_quick_judge(room: Newsroom, store: Store, clock: Clock) -> None:
    old = bridge_item(1, published=MORNING - timedelta(days=60))
    store.add_feed(room.feed("/1.xml", rss("Outlet", [old, FERRY_ITEM])), "Outlet")
    run(store, clock)
    newest_first = [store.digest_maker(row.id) for row in store.article_rows()]
    assert newest_first == [produced_by(), produced_by(quick=True)]


def test_earlier_chapters_stay_when_a_story_is_judged_anew(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    two_stories(room, store)
    run(store, clock)
    one, other = (s.id for s in store.edition_rows(store.window(MORNING, 24, 7)))
    store.set_earlier(one, [other])
    store._run("UPDATE finding SET produced_by = ?", (produced_by(quick=True),))
    run(store, clock)
    assert makers(store) == {produced_by()}
    assert store.earlier_of(one) == [other]


def test_chapters_of_stories_told_in_a_hurry_are_found_afterwards(
    room: Newsroom, store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bridge_item(1, published=MORNING - timedelta(days=6))
    store.add_feed(room.feed("/1.xml", rss("Outlet", [before])), "Outlet")
    run(store, clock)
    told: list[int] = []

    def look(event: Event) -> None:
        if isinstance(event, Told):
            newest = max(store.edition_rows(store.window(MORNING, 24, 7)), key=lambda s: s.latest)
            told.append(len(store.earlier_of(newest.id)))

    room.feed("/1.xml", rss("Outlet", [before, bridge_item(2)]))
    clock.pass_by(hours=2)
    monkeypatch.setattr("briefing.refresh.judging.why_not_tried", lambda: "it is switched off")
    run(store, clock, on_event=look)
    newest = max(store.edition_rows(store.window(MORNING, 24, 7)), key=lambda s: s.latest)
    assert told == [0]
    assert len(store.earlier_of(newest.id)) == 1


def test_a_read_story_stays_read_when_it_is_judged_anew(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    two_stories(room, store)

    def read(event: Event) -> None:
        if isinstance(event, Told):
            for story in store.edition_rows(store.window(MORNING, 24, 7)):
                store.mark_read([story.id], MORNING)

    run(store, clock, on_event=read)
    assert caveats(store) == 0
    states = {row.state for row in store.edition_rows(store.window(MORNING, 24, 7))}
    assert states == {ReadState.READ}


def test_what_waits_for_a_better_judge_goes_on_waiting_while_there_is_none(
    room: Newsroom, store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_stories(room, store)
    with monkeypatch.context() as patch:
        patch.setattr("briefing.refresh.judging.why_not_tried", lambda: "it is switched off")
        run(store, clock)
        assert makers(store) == {produced_by(quick=True)}
        assert run(store, clock).stories == 0  # and no story is told anew for nothing
    run(store, clock)
    assert makers(store) == {produced_by()}


def test_what_judged_makes_no_digest_older() -> None:
    assert is_quick(produced_by(quick=True))
    assert not is_quick(produced_by())
    assert not is_older(produced_by(quick=True), produced_by())
    assert is_older("digest-1+a quick", "digest-1+b")


def test_an_article_of_the_backlog_is_judged_when_it_is_asked_for(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    items = [bridge_item(n, published=MORNING - timedelta(days=60 + 9 * n)) for n in (1, 2)]
    store.add_feed(room.feed("/1.xml", rss("Outlet", items)), "Outlet")
    run(store, clock)
    asked, other = (row.id for row in store.article_rows())
    judge_articles(store, Settings(), [asked])
    assert store.digest_maker(asked) == produced_by()
    assert store.digest_maker(other) == produced_by(quick=True)
    digest = store.digest(asked)
    assert digest is not None
    assert digest.caveats == ()
    assert store.stats().to_link == 0
