"""``briefing rules``: what rules do and would have done, counted, marked, with nothing changed."""

import hashlib
from pathlib import Path

import pytest

from briefing.config import folders
from briefing.editions.rules import apply_rules, try_rule
from briefing.model.rules import Rule, RuleAction
from briefing.model.tags import Tag
from briefing.store import Store
from tests.cli.conftest import Run
from tests.cli.test_commands import configure
from tests.store.builders import NOW, ago, article, digest, entry, story_of, window

TITLES = ("Ferry late again", "Ferry early", "Bridge closed", "A horoscope for the ferry")
RULES = (
    '[[rules]]\nname = "no ferries"\nwhen = "title:ferry"\ndo = ["mute", "read"]\n'
    '[[rules]]\nname = "bridges"\nwhen = "bridge"\ndo = ["star"]\nfeeds = ["Outlet 0"]\n'
)


@pytest.fixture
def path() -> Path:
    """The user's store, with four articles of two feeds, all of them long ago."""
    where = folders().data / "briefing.sqlite3"
    with Store.open(where) as store:
        for n, title in enumerate(TITLES):
            feed = store.add_feed(f"https://outlet{n % 2}.example/feed", f"Outlet {n % 2}")
            store.add_entries(feed.id, [entry(f"{n}", hours=n + 1, title=title)], NOW)
            (waiting,) = store.entries_to_extract(1)
            made = article(waiting.article_id, title=title, text=f"{title}, says the port.")
            store.save_article(waiting.article_id, made, waiting.content_hash)
            store.save_digest(waiting.article_id, digest(made))
            story_of(store, waiting.article_id, hours=n + 1)
    return where


def rules() -> tuple[Rule, ...]:
    from briefing.config import load_settings

    return load_settings().reading_rules


def test_a_trial_says_what_a_query_would_catch_by_feed_with_its_words_marked(
    path: Path, run: Run
) -> None:
    before = hashlib.sha256(path.read_bytes()).digest()
    ran = run("rules", "test", "title:ferry", "--since", "2026-05-01")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "title:ferry: 3 of 4 articles",
        "  3  Coast Courier",
        "  [Ferry] late again  (Coast Courier)",
        "  [Ferry] early  (Coast Courier)",
        "  A horoscope for the [ferry]  (Coast Courier)",
    ]
    assert hashlib.sha256(path.read_bytes()).digest() == before


def test_a_trial_in_json_gives_counts_and_places(path: Path, run: Run) -> None:
    assert path
    configure(RULES)
    found = run("rules", "test", "--since", "2026-05-01", "--format", "json").json["rules"]
    assert [(r["name"], r["articles"], r["looked_at"]) for r in found] == [
        ("no ferries", 3, 4),
        ("bridges", 1, 4),
    ]
    (bridge,) = found[1]["found"]
    assert bridge["in_title"] == [[0, 6]]
    assert run("rules", "test", "--rule", "Bridges", "--since", "2026-05-01").out.startswith(
        "bridges: 1 of 4 articles\n"
    )


def test_the_list_says_what_each_rule_has_done(path: Path, run: Run) -> None:
    configure(RULES)
    with Store.open(path) as store:
        assert apply_rules(store, rules(), ago(99), NOW)
        assert not apply_rules(store, rules(), ago(99), NOW)  # they have not changed
    listed = run("rules", "list", "--since", "2026-05-01", "--format", "json").json["rules"]
    assert [(r["name"], r["articles"], r["do"]) for r in listed] == [
        ("no ferries", 3, ["mute", "read"]),
        ("bridges", 1, ["star"]),
    ]
    ran = run("rules", "list", "--since", "2026-05-01")
    assert [line.split()[:2] for line in ran.out.splitlines()] == [
        ["no", "ferries"],
        ["bridges", "1"],
    ]
    assert "contradict" in ran.err


def test_changed_rules_are_applied_where_the_reader_looks_and_undone_where_they_are_gone(
    path: Path,
) -> None:
    configure(RULES)
    with Store.open(path) as store:
        apply_rules(store, rules(), ago(99), NOW)
        assert len(store.muted_rows(window(99))) == 3
        assert apply_rules(store, (), ago(99), NOW)
        assert store.muted_rows(window(99)) == []
        assert not any(row.read or row.starred for row in store.article_rows())
        assert not store.rules_wait(())


