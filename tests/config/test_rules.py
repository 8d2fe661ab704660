"""Rules of the configuration: read, checked to the key, and pointed at where a query is wrong."""

import pytest

from briefing.config import config_faults, documented_defaults, load_settings, settings_to_toml
from briefing.model.rules import Rule, RuleAction, contradictions, read_action, rules_version
from tests.config.test_settings import fault
from tests.config.user_file import write

RULE = '[[rules]]\nname = "no horoscopes"\n'


def test_rules_are_read_in_their_order_and_survive_being_written() -> None:
    write(
        'theme = "dusk"\n'
        f"{RULE}when = 'title:horoscope'\ndo = [\"mute\", \"tag:Stars\"]\nfeeds = ['Courier']\n"
        '[[rules]]\nname = "port only"\nwhen = "port OR harbour"\nkeep = true\n'
    )
    before = load_settings()
    mute = RuleAction("mute")
    assert before.reading_rules == (
        Rule("no horoscopes", "title:horoscope", (mute, RuleAction("tag", "Stars")), ("Courier",)),
        Rule("port only", "port OR harbour", (mute,), keep=True),
    )
    write(settings_to_toml(before))
    assert load_settings() == before


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("when = 'port'\ndo = ['delete']\n", 4, "no action 'delete'"),
        ("when = 'port'\ndo = ['tag:']\n", 4, "tag needs a value"),
        ("when = 'port'\ndo = ['tag:,']\n", 4, "names no tag"),
        ("when = 'port'\ndo = ['boost:fast']\n", 4, "boost takes a number"),
        ("when = 'port'\ndo = ['boost:nan']\n", 4, "boost takes a number"),
        ("when = 'port'\ndo = ['boost:0']\n", 4, "boost takes a number"),
        ("when = 'port'\ndo = ['mute:now']\n", 4, "mute takes no value"),
        ("when = 'port'\ndo = 'mute'\n", 4, "'rules.do' must be a list"),
        ("when = 'port'\n", 1, "'rules.do' is missing"),
        ("do = ['mute']\n", 1, "'rules.when' of the rule “no horoscopes” is missing"),
        ("do = ['mute']\nwhen = '  '\n", 4, "would be about everything"),
        ("do = ['mute', 'star']\nwhen = 'port'\n", 3, "mutes and stars"),
        ("do = ['mute']\nwhen = 'port sort:new'\n", 4, "has sort:new"),
        ("do = ['mute']\nwhen = 'port'\nfeeds = ['']\n", 5, "empty name"),
        ("do = ['mute']\nwhen = 'port'\nkeeps = true\n", 5, "unknown key 'rules.keeps'"),
        (f"do = ['mute']\nwhen = 'port'\n{RULE}do = ['read']\nwhen = 'a'\n", 6, "second time"),
    ],
)
def test_a_wrong_rule_is_named_with_its_line_and_key(text: str, line: int, what: str) -> None:
    error = fault(RULE + text)
    assert what in error.what
    assert error.where.endswith(f", line {line}")


def test_a_wrong_query_is_shown_with_a_caret_under_its_fault() -> None:
    error = fault(f"{RULE}when = 'port titel:horoscope'\ndo = ['mute']\n")
    assert "there is no field titel" in error.what
    assert error.where.endswith("config.toml, line 3")
    assert "title:" in error.mend
    assert error.shown == "port titel:horoscope\n     ^^^^^^"


def test_every_faulty_rule_is_told_at_once() -> None:
    path = write(f"{RULE}when = '('\ndo = ['mute']\n[[rules]]\nname = 'b'\nwhen = 'x'\n")
    assert [error.where.rpartition(" ")[2] for error in config_faults(path)] == ["3", "5"]


def test_the_documented_defaults_explain_rules_and_set_none() -> None:
    write(documented_defaults())
    assert load_settings().reading_rules == ()
    assert "#[[rules]]" in documented_defaults()


def test_rules_that_may_contradict_each_other_are_found_in_their_order() -> None:
    mute, star = (RuleAction("mute"),), (RuleAction("star"),)
    rules = [
        Rule("a", "port", mute),
        Rule("b", "bridge", star),
        Rule("c", "ferry", star, ("Courier",)),
        Rule("d", "ferry", mute, ("Gazette",)),
        Rule("e", "ferry", (RuleAction("read"),)),
    ]
    pairs = [(p.first, p.second, p.first_mutes) for p in contradictions(rules)]
    assert pairs == [("a", "b", True), ("a", "c", True), ("b", "d", False)]


def test_the_version_of_rules_changes_with_whatever_they_do() -> None:
    rules = [Rule("a", "port", (read_action("tag: x "),)), Rule("b", "port", (RuleAction("read"),))]
    others = [
        rules[:1],
        rules[::-1],
        [],
        [Rule("a", "port", (RuleAction("tag", "x"),), keep=True), rules[1]],
        [Rule("a", "port", (RuleAction("tag", "y"),)), rules[1]],
        [Rule("z", "port", (RuleAction("tag", "x"),)), rules[1]],
    ]
    versions = {rules_version(each) for each in [rules, *others]}
    assert len(versions) == len(others) + 1
    assert rules_version([Rule("a", "port", (RuleAction("tag", "x"),)), rules[1]]) == rules_version(
        rules
    )
