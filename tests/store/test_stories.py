"""Stories: their identity, their articles, how two become one."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model import CaveatKind, Cue, Ranking, ReadState, ScorePart, Span, StoreError
from briefing.store import Store
from tests.store.builders import CAVEAT, NOW, ago, article, brief, digest, filled, story_of


def states(store: Store, *stories: str) -> list[str]:
    return [store.story_row(story).state.value for story in stories]


def test_a_story_comes_back_as_it_was_saved(store: Store) -> None:
    one, two = filled(store, 2)
    told = brief(one, two, hours=[1, 2])
    name = store.save_story(
        None, told, Ranking(7.5, (ScorePart("outlets", 1.5, 2),)), category="Coast"
    )
    story = store.story(name)
    assert story.brief == told == store.brief(name)
    assert story.reasons == (ScorePart("outlets", 1.5, 2),)
    assert story.row == store.story_row(name)
    row = story.row
    assert (row.headline, row.outlets, row.articles, row.latest) == ("Bridge closed", 2, 2, ago(1))
    assert (row.score, row.category, row.state) == (7.5, "Coast", ReadState.UNREAD)
    assert (row.caveat, row.caveat_kind) == (CAVEAT, CaveatKind.LIMITATION)
    assert {r.story_id for r in store.article_rows()} == {name}


def test_the_kinds_of_all_caveats_stand_in_the_row_weightiest_first_each_once(
    store: Store,
) -> None:
    (one,) = filled(store, 1)
    told = brief(one)
    cues = [
        Cue(None, 1, "", Span(0, 1)),
        Cue(CaveatKind.SOURCING, 2, "says", Span(0, 1)),
        Cue(CaveatKind.DISPUTE, 3, "denied", Span(0, 1)),
        Cue(CaveatKind.SOURCING, 1, "said", Span(0, 1)),
        None,
    ]
    lines = [
        replace(told.bullets[0], bullet=replace(told.bullets[0].bullet, caveat=c)) for c in cues
    ]
    argued = replace(told.bullets[0], argued=True)  # of kind limitation
    name = store.save_story(None, replace(told, bullets=(*lines, argued)), Ranking(1.0))
    assert store.story_row(name).caveat_kinds == (CaveatKind.DISPUTE, CaveatKind.SOURCING, None)
    store.save_story(name, replace(told, bullets=(lines[-1],)), Ranking(1.0))
    assert store.story_row(name).caveat_kinds == ()


def test_a_storys_articles_come_with_what_a_brief_is_made_from(store: Store) -> None:
    one, two = filled(store, 2)
    name = story_of(store, one, two)
    members = store.story_articles(name)
    assert [m.digest.article.id for m in members] == [two, one]
    assert members[1].digest == store.digest(one)
    assert (members[0].source, members[0].category, members[0].feed_weight) == (
        "Coast Courier",
        "Coast",
        1.0,
    )
    assert store.members([one, two]) == members


def test_saving_the_same_story_again_changes_nothing(store: Store) -> None:
    one, two = filled(store, 2)
    name = story_of(store, one, two)
    store.mark_read([name], NOW)
    before = store._rows("SELECT * FROM story"), store._rows("SELECT * FROM article")
    assert story_of(store, one, two) == name
    told = brief(one, two)
    again = store.save_story(name, told, Ranking(1.0), category="Coast", deserves_unread=True)
    assert again == name
    assert (store._rows("SELECT * FROM story"), store._rows("SELECT * FROM article")) == before


def test_a_story_keeps_its_identifier_when_articles_come(store: Store) -> None:
    one, two = filled(store, 2)
    name = story_of(store, one)
    assert store.save_story(name, brief(one, two), Ranking(2.0)) == name
    assert store.story_row(name).articles == 2


def test_the_second_of_two_refreshes_finds_the_story_of_the_first(store: Store) -> None:
    one, two = filled(store, 2)
    name = story_of(store, one)
    assert store.save_story(None, brief(one, two), Ranking(2.0)) == name
    assert store.stats().stories == 1


def test_an_article_that_leaves_a_story_is_due_for_linking(store: Store) -> None:
    one, two = filled(store, 2)
    name = story_of(store, one, two)
    store.save_story(name, brief(one), Ranking(1.0))
    assert [(i.article_id, i.story_id) for i in store.articles_to_link(5)] == [(two, None)]


def test_a_story_that_loses_an_article_is_due_to_be_told_anew(store: Store) -> None:
    one, two = filled(store, 2)
    name = story_of(store, one, two)
    split = store.save_story(None, brief(two), Ranking(1.0))
    assert split != name
    assert [(i.article_id, i.story_id) for i in store.articles_to_link(5)] == [(one, name)]


def test_a_new_article_makes_a_read_story_updated_not_unread(store: Store) -> None:
    names = filled(store, 3)
    name = story_of(store, names[0])
    store.mark_read([name], NOW)
    store.save_story(name, brief(*names[:2]), Ranking(2.0))
    assert states(store, name) == ["updated"]
    store.mark_seen(name, NOW)
    assert states(store, name) == ["updated"]
    store.save_story(name, brief(*names), Ranking(3.0), deserves_unread=True)
    assert states(store, name) == ["unread"]


def test_a_seen_story_stays_seen_until_something_weighty_comes(store: Store) -> None:
    one, two = filled(store, 2)
    name = story_of(store, one)
    store.mark_seen(name, NOW)
    store.save_story(name, brief(one, two), Ranking(2.0))
    assert states(store, name) == ["seen"]
    store.save_story(name, brief(one, two, weight=3), Ranking(2.0), deserves_unread=True)
    assert states(store, name) == ["unread"]


def test_a_part_of_a_read_story_is_no_unread_story(store: Store) -> None:
    one, two = filled(store, 2)
    name = story_of(store, one, two)
    store.mark_read([name], NOW)
    split = store.save_story(None, brief(two), Ranking(1.0))
    assert states(store, name, split) == ["read", "read"]


def test_merged_stories_are_one_and_the_old_identifier_leads_on(store: Store) -> None:
    a, b, c = (story_of(store, name) for name in filled(store, 3))
    store.set_starred(b, True)
    store.mark_looked(b, NOW, '{"shown": "b"}')
    store.mark_looked(a, ago(5), '{"shown": "a"}')
    store.set_earlier(c, [b])
    store.merge_stories(b, a)
    store.merge_stories(a, c)
    for name in (a, b, c):
        story = store.story(name)
        assert story.id == c
        assert story.row.starred
        assert store.snapshot(name) == '{"shown": "b"}'
        assert story.looked_at == NOW
        assert story.earlier == ()
    assert {row.story_id for row in store.article_rows()} == {c}
    assert [item.story_id for item in store.articles_to_link(9)] == [c, c]  # c is told anew
    store.merge_stories(b, c)
    store.mark_seen(b, NOW)
    assert states(store, c) == ["seen"]
    assert store.check() == ()


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("unread", "unread", "unread"),
        ("unread", "seen", "seen"),
        ("read", "read", "read"),
        ("read", "unread", "updated"),
        ("seen", "read", "updated"),
        ("updated", "unread", "updated"),
    ],
)
def test_marks_of_merged_stories_are_joined(
    store: Store, one: str, other: str, together: str
) -> None:
    a, b = (story_of(store, name) for name in filled(store, 2))
    store._run("UPDATE story SET state = ? WHERE id = ?", (one, a))
    store._run("UPDATE story SET state = ? WHERE id = ?", (other, b))
    store.merge_stories(a, b)
    assert states(store, b) == [together]


def test_a_story_all_of_whose_articles_move_is_merged(store: Store) -> None:
    one, two = filled(store, 2)
    first, second = story_of(store, one), story_of(store, two)
    store.set_starred(second, True)
    assert store.save_story(first, brief(one, two), Ranking(1.0)) == first
    assert store.story(second).id == first
    assert store.story_row(first).starred
    assert store.articles_to_link(9) == []


def test_a_story_that_went_with_its_feed_begins_anew(store: Store) -> None:
    (name,) = filled(store, 1)
    told = brief(name)
    again = store.save_story("999", told, Ranking(1.0))
    assert store.story(again).brief == told
    with pytest.raises(StoreError, match="gone"):
        store.save_story(None, brief("999"), Ranking(1.0))


def test_earlier_chapters_come_newest_first_and_follow_merges(store: Store) -> None:
    names = filled(store, 4)
    old = story_of(store, names[0], hours=900)
    older = story_of(store, names[1], hours=950)
    gone = story_of(store, names[2], hours=900)
    now = store.save_story(None, brief(names[3]), Ranking(1.0), earlier=[older, gone, old, "77"])
    store.merge_stories(gone, old)
    earlier = store.story(now).earlier
    assert [c.story_id for c in earlier] == [old, older]
    assert (earlier[0].headline, earlier[0].latest) == ("Bridge closed", ago(900))


def test_candidates_for_earlier_chapters_share_a_word_of_their_titles(store: Store) -> None:
    feed = filled(store, 3)
    for name, title in zip(feed, ("Cracks found", "Ferry sold", "Cracking ice"), strict=True):
        made = article(name, title=title)
        store.save_article(name, made)
        store.save_digest(name, digest(made))
    cracks, ferry, ice = (story_of(store, name, hours=h + 1) for h, name in enumerate(feed))
    found = store.chapter_candidates(["crack", "lorries"], since=ago(99), before=NOW)
    assert {row.id for row in found} == {cracks, ice}
    assert store.chapter_candidates(["ferry"], since=ago(99), before=ago(50)) == []
    assert store.chapter_candidates(["—", ""], since=ago(99), before=NOW) == []
    assert ferry not in {row.id for row in found}


@settings(max_examples=40, deadline=None)
@given(
    steps=st.lists(
        st.tuples(
            st.none() | st.integers(1, 6),
            st.sets(st.integers(1, 6), min_size=1),
        ),
        max_size=8,
    )
)
def test_whatever_order_stories_are_saved_in_every_article_has_one_home(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int | None, set[int]]]
) -> None:
    path: Path = tmp_path_factory.mktemp("stories") / "briefing.db"
    with Store.open(path) as store:
        filled(store, 6)
        given_out: set[str] = set()
        for story, articles in steps:
            told = brief(*(str(n) for n in sorted(articles)))
            name = store.save_story(None if story is None else str(story), told, Ranking(1.0))
            given_out.add(name)
            homes = store._rows("SELECT DISTINCT story_id FROM article WHERE story_id IS NOT NULL")
            kept = store._rows("SELECT id FROM story")
            # No story is empty, none is lost, and every identifier ever given still leads to one.
            assert {row[0] for row in homes} == {row[0] for row in kept}
            for old in given_out:
                store.story(old)
            waiting = {item.article_id for item in store.articles_to_link(99)}
            for row in store.article_rows():
                assert row.story_id is not None or row.id in waiting
        assert store.check() == ()


def test_a_story_of_opinion_pieces_is_one_and_a_list_never_shows_what_a_piece_adds(
    store: Store,
) -> None:
    one, two = filled(store, 2)
    told = brief(one, two)
    argued = tuple(replace(b, argued=True) for b in told.bullets)
    pieces = tuple(replace(a, opinion=True) for a in told.articles)
    mixed = replace(told, bullets=argued, articles=(told.articles[0], pieces[1]))
    name = store.save_story(None, mixed, Ranking(1.0))
    assert not store.story_row(name).opinion
    assert store.story_row(name).caveat == ""
    whole = replace(told, bullets=argued, articles=pieces)
    assert store.save_story(name, whole, Ranking(1.0)) == name
    assert store.story_row(name).opinion
    assert store.story_row(name).caveat == CAVEAT
    assert store.story(name).brief == whole
