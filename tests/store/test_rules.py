"""Rules: what they do is apart from what a person does, is undone with them, and drops nothing."""

from dataclasses import replace

import pytest

from briefing.model import Ranking, ReadState
from briefing.model.rules import Rule, RuleAction, RuleEffect, RuleTally, read_action
from briefing.model.tags import Tag
from briefing.store import Store, rules
from tests.store.builders import NOW, ago, article, brief, digest, entry, story_of, window


def rule(name: str, when: str, *do: str, **more: object) -> Rule:
    made = Rule(name, when, tuple(map(read_action, do)) or (RuleAction("mute"),))
    return replace(made, **more)  # type: ignore[arg-type]


def apply(store: Store, *given: Rule, names: list[str] | None = None) -> rules.RulesApplied:
    return store.apply_rules(given, names or [row.id for row in store.article_rows(limit=999)], NOW)


@pytest.fixture
def names(store: Store) -> list[str]:
    """Four articles of two feeds, each a story: ferry, ferry, bridge, horoscope; oldest last."""
    found = []
    titles = ("Ferry late", "Ferry early", "Bridge closed", "Horoscope for May")
    for n, title in enumerate(titles):
        feed = store.add_feed(f"https://outlet{n % 2}.example/feed", f"Outlet {n % 2}")
        store.add_entries(feed.id, [entry(f"{n}", hours=n + 1, title=title)], NOW)
        (waiting,) = store.entries_to_extract(1)
        made = article(waiting.article_id, title=title, text=f"{title} it is said today.")
        made = replace(made, source=f"Outlet {n % 2}")
        store.save_article(waiting.article_id, made, waiting.content_hash)
        store.save_digest(waiting.article_id, digest(made))
        story_of(store, waiting.article_id, score=float(n), hours=n + 1)
        found.append(waiting.article_id)
    return found


def story(store: Store, name: str) -> str:
    found = store.article_row(name).story_id
    assert found is not None
    return found


def shown(store: Store) -> set[str]:
    return {row.id for row in store.edition_rows(window())}


def test_a_muted_story_is_out_of_the_edition_and_of_its_counts_but_still_there(
    store: Store, names: list[str]
) -> None:
    muted = story(store, names[3])
    assert apply(store, rule("stars", "title:horoscope")).stories == 1

    assert shown(store) == {story(store, name) for name in names[:3]}
    assert store.edition_counts(window(), 9).stories == 3
    assert store.edition_counts(window(), 9).unread == 3
    assert [row.id for row in store.muted_rows(window())] == [muted]
    assert store.muted_counts(window()) == (1, 1)
    assert store.is_muted(muted)
    assert store.story(muted).row.state is ReadState.UNREAD
    assert store.story_rules(muted) == (RuleEffect("stars", "mute", 1),)
    assert len(store.article_rows()) == 4  # nothing is dropped
    assert [row.id for row in store.search("is:muted")] == [names[3]]

    assert store.mark_all_read(window(), NOW).stories == 3
    assert store.story_row(muted).state is ReadState.UNREAD


def test_what_rules_did_is_undone_when_they_are_removed(store: Store, names: list[str]) -> None:
    before = (store.article_rows(), [store.story_row(story(store, n)) for n in names])
    every = rule("all of it", "ferry", "mute", "read", "tag:Boats", "boost:2")
    apply(store, every, rule("starring", "bridge", "star", "notify", "hook:lamp"))
    assert [store.article_row(n).read for n in names] == [True, True, False, False]
    assert [store.article_row(n).starred for n in names] == [False, False, True, False]
    assert store.story_row(story(store, names[0])).state is ReadState.READ
    assert store.article_tags(names[0]) == (Tag("Boats", by_rule=True),)
    assert store.story_boost(story(store, names[0])) == 2
    assert {e.action for e in store.story_rules(story(store, names[2]))} == {
        "star",
        "notify",
        "hook:lamp",
    }
    assert store.unsent_marks() == []  # none of it was by hand

    apply(store)

    after = (store.article_rows(), [store.story_row(story(store, n)) for n in names])
    assert after == before
    assert store.tags() == []
    assert store.story_boost(story(store, names[0])) == 1
    assert store.story_rules(story(store, names[0])) == ()


