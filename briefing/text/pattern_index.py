"""The letters that a match of a pattern can begin with, read off the pattern's text; and patterns
filed by them, so that each is tried only where it may begin.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Generic, TypeVar

LEAST, HEAD = 2, 8  # letters of a head
_WORD_START = re.compile(r"(?<!\w)\w")


def heads(pattern: str) -> frozenset[str]:
    """The first letters, ``LEAST`` to ``HEAD`` of them, of all that ``pattern`` can match.

    ``{""}`` where that cannot be told (the pattern begins with a class, say): such a pattern has
    to be tried everywhere. Reads plain letters and groups of alternatives; nothing else.
    """
    found = _heads(pattern, HEAD)
    return frozenset(found) if all(len(h) >= LEAST for h in found) else frozenset([""])


@cache
def _heads(pattern: str, room: int) -> frozenset[str]:
    """As ``heads``, of ``room`` letters at most, and fewer where the pattern stops being plain.

    The ends of patterns are much alike, so each is read once.
    """
    parts = alternatives(pattern)
    if len(parts) > 1:
        return frozenset().union(*(_heads(part, room) for part in parts))
    done = ""
    at = 0
    while at < len(pattern) and len(done) < room:
        char = pattern[at]
        if char == "(":
            end = _closing(pattern, at)
            body = pattern[at + 1 : end]
            if body.startswith("?<") and not done:  # looks back: nothing of the match itself
                at = end + 1
                continue
            if not body.startswith("?:"):
                return frozenset([done])
            rest = pattern[end + 1 :]
            if rest[:1] in ("?", "*", "+", "{"):
                if rest[:1] != "?":
                    return frozenset([done])
                inner = [f"(?:{body[2:]}){rest[1:]}", rest[1:]]
            else:
                inner = [part + rest for part in alternatives(body[2:])]
            return _behind(done, inner, room)
        if char == "[":
            letters, end = _letters(pattern, at)
            if not letters or pattern[end : end + 1] in ("?", "*", "+", "{"):
                return frozenset([done])
            tail = pattern[end:]
            return _behind(done, [letter + tail for letter in letters], room)
        if not (char.isalnum() or char in "'’- "):
            return frozenset([done])
        if pattern[at + 1 : at + 2] in ("?", "*", "{"):
            if pattern[at + 1] != "?":
                return frozenset([done])
            tail = pattern[at + 2 :]
            return _behind(done, [char + tail, tail], room)
        done += char
        at += 1
    return frozenset([done])


def _behind(done: str, tails: Iterable[str], room: int) -> frozenset[str]:
    """The heads of any of ``tails`` behind the letters that stand already."""
    left = room - len(done)
    return frozenset(done + head for tail in tails for head in _heads(tail, left))


def _letters(pattern: str, opening: int) -> tuple[str, int]:
    """The letters of the class at ``opening``, none where it is no plain list, and its end."""
    end = pattern.index("]", opening) + 1
    inside = pattern[opening + 1 : end - 1]
    return (inside if inside.isalnum() else ""), end


def _depths(pattern: str, at: int = 0) -> Iterator[tuple[int, str, int]]:
    """Each piece of a pattern from ``at`` on, its place, and how deep in groups it stands.

    A piece is a letter or an escape; a bracket that opens or closes a group counts as within it,
    and what stands in a class is told as ``""``.
    """
    depth = 0
    inside_class = False
    while at < len(pattern):
        char = pattern[at]
        piece = pattern[at : at + 2] if char == "\\" else char
        if inside_class:
            inside_class = char != "]"
            told = ""
        else:
            inside_class = char == "["
            told = piece
            depth += char == "("
        yield at, told, depth
        depth -= told == ")"
        at += len(piece)


def _closing(pattern: str, opening: int) -> int:
    """The place of the bracket that closes the one at ``opening``."""
    for at, piece, depth in _depths(pattern, opening):
        if piece == ")" and depth == 1:
            return at
    raise ValueError(f"unbalanced pattern: {pattern}")


def alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern at its top level: ``["a", "b(?:c|d)"]`` of ``a|b(?:c|d)``."""
    if "|" not in pattern:
        return [pattern]
    bars = [at for at, piece, depth in _depths(pattern) if piece == "|" and depth == 0]
    starts, ends = [0, *(at + 1 for at in bars)], [*bars, len(pattern)]
    return [pattern[start:end] for start, end in zip(starts, ends, strict=True)]


Owner = TypeVar("Owner")


class Candidates(Generic[Owner]):
    """The patterns that begin with one head, each with its owner; compiled when first tried."""

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


class Filed(Generic[Owner]):
    """Patterns by the head of what they match, each with its owner.

    A pattern has to match from the start of a word to the end of one. flags: of ``re``, for all.
    """

    def __init__(self, groups: Iterable[tuple[Owner, str]], flags: int = 0) -> None:
        patterns: dict[str, dict[Owner, list[str]]] = {}
        for owner, pattern in groups:
            for head in heads(pattern):
                patterns.setdefault(head.lower(), {}).setdefault(owner, []).append(pattern)
        filed = {head: Candidates(some, flags) for head, some in patterns.items()}
        self._everywhere = filed.pop("", None)
        self._filed = {
            head: tuple(filed[head[:n]] for n in range(LEAST, len(head) + 1) if head[:n] in filed)
            for head in filed
        }
        self._head = re.compile(rf"(?<!\w)(?=({_longest(filed)}))" if filed else r"(?!)")

    def along(self, lower: str) -> Iterator[tuple[int, Candidates[Owner]]]:
        """Where in ``lower`` (a text in lower case) which patterns may match."""
        for match in self._head.finditer(lower):
            at = match.start()
            for tried in self._filed[match[1]]:
                yield at, tried
        if self._everywhere is not None:
            for match in _WORD_START.finditer(lower):
                yield match.start(), self._everywhere

    def at(self, lower: str, at: int) -> Iterator[Candidates[Owner]]:
        """The patterns that may match at the word of ``lower`` that starts there."""
        match = self._head.match(lower, at)
        if match is not None:
            yield from self._filed[match[1]]
        if self._everywhere is not None:
            yield self._everywhere


def _longest(words: Iterable[str]) -> str:
    """A pattern of the longest of some words that a text goes on with, written as a tree of their
    letters: alternatives side by side would be tried one by one.
    """
    following: dict[str, list[str]] = {}
    for word in words:
        following.setdefault(word[:1], []).append(word[1:])
    ends = following.pop("", None) is not None
    branches = [re.escape(letter) + _longest(some) for letter, some in sorted(following.items())]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)})" + ("?" if ends else "")
