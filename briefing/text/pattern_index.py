"""An index of many regular expressions by the letters that a match of each can begin with.

The literal prefixes are read off the text of a pattern; a pattern is then tried only where one of
them stands, so that a text is searched for hundreds of patterns in about the time of one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Generic, TypeVar

MIN_PREFIX, MAX_PREFIX = 2, 8  # letters
_SIGN = re.compile(r"\\.|[\[\]()|]", re.DOTALL)
_WORD_START = re.compile(r"(?<!\w)\w")


def literal_prefixes(pattern: str) -> frozenset[str]:
    """The first ``MIN_PREFIX`` to ``MAX_PREFIX`` letters of all that ``pattern`` can match.

    ``{""}`` where that cannot be told (the pattern begins with a class, say): such a pattern has
    to be tried everywhere. Reads plain letters and groups of alternatives; nothing else.
    """
    prefixes = _prefixes(pattern, MAX_PREFIX)
    return prefixes if all(len(p) >= MIN_PREFIX for p in prefixes) else frozenset([""])


@cache
def _prefixes(pattern: str, room: int) -> frozenset[str]:
    """``literal_prefixes`` of ``room`` letters at most, fewer where the pattern stops being plain.

    The ends of patterns are much alike, so each is read once.
    """
    parts = alternatives(pattern)
    if len(parts) > 1:
        return frozenset().union(*(_prefixes(part, room) for part in parts))
    literal = ""
    at = 0
    while at < len(pattern) and len(literal) < room:
        char = pattern[at]
        if char == "(":
            end = _closing(pattern, at)
            body = pattern[at + 1 : end]
            if body.startswith("?<") and not literal:  # looks back: nothing of the match itself
                at = end + 1
                continue
            if not body.startswith("?:"):
                return frozenset([literal])
            rest = pattern[end + 1 :]
            if rest[:1] in ("?", "*", "+", "{"):
                if rest[:1] != "?":
                    return frozenset([literal])
                inner = [f"(?:{body[2:]}){rest[1:]}", rest[1:]]
            else:
                inner = [part + rest for part in alternatives(body[2:])]
            return _continued(literal, inner, room)
        if char == "[":
            letters, end = _class_letters(pattern, at)
            if not letters or pattern[end : end + 1] in ("?", "*", "+", "{"):
                return frozenset([literal])
            tail = pattern[end:]
            return _continued(literal, [letter + tail for letter in letters], room)
        if not (char.isalnum() or char in "'’- "):
            return frozenset([literal])
        if pattern[at + 1 : at + 2] in ("?", "*", "{"):
            if pattern[at + 1] != "?":
                return frozenset([literal])
            tail = pattern[at + 2 :]
            return _continued(literal, [char + tail, tail], room)
        literal += char
        at += 1
    return frozenset([literal])


def _continued(literal: str, tails: Iterable[str], room: int) -> frozenset[str]:
    """The prefixes of any of ``tails`` behind the letters that stand already."""
    left = room - len(literal)
    return frozenset(literal + prefix for tail in tails for prefix in _prefixes(tail, left))


def _class_letters(pattern: str, opening: int) -> tuple[str, int]:
    """The letters of the class at ``opening``, none where it is no plain list, and its end."""
    end = pattern.index("]", opening) + 1
    inside = pattern[opening + 1 : end - 1]
    return (inside if inside.isalnum() else ""), end


def _signs(pattern: str, at: int = 0) -> Iterator[tuple[int, str, int]]:
    """The place of each bracket and bar of a pattern from ``at`` on, the sign, and its depth.

    A bracket that opens or closes a group counts as within it; what is escaped or stands in a class
    is no sign.
    """
    depth = 0
    inside_class = False
    for found in _SIGN.finditer(pattern, at):
        sign = found[0]
        if inside_class:
            inside_class = sign != "]"
            continue
        inside_class = sign == "["
        depth += sign == "("
        yield found.start(), sign, depth
        depth -= sign == ")"


def _closing(pattern: str, opening: int) -> int:
    """The place of the bracket that closes the one at ``opening``."""
    for at, sign, depth in _signs(pattern, opening):
        if sign == ")" and depth == 1:
            return at
    raise ValueError(f"unbalanced pattern: {pattern}")


def alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern at its top level: ``["a", "b(?:c|d)"]`` of ``a|b(?:c|d)``."""
    if "|" not in pattern:
        return [pattern]
    bars = [at for at, sign, depth in _signs(pattern) if sign == "|" and depth == 0]
    starts, ends = [0, *(at + 1 for at in bars)], [*bars, len(pattern)]
    return [pattern[start:end] for start, end in zip(starts, ends, strict=True)]