def test_applying_rules_twice_changes_nothing_even_where_they_ask_for_what_they_change(
    store: Store, names: list[str]
) -> None:
    asking = (
        rule("a", "is:unread ferry", "read"),
        rule("b", "-is:starred bridge", "star"),
        rule("c", "-tag:x ferry", "tag:x"),
        rule("d", "tag:x", "mute"),  # rules do not see what other rules do
    )
    apply(store, *asking)
    rows = store.article_rows()
    assert [store.article_row(n).read for n in names] == [True, True, False, False]
    assert store.article_tags(names[1]) == (Tag("x", by_rule=True),)
    assert shown(store) == {story(store, name) for name in names}
    assert apply(store, *asking).stories == 0
    assert store.article_rows() == rows


def test_a_mark_by_hand_wins_before_and_after_a_rule(store: Store, names: list[str]) -> None:
    one, other, bridge, stars = names
    store.unmark_read([story(store, one)])  # by hand: unread, before
    store.set_article_tag(other, "boats", False)  # by hand: never
    store.set_article_starred(bridge, True)
    store.set_starred(story(store, stars), True)
    doing = (
        rule("r", "ferry", "read", "tag:Boats"),
        rule("m", "bridge OR horoscope", "mute"),
        rule("s", "bridge", "star"),
    )
    apply(store, *doing)
    assert not store.article_row(one).read
    assert store.article_row(other).read
    assert [bool(store.article_tags(n)) for n in (one, other)] == [True, False]
    assert store.muted_rows(window()) == []

    store.mark_article_read(other, False)  # by hand: unread, after
    store.set_article_tag(one, "Boats", True)  # now it is the hand's
    apply(store, *doing)
    assert not store.article_row(other).read
    apply(store)
    assert store.article_tags(one) == (Tag("boats"),)
    assert store.article_row(bridge).starred
    assert store.story_row(story(store, stars)).starred


def test_what_was_read_by_hand_stays_read_when_the_rule_goes(
    store: Store, names: list[str]
) -> None:
    reading = rule("r", "ferry", "read")
    apply(store, reading)
    store.mark_article_read(names[0], True)
    store.mark_read([story(store, names[2])], NOW)
    apply(store)
    assert [store.article_row(n).read for n in names] == [True, False, True, False]


def test_of_rules_that_contradict_the_first_decides(store: Store, names: list[str]) -> None:
    mute, star = rule("m", "ferry", "mute"), rule("s", "late", "star", "tag:x")
    apply(store, mute, star)
    assert not store.article_row(names[0]).starred
    assert store.is_muted(story(store, names[0]))
    assert store.article_tags(names[0])  # only what contradicts is left out
    apply(store, star, mute)
    assert store.article_row(names[0]).starred
    assert not store.is_muted(story(store, names[0]))
    assert store.is_muted(story(store, names[1]))


def test_a_hand_that_stars_a_muted_story_brings_it_back(store: Store, names: list[str]) -> None:
    mute = rule("m", "ferry")
    apply(store, mute)
    store.set_starred(story(store, names[0]), True)
    assert story(store, names[0]) in shown(store)
    apply(store, mute)
    assert story(store, names[0]) in shown(store)


@pytest.mark.parametrize("how", ["star", "tag", "note"])
def test_whatever_a_hand_does_with_an_article_brings_its_story_back_at_once(
    store: Store, names: list[str], how: str
) -> None:
    mute = rule("m", "ferry")
    apply(store, mute)
    match how:
        case "star":
            store.set_article_starred(names[0], True)
        case "tag":
            store.set_article_tag(names[0], "later", True)
        case _:
            store.add_note(names[0], "Ask Ada.", NOW)
    for _ in range(2):
        assert [store.is_muted(story(store, name)) for name in names[:2]] == [False, True]
        apply(store, mute)


def test_a_tag_taken_from_a_story_by_hand_is_not_given_to_its_new_articles(
    store: Store, names: list[str]
) -> None:
    one = story(store, names[0])
    tagging = rule("t", "ferry", "tag:boats")
    apply(store, tagging)
    store.set_story_tag(one, "boats", False)
    store.save_story(one, brief(names[0], names[1]), Ranking(1.0))
    apply(store, tagging)
    assert store.story_tags(one) == ()


