"""What a query asks for, as a tree of values; ``str`` of a node is a query that reads as it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

TextField = Literal["", "title", "text"]
Comparison = Literal["=", "<", "<=", ">", ">="]
_PLAIN = re.compile(r"[^\s\"'()|:#/!~<>=-][^\s\"()|:]*")
_OPERATORS = frozenset({"OR", "AND", "NOT"})
SHORTEST_PREFIX = 3
"""Letters of a word that may go on without a star: with fewer, nearly every word begins so."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words that follow each other, anywhere (field ""), in the title or in the text.

    prefix: the last of them may go on: ``vaccin`` finds "vaccine".
    """

    text: str
    field: TextField = ""
    prefix: bool = True

    def __str__(self) -> str:
        open_ended = len(self.text) >= SHORTEST_PREFIX
        plain = _PLAIN.fullmatch(self.text) and self.text not in _OPERATORS
        plain = plain and self.prefix == open_ended and not self.text.endswith("*")
        written = self.text if plain else f'"{self.text}"' + ("*" if self.prefix else "")
        return f"{self.field}:{written}" if self.field else written


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression, found anywhere, in the title or in the text."""

    source: str
    ignore_case: bool = False
    field: TextField = ""

    def __str__(self) -> str:
        prefix = f"{self.field}:" if self.field else ""
        return (
            f"{prefix}/{self.source.replace('/', chr(92) + '/')}/{'i' if self.ignore_case else ''}"
        )


@dataclass(frozen=True, slots=True)
class Condition:
    """A field with its value, as it was written; ``fields.FIELDS`` says which values it takes."""

    name: str
    value: str
    comparison: Comparison = "="

    def __str__(self) -> str:
        sign = "" if self.comparison == "=" else self.comparison
        value = self.value if _PLAIN.fullmatch(self.value) else f'"{self.value}"'
        return f"{self.name}:{sign}{value}"


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    part: "Node"

    def __str__(self) -> str:
        inner = f"({self.part})" if isinstance(self.part, And | Or) else str(self.part)
        return f"-{inner}"


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold. Without parts: everything."""

    parts: tuple["Node", ...]

    def __str__(self) -> str:
        return " ".join(f"({p})" if isinstance(p, And | Or) else str(p) for p in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """One of the parts holds, at least."""

    parts: tuple["Node", ...]

    def __str__(self) -> str:
        return " OR ".join(f"({p})" if isinstance(p, And | Or) else str(p) for p in self.parts)


Node = Words | Pattern | Condition | Not | And | Or
EVERYTHING = And(())


def wanted_words(node: Node) -> Iterator[Words]:
    """The words that are asked for, not those that must not stand there: for showing them."""
    return (leaf for leaf in _wanted(node) if isinstance(leaf, Words))


def wanted_patterns(node: Node) -> Iterator[Pattern]:
    """The regular expressions that are asked for."""
    return (leaf for leaf in _wanted(node) if isinstance(leaf, Pattern))


def _wanted(node: Node) -> Iterator[Node]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _wanted(part)
        case Not():
            return
        case _:
            yield node
