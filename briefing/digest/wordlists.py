"""The word lists behind figures, names and links: packaged data, read once.

The files stand in ``lexicons/``: ``.toml`` for grouped lists, ``.txt`` for one entry a line
(lines that begin with ``#`` are notes). Whoever edits a list edits a file, not code.
"""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from briefing.text.pattern_index import longest_of


@cache
def table(name: str) -> Mapping[str, Any]:
    """The TOML file ``lexicons/NAME.toml``."""
    file = resources.files("briefing.digest") / "lexicons" / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def has_lexicon(language: str) -> bool:
    """Whether a language (ISO 639-1 or -3) has a lexicon of its own."""
    folder = resources.files("briefing.digest") / "lexicons"
    named = len(language) in (2, 3) and language.isalpha()
    return named and (folder / f"{language}.toml").is_file()


@cache
def entries(name: str) -> frozenset[str]:
    """The lines of ``lexicons/NAME.txt``, in their own case."""
    file = resources.files("briefing.digest") / "lexicons" / f"{name}.txt"
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    """A list of words of a TOML file, written there as one string or as an array of strings."""
    value = table(name)[key]
    return frozenset(value.split() if isinstance(value, str) else value)


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of ``words``, longest first; spaces match any white space."""
    return longest_of(words).replace(r"\ ", r"\s")


def words_by_gender(data: Mapping[str, Any], key: str) -> dict[str, str]:
    """``he`` or ``she`` of the words of two lists, ``he_KEY`` and ``she_KEY``."""
    return {w: gender for gender in ("he", "she") for w in data[f"{gender}_{key}"].split()}