Owner = TypeVar("Owner")


class PrefixBucket(Generic[Owner]):
    """The patterns that begin with one prefix, each with its owner; compiled when first tried."""

    def __init__(self, patterns: Mapping[Owner, Sequence[str]], flags: int) -> None:
        self._patterns = patterns
        self._flags = flags

    @cached_property
    def any(self) -> re.Pattern[str]:
        """Matches where one of the patterns does, so that most words cost one try."""
        return self._compile([p for some in self._patterns.values() for p in some])

    @cached_property
    def each(self) -> tuple[tuple[Owner, re.Pattern[str]], ...]:
        """The patterns, by owner."""
        return tuple((owner, self._compile(some)) for owner, some in self._patterns.items())

    def _compile(self, patterns: Sequence[str]) -> re.Pattern[str]:
        return re.compile(rf"(?:{'|'.join(patterns)})(?!\w)", self._flags)


class PatternIndex(Generic[Owner]):
    """Patterns by the literal prefixes of what they match, each with its owner.

    A pattern has to match from the start of a word to the end of one. flags: of ``re``, for all.
    """

    def __init__(self, groups: Iterable[tuple[Owner, str]], flags: int = 0) -> None:
        patterns: dict[str, dict[Owner, list[str]]] = {}
        for owner, pattern in groups:
            for prefix in literal_prefixes(pattern):
                patterns.setdefault(prefix.lower(), {}).setdefault(owner, []).append(pattern)
        buckets = {p: PrefixBucket(some, flags) for p, some in patterns.items()}
        self._everywhere = buckets.pop("", None)
        self._buckets = {
            prefix: tuple(
                buckets[prefix[:n]]
                for n in range(MIN_PREFIX, len(prefix) + 1)
                if prefix[:n] in buckets
            )
            for prefix in buckets
        }
        # Whatever stands there, the word is passed over: the next one begins behind it.
        start = rf"(?<!\w)(?=({longest_of(buckets)}))\w*+\W*+"
        self._prefix = re.compile(start if buckets else r"(?!)")

    def scan(self, lower: str) -> Iterator[tuple[int, PrefixBucket[Owner]]]:
        """Where in ``lower`` (a text in lower case) which patterns may match."""
        for match in self._prefix.finditer(lower):
            at = match.start()
            for bucket in self._buckets[match[1]]:
                yield at, bucket
        if self._everywhere is not None:
            for match in _WORD_START.finditer(lower):
                yield match.start(), self._everywhere

    def at(self, lower: str, at: int) -> Iterator[PrefixBucket[Owner]]:
        """The patterns that may match at the word of ``lower`` that starts there."""
        match = self._prefix.match(lower, at)
        if match is not None:
            yield from self._buckets[match[1]]
        if self._everywhere is not None:
            yield self._everywhere


def longest_of(words: Iterable[str]) -> str:
    """A pattern of the longest of some words that a text goes on with, written as a tree of their
    letters: alternatives side by side would be tried one by one.
    """
    following: dict[str, list[str]] = {}
    for word in words:
        following.setdefault(word[:1], []).append(word[1:])
    ends = following.pop("", None) is not None
    branches = [re.escape(letter) + longest_of(some) for letter, some in sorted(following.items())]
    if len(branches) == 1 and not ends:
        return branches[0]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)})" + ("?" if ends else "")