def test_a_story_is_muted_where_more_than_half_of_its_articles_are(
    store: Store, names: list[str]
) -> None:
    one = story(store, names[0])
    store.save_story(one, brief(names[0], names[2]), Ranking(1.0))
    mute = rule("m", "ferry")
    apply(store, mute)
    assert not store.is_muted(one)
    store.save_story(one, brief(names[0], names[1], names[2]), Ranking(1.0))
    apply(store, mute, names=[names[2]])  # the others of its story are looked at too
    assert store.is_muted(one)


def test_keep_only_mutes_the_stories_in_which_nothing_is_found(
    store: Store, names: list[str]
) -> None:
    one = story(store, names[0])
    store.save_story(one, brief(names[0], names[2]), Ranking(1.0))
    apply(store, rule("k", "ferry", keep=True))
    assert shown(store) == {one, story(store, names[1])}
    apply(store, rule("k", "ferry", keep=True, feeds=("outlet 1",)))
    assert store.is_muted(story(store, names[3]))
    assert not store.is_muted(one)


def test_a_rule_for_feeds_leaves_the_others_alone(store: Store, names: list[str]) -> None:
    apply(store, rule("m", "ferry", feeds=("outlet 1",)))
    assert [store.is_muted(story(store, n)) for n in names] == [False, True, False, False]


def test_the_tallies_say_what_each_rule_did_by_feed(store: Store, names: list[str]) -> None:
    assert names
    apply(store, rule("a", "ferry", "mute", "read"), rule("b", "bridge", "read"))
    assert store.rule_tallies(ago(24)) == (
        RuleTally("a", "Outlet 0", 1),
        RuleTally("a", "Outlet 1", 1),
        RuleTally("b", "Outlet 0", 1),
    )
    assert store.rule_tallies(ago(1.5)) == (RuleTally("a", "Outlet 0", 1),)


def test_a_rule_that_takes_too_long_is_switched_off_and_named_until_it_is_changed(
    store: Store, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, quick = rule("slow", "/(f+)+e/"), rule("quick", "bridge")
    store.begin_rules([slow, quick])
    monkeypatch.setattr(rules, "RULE_SECONDS", 0.0)
    done = apply(store, slow, quick)
    (fault,) = done.switched_off
    assert "slow" in fault.where
    assert "switched off" in fault.what
    assert store.is_muted(story(store, names[2]))  # the others go on
    assert list(store.rule_faults()) == ["slow"]
    monkeypatch.setattr(rules, "RULE_SECONDS", 5.0)
    assert apply(store, slow, quick).switched_off == ()
    assert not store.is_muted(story(store, names[0]))

    changed = rule("slow", "/fe/i")
    store.begin_rules([changed, quick])
    assert store.rule_faults() == {}
    apply(store, changed, quick)
    assert store.is_muted(story(store, names[0]))


def test_an_expression_that_explodes_elsewhere_is_found_in_no_time(
    store: Store, names: list[str]
) -> None:
    made = article(names[0], text="a" * 50_000)
    store.save_article(names[0], made)
    done = apply(store, rule("slow", "text:/(a+)+$b/", "mute"), rule("b", "bridge"))
    assert done.switched_off == ()
    assert store.is_muted(story(store, names[2]))


def test_articles_wait_where_the_rules_have_changed_and_only_then(
    store: Store, names: list[str]
) -> None:
    assert not store.begin_rules([])
    assert not store.rules_wait(())
    given = [rule("m", "ferry")]
    assert store.begin_rules(given)
    assert store.next_for_rules() == names[::-1] or set(store.next_for_rules()) == set(names)
    store.rules_done_down_to(names[2])
    assert store.begin_rules(given)  # it was stopped: the rest waits
    assert names[3] not in store.next_for_rules() or names[2] not in store.next_for_rules()
    store.rules_done_down_to(None)
    assert not store.begin_rules(given)
    assert store.next_for_rules() == []
    assert store.begin_rules([])
    assert store.rules_wait(())


def test_five_hundred_rules_are_applied_at_once(store: Store, names: list[str]) -> None:
    many = [rule(f"r{n}", f'"word {n}" OR title:ferry', f"tag:t{n}") for n in range(500)]
    apply(store, *many)
    assert len(store.article_tags(names[0])) == 500
    assert store.article_tags(names[2]) == ()
    apply(store)
    assert store.tags() == []
