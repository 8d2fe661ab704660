"""The letters that a match of a pattern can begin with, read off the pattern's text; and patterns
filed by them, so that each is tried only where it may begin.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

LEAST, HEAD = 2, 5  # letters of a head
_REMEMBERED = 20_000  # beginnings of words whose candidates are kept


def heads(pattern: str) -> frozenset[str]:
    """The first letters, ``LEAST`` to ``HEAD`` of them, of all that ``pattern`` can match.

    ``{""}`` where that cannot be told (the pattern begins with a class, say): such a pattern has
    to be tried everywhere. Reads plain letters and groups of alternatives; nothing else.
    """
    found = _heads(pattern)
    return frozenset(found) if all(len(h) >= LEAST for h in found) else frozenset([""])


def _heads(pattern: str) -> set[str]:
    """As ``heads``, but a head is short where the pattern stops being plain before it is full."""
    parts = alternatives(pattern)
    if len(parts) > 1:
        return set().union(*(_heads(part) for part in parts))
    done = ""
    at = 0
    while at < len(pattern) and len(done) < HEAD:
        char = pattern[at]
        if char == "(":
            end = _closing(pattern, at)
            body = pattern[at + 1 : end]
            if body.startswith("?<") and not done:  # looks back: nothing of the match itself
                at = end + 1
                continue
            if not body.startswith("?:"):
                return {done}
            rest = pattern[end + 1 :]
            if rest[:1] in ("?", "*", "+", "{"):
                if rest[:1] != "?":
                    return {done}
                inner = [f"(?:{body[2:]}){rest[1:]}", rest[1:]]
                return set().union(*({done + h for h in _heads(i)} for i in inner))
            heads_of = [{done + h for h in _heads(a + rest)} for a in alternatives(body[2:])]
            return {h[:HEAD] for h in set().union(*heads_of)}
        if char == "[":
            letters, end = _letters(pattern, at)
            if not letters or pattern[end : end + 1] in ("?", "*", "+", "{"):
                return {done}
            tail = pattern[end:]
            return {(done + h)[:HEAD] for c in letters for h in _heads(c + tail)}
        if not (char.isalnum() or char in "'’- "):
            return {done}
        if pattern[at + 1 : at + 2] in ("?", "*", "{"):
            if pattern[at + 1] != "?":
                return {done}
            tail = pattern[at + 2 :]
            return {(done + h)[:HEAD] for h in _heads(char + tail) | _heads(tail)}
        done += char
        at += 1
    return {done}


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
    bars = [at for at, piece, depth in _depths(pattern) if piece == "|" and depth == 0]
    starts, ends = [0, *(at + 1 for at in bars)], [*bars, len(pattern)]
    return [pattern[start:end] for start, end in zip(starts, ends, strict=True)]


Owner = TypeVar("Owner")


class Filed(Generic[Owner]):
    """Patterns by the head of what they match, each with its owner; compiled when first tried.

    A pattern has to match up to the end of a word. flags: of ``re``, for all of them. known: the
    candidates of beginnings of words (``HEAD`` letters) met so far, for loops that cannot afford
    a call.
    """

    def __init__(self, groups: Iterable[tuple[Owner, str]], flags: int = 0) -> None:
        self._flags = flags
        self._patterns: dict[str, dict[Owner, list[str]]] = {}
        self._compiled: dict[str, list[tuple[Owner, re.Pattern[str]]]] = {}
        self.known: dict[str, Sequence[tuple[Owner, re.Pattern[str]]]] = {}
        lengths: dict[str, set[int]] = {}
        for owner, pattern in groups:
            for head in heads(pattern):
                head = head.lower()
                self._patterns.setdefault(head, {}).setdefault(owner, []).append(pattern)
                lengths.setdefault(head[:LEAST], set()).add(len(head))
        everywhere = lengths.pop("", set())
        self._everywhere = tuple(everywhere)
        self._lengths = {key: (*sorted(some), *everywhere) for key, some in lengths.items()}

    def candidates(self, lower: str, at: int) -> Sequence[tuple[Owner, re.Pattern[str]]]:
        """The patterns that may match at the word of ``lower`` (in lower case) that starts there,
        with their owners.
        """
        word = lower[at : at + HEAD]
        tried = self.known.get(word)
        if tried is None:
            found: list[tuple[Owner, re.Pattern[str]]] = []
            for length in self._lengths.get(word[:LEAST], self._everywhere):
                if (head := word[:length]) in self._patterns:
                    found += self._compiled.get(head) or self._compile(head)
            if len(self.known) >= _REMEMBERED:
                self.known.clear()
            self.known[word] = tried = found
        return tried

    def _compile(self, head: str) -> list[tuple[Owner, re.Pattern[str]]]:
        self._compiled[head] = [
            (owner, re.compile(rf"(?:{'|'.join(patterns)})(?!\w)", self._flags))
            for owner, patterns in self._patterns[head].items()
        ]
        return self._compiled[head]