def test_a_store_that_may_only_be_read_is_left_as_it_is(path: Path) -> None:
    path.chmod(0o400)
    with Store.open(path, read_only=True) as store:
        rule = Rule("m", "ferry", (RuleAction("mute"),))
        trial = try_rule(store, rule, ago(99), NOW)
        assert (len(trial.caught), trial.looked_at) == (3, 4)


@pytest.mark.parametrize(
    ("argv", "what"),
    [
        (("test", "--rule", "no ferry"), "Did you mean 'no ferries'?"),
        (("test", "ferry", "--rule", "bridges"), "a query and --rule were given"),
        (("test", "titel:ferry"), "no field titel"),
        (("test", "("), "something to look for is missing"),
    ],
)
def test_wrong_usage_is_told_whether_or_not_there_is_a_store(
    argv: tuple[str, ...], what: str, run: Run
) -> None:
    configure(RULES)
    ran = run("rules", *argv)
    assert ran.code != 0
    assert what in ran.err


def test_a_wrong_query_to_try_is_pointed_at(run: Run) -> None:
    ran = run("rules", "test", "ferry titel:x")
    assert ran.code == 2
    assert ran.err.splitlines()[1:] == ["    ferry titel:x", "          ^^^^^^"]


def test_without_rules_and_without_a_store_it_says_so(run: Run) -> None:
    assert "There are no rules" in run("rules", "list").err
    assert "no articles yet" in run("rules", "test", "ferry").err


def test_config_check_tells_of_contradictions_and_points_into_bad_queries(run: Run) -> None:
    configure(
        '[[rules]]\nname="a"\nwhen="b"\ndo=["star"]\n[[rules]]\nname="c"\nwhen="d"\ndo=["mute"]\n'
    )
    ran = run("config", "check")
    assert ran.code == 0
    assert "“a” and “c” contradict each other (star, mute)" in ran.err
    configure('[[rules]]\nname="a"\nwhen="x (b"\ndo=["star"]\n')
    ran = run("config", "check")
    assert ran.code == 1
    assert "line 3" in ran.err
    assert ran.err.splitlines()[1:] == ["    x (b", "      ^"]


def test_tags_by_rules_and_by_hand_are_in_the_json_of_a_search_and_of_the_edition(
    path: Path, run: Run
) -> None:
    rule = Rule("ferries", "title:ferry", (RuleAction("tag", "boats"),))
    with Store.open(path) as store:
        apply_rules(store, (rule,), window().since, NOW)
        bridge = next(r for r in store.article_rows(limit=9) if r.title == "Bridge closed")
        store.set_article_tag(bridge.id, "later", True)
    found = run("search", "ferry OR bridge", "--since", "2026-05-01", "--format", "json").json
    tags = {each["title"]: each["tags"] for each in found["results"]}
    boats, later = {"name": "boats", "by_rule": True}, {"name": "later", "by_rule": False}
    assert tags["Ferry early"] == [boats]
    assert tags["Bridge closed"] == [later]
    edition = run("print", "--since", "2026-05-01", "--all", "--format", "json").json
    told = {story["id"]: story["tags"] for story in edition["stories"]}
    assert told[bridge.story_id] == [later]
    assert {each["story"]: each["tags"] for each in found["results"]}.items() <= told.items()


def test_tags_are_read_once_and_only_where_they_are_written(
    path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def read(_: Store, name: str) -> tuple[Tag, ...]:
        asked.append(name)
        return ()

    for kind in ("article_tags", "story_tags"):
        monkeypatch.setattr(Store, kind, read)
    since = ("--since", "2026-05-01")
    for argv in (("print", "--all"), ("print", "--format", "html"), ("search", "ferry")):
        assert run(*argv, *since).code == 0
    assert asked == []
    for what in (("print",), ("export", "edition")):
        asked.clear()
        stories = run(*what, *since, "--all", "--format", "json").json["stories"]
        assert len(asked) == len(stories) > 0
