"""The rules of stories are one value: given in place of the packaged ones, they decide."""

from dataclasses import fields, replace

from briefing.model import LinkCandidate
from briefing.stories import (
    cluster,
    deserves_unread,
    load_parameters,
    make_brief,
    rank,
    snapshot,
    story_changes,
    story_score,
)
from tests.stories.builders import (
    BUSES,
    CLOSED,
    CRACKS,
    DENIED,
    DETOUR,
    FERRY,
    MARKET,
    SCHOOL,
    at,
    story_article,
)

PACKAGED = load_parameters()
LINES = [CLOSED, BUSES, CRACKS, DETOUR, FERRY]
ARTICLE = story_article("a", "Coast Courier", "Bridge closed", LINES, bullets=range(5))
OTHER = story_article(
    "b", "Radio Holm", "Harbour bridge closed", [CLOSED, DENIED, SCHOOL, MARKET], hours=1
)


def test_a_brief_has_as_many_bullets_as_its_rules_say() -> None:
    two = replace(PACKAGED, brief=replace(PACKAGED.brief, bullets=2))
    assert len(make_brief([ARTICLE], parameters=two).bullets) == 2
    assert len(make_brief([ARTICLE]).bullets) == 5


def test_what_counts_as_a_copy_follows_the_rules() -> None:
    lenient = replace(PACKAGED, copies=replace(PACKAGED.copies, containment=1.0))
    copy = story_article("c", "Evening Star", "Bridge closed", LINES, hours=2)
    assert make_brief([ARTICLE, copy]).articles[1].copy_of == "a"
    assert make_brief([ARTICLE, copy], parameters=lenient).articles[1].copy_of is None


def test_how_alike_two_articles_of_a_story_are_follows_the_rules() -> None:
    items = [
        LinkCandidate(a.id, a.article.title or "", a.article.text, at(k))
        for k, a in enumerate((ARTICLE, OTHER))
    ]
    assert len(set(cluster(items))) == 1
    strict = replace(PACKAGED, linking=replace(PACKAGED.linking, floor=10.0))
    assert len(set(cluster(items, parameters=strict))) == 2


def test_how_many_changes_are_told_and_which_weigh_follow_the_rules() -> None:
    before, after = snapshot(make_brief([ARTICLE])), make_brief([ARTICLE, OTHER])
    changes = story_changes(before, after)
    assert changes
    none = replace(PACKAGED, changes=replace(PACKAGED.changes, most=0))
    assert story_changes(before, after, parameters=none) == ()
    one = replace(PACKAGED, changes=replace(PACKAGED.changes, outlets_unread=1))
    assert (deserves_unread(changes), deserves_unread(changes, parameters=one)) == (False, True)


def test_a_score_follows_the_rules() -> None:
    brief = make_brief([ARTICLE])
    slower = replace(PACKAGED, rank=replace(PACKAGED.rank, half_life_hours=24.0))
    usual, slow = story_score(brief, [ARTICLE]), story_score(brief, [ARTICLE], parameters=slower)
    assert rank(slow).score < rank(usual).score


def test_every_pattern_of_every_language_can_be_compiled() -> None:
    rules = PACKAGED.current
    for field in fields(rules):
        patterns = getattr(rules, field.name)
        assert patterns
        assert all(patterns[language].pattern for language in patterns)
        assert patterns.get("xx") is None
