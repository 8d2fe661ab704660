"""Rules in a refresh: applied to what arrives, before it is told; anew where they have changed."""

from typing import Any

import pytest

from briefing.config import RuleSettings, Settings
from briefing.refresh import RefreshOptions, RefreshReport, Told, refresh
from briefing.store import Store, rules
from tests.fake_web import Newsroom
from tests.refresh.conftest import Clock, dump, three_outlets

FERRY = RuleSettings("no ferries", "title:ferry", ("mute", "read", "tag:Boats"))
BRIDGE = RuleSettings("bridges", "title:bridge", ("boost:4",))


def run(store: Store, clock: Clock, *given: RuleSettings, **more: Any) -> RefreshReport:
    return refresh(store, Settings(rules=given), RefreshOptions(), now=clock, **more)


def headlines(store: Store, clock: Clock) -> list[str]:
    return [row.headline.lower() for row in store.edition_rows(store.window(clock()))]


def test_what_arrives_is_muted_before_it_is_told(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    three_outlets(room, store)
    seen = []

    def look(event: object) -> None:
        if isinstance(event, Told):
            seen.extend(headlines(store, clock))

    report = run(store, clock, FERRY, on_event=look)
    assert (report.stories, report.faults) == (2, ())
    assert seen
    assert not any("ferry" in headline for headline in seen)
    (muted,) = store.muted_rows(store.window(clock()))
    assert "ferry" in muted.headline.lower()
    assert [tag.name for tag in store.story_tags(muted.id)] == ["Boats"]
    assert len(store.article_rows()) == 4
    assert store.check() == ()

    before = dump(store.path)
    run(store, clock, FERRY)
    assert dump(store.path) == before


def test_a_boost_is_a_part_of_the_score_and_goes_with_its_rule(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    three_outlets(room, store)
    run(store, clock)
    (plain,) = [r for r in store.edition_rows(store.window(clock())) if r.articles == 3]
    run(store, clock, BRIDGE)
    boosted = store.story(plain.id)
    assert boosted.row.score > plain.score
    assert [p.kind for p in boosted.reasons].count("rule") == 1
    run(store, clock)
    assert store.story(plain.id).row.score == pytest.approx(plain.score)


def test_rules_that_were_changed_are_applied_to_what_is_there_and_undone_when_removed(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    three_outlets(room, store)
    run(store, clock)
    before = store.article_rows()
    assert len(headlines(store, clock)) == 2
    run(store, clock, FERRY)
    assert len(headlines(store, clock)) == 1
    run(store, clock)
    assert len(headlines(store, clock)) == 2
    assert store.article_rows() == before


def test_a_rule_that_takes_too_long_is_named_once_and_the_refresh_goes_on(
    room: Newsroom, store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    three_outlets(room, store)
    monkeypatch.setattr(rules, "RULE_SECONDS", 0.0)
    slow = RuleSettings("slow", "/(a+)+b/", ("mute",))
    report = run(store, clock, slow, FERRY)
    assert report.stories == 2
    (fault,) = report.faults
    assert "slow" in fault.where
    assert len(headlines(store, clock)) == 1
    assert run(store, clock, slow, FERRY).faults == ()
