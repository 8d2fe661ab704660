"""An index of patterns finds what plain regular expressions find, everywhere and nothing else."""

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.text.pattern_index import PatternIndex, alternatives, literal_prefixes, longest_of

TESTS = Path(__file__).resolve().parent.parent
LEXICONS = TESTS.parent / "briefing/digest/lexicons"
LANGUAGES = ("en", "de", "fr", "es")
LETTERS = "abc"

Matches = set[tuple[int, int, str]]
_WORD = re.compile(r"\w")

literals = st.text(LETTERS, min_size=1, max_size=3)
classes = st.text(LETTERS, min_size=1, max_size=3).map(lambda letters: f"[{letters}]")
atoms = literals | classes | st.sampled_from(["\\w", "\\w+", ".", " ", "\\b", "(?<!c)", "a?", "b*"])


def _grouped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    either = st.lists(inner, min_size=1, max_size=3).map("|".join)
    group = st.builds("(?:{}){}".format, either, st.sampled_from(["", "?", "{1,2}"]))
    return st.lists(group | inner, min_size=1, max_size=3).map("".join)


patterns = st.recursive(atoms, _grouped, max_leaves=8)
texts = st.text(LETTERS + " -.", max_size=20)


def by_index(owned: dict[str, str], text: str) -> Matches:
    """What an index finds at words: where, how long, whose. (Of a pattern that may begin with a
    space, which none may, it finds more.)"""
    return {
        (at, match.end(), owner)
        for at, bucket in PatternIndex(owned.items()).scan(text)
        for owner, pattern in bucket.each
        if _WORD.match(text, at) and (match := pattern.match(text, at))
    }


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})(?!\w)")


def by_search(owned: dict[str, str], text: str) -> Matches:
    """The same by trying each pattern at every word."""
    compiled = {owner: _compiled(pattern) for owner, pattern in owned.items()}
    starts = [m.start() for m in re.finditer(r"(?<!\w)\w", text)]
    return {
        (at, match.end(), owner)
        for at in starts
        for owner, pattern in compiled.items()
        if (match := pattern.match(text, at))
    }


@settings(deadline=None, max_examples=300)
@given(st.lists(patterns, min_size=1, max_size=4), texts)
def test_an_index_finds_what_each_pattern_finds_by_itself(some: list[str], text: str) -> None:
    owned = {str(number): pattern for number, pattern in enumerate(some)}
    assert by_index(owned, text) == by_search(owned, text)


@settings(deadline=None)
@given(patterns, texts)
def test_every_match_begins_with_a_literal_prefix(pattern: str, text: str) -> None:
    prefixes = tuple(literal_prefixes(pattern))
    for at in range(len(text)):
        match = re.compile(pattern).match(text, at)
        if match and match.end() > at:
            assert text.startswith(prefixes, at)


@settings(deadline=None)
@given(st.lists(patterns, min_size=1, max_size=3))
def test_a_pattern_is_its_alternatives(some: list[str]) -> None:
    assert "|".join(alternatives("|".join(some))) == "|".join(some)


def _articles(language: str) -> list[str]:
    if language == "en":
        from tests.digest.documents import BRIDGE

        files = sorted((TESTS / "digest/articles").rglob("*.toml"))
        return [BRIDGE.text, *(file.read_text(encoding="utf-8") for file in files)]
    files = sorted((TESTS / "digest/articles" / language).glob("*.toml"))
    return [file.read_text(encoding="utf-8") for file in files]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cue_of_a_lexicon_is_found_where_a_search_finds_it(language: str) -> None:
    data = tomllib.loads((LEXICONS / f"{language}.toml").read_text(encoding="utf-8"))
    cues = [
        alternative
        for group in data["cue"]
        for pattern in group["patterns"]
        for alternative in alternatives(pattern.replace("<not>", data.get("negation", "")))
        if not pattern.startswith("^")
    ]
    owned = {str(number): pattern for number, pattern in enumerate(cues)}
    index, found = PatternIndex(owned.items()), Matches()
    text = "\n".join(_articles(language)).lower()
    for line in text.splitlines():
        of_line = {
            (at, match.end(), owner)
            for at, bucket in index.scan(line)
            if bucket.any.match(line, at)
            for owner, pattern in bucket.each
            if (match := pattern.match(line, at))
        }
        assert of_line == by_search(owned, line)
        found |= of_line
    assert found


@given(st.lists(st.text("ab .", min_size=1, max_size=4), min_size=1, max_size=6), texts)
def test_the_longest_of_some_words_is_found_as_by_trying_each(some: list[str], text: str) -> None:
    longest_first = sorted(some, key=lambda word: -len(word))
    each = re.compile("|".join(map(re.escape, longest_first)))
    tree = re.compile(longest_of(some))
    for rest in ("", r"\b", " "):  # it goes on with a shorter one where the pattern asks for that
        by_tree = re.compile(f"(?:{tree.pattern}){rest}").finditer(text)
        by_each = re.compile(f"(?:{each.pattern}){rest}").finditer(text)
        assert [m.span() for m in by_tree] == [m.span() for m in by_each]
