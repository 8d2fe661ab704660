"""Reading a query: recursive descent over its tokens. A wrong one is an error that points at it.

query   = either; either = all ("OR" all)*; all = part+; part = ("-" | "NOT") part | atom
atom    = "(" either ")" | field ":" value | #tag | "phrase" | /pattern/i | word
"""

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NoReturn

from briefing.model import UsageError
from briefing.query.fields import ALIASES, FIELDS, VALUE_ALIASES, Field
from briefing.query.moments import after_all_of
from briefing.query.nodes import (
    EVERYTHING,
    SHORTEST_PREFIX,
    And,
    Comparison,
    Condition,
    Node,
    Not,
    Or,
    Pattern,
    Words,
)
from briefing.query.patterns import PatternError, compiled_pattern

MOST_TERMS = 64  # SQLite's and FTS5's parsers have bounded stacks
DEEPEST = 24
MOST_CHARACTERS = 4000
_SHORTEST_ASKED = 2  # with a star

_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
    | (?P<open>\() | (?P<close>\))
    | (?P<or>(?:OR\b|\|\|?)(?=\s|\(|$)) | (?P<and>(?:AND\b|&&)(?=\s|\(|$)) | (?P<no>NOT\b(?=\s|\())
    | (?P<minus>[-!~](?=[^\s)]))
    | (?P<tag>\#(?=[^\s()"]))
    | (?P<phrase>"(?P<said>[^"]*)(?P<closed>"?)(?P<star>\*?))
    | (?P<pattern>/(?P<source>(?:\\.|[^/\\\n])+)/(?P<flags>[a-zA-Z]*)(?=\s|\)|$))
    | (?P<field>[A-Za-z]+):(?!//)
    | (?P<word>[^\s()"]+)
    """,
    re.VERBOSE,
)
_VALUE = re.compile(r'(?P<sign>>=|<=|>|<|=)?(?:"(?P<said>[^"]*)"?|(?P<bare>[^\s()"]*))')
_REST = re.compile(r'[^\s()"]*')  # of a word
_ESCAPED_SLASH = re.compile(r"\\/")


class QueryError(UsageError):
    """A query that cannot be read. start, end: the characters of ``query`` that are wrong."""

    def __init__(self, what: str, query: str, start: int, end: int, mend: str = "") -> None:
        super().__init__(what, "", mend)
        self.query, self.start, self.end = query, start, max(end, start + 1)
        self.shown = self.pointed()

    def pointed(self, width: int = 76) -> str:
        """The query, or what stands around the fault, and a line of carets under it."""
        first = max(0, min(self.start - width // 2, len(self.query) - width))
        part = "".join(c if c.isprintable() else " " for c in self.query[first : first + width])
        before, wrong = part[: self.start - first], part[self.start - first : self.end - first]
        return f"{part}\n{' ' * _cells(before)}{'^' * max(1, _cells(wrong))}"


def _cells(text: str) -> int:
    """The width of a text on a terminal (UAX #11; marks take no room)."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was read. sort: "" where it does not say."""

    root: Node
    sort: str = ""

    def __str__(self) -> str:
        order = f"sort:{self.sort}" if self.sort else ""
        inner = f"({self.root})" if order and isinstance(self.root, Or) else str(self.root)
        return f"{inner} {order}".strip()


def parse_query(text: str) -> Query:
    """What ``text`` asks for; an empty one asks for everything. Raises QueryError."""
    return _Parser(text).query()


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._terms = 0
        self._sort = ""

    def query(self) -> Query:
        if len(self._text) > MOST_CHARACTERS:
            self._fail(
                "the query is too long",
                MOST_CHARACTERS,
                len(self._text),
                f"{MOST_CHARACTERS:,} characters at most",
            )
        self._skip_space()
        root = EVERYTHING if self._ended() else self._either(0)
        if not self._ended():
            self._fail(
                "this bracket closes nothing",
                self._at,
                self._at + 1,
                "Leave it out, or put it between quotes",
            )
        return Query(root, self._sort)

    # ── Tokens ──

    def _fail(self, what: str, start: int, end: int, mend: str = "") -> NoReturn:
        raise QueryError(what, self._text, start, end, mend)

    def _skip_space(self) -> None:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1

    def _ended(self) -> bool:
        return self._at >= len(self._text)

    def _token(self) -> re.Match[str] | None:
        self._skip_space()
        return _TOKEN.match(self._text, self._at)

    def _take(self, token: re.Match[str]) -> None:
        self._at = token.end()

    # ── Grammar ──

    def _either(self, depth: int) -> Node:
        parts = [self._all(depth)]
        while (token := self._token()) is not None and token.group("or") is not None:
            self._take(token)
            parts.append(self._all(depth))
        return _joined(Or, parts)

    def _all(self, depth: int) -> Node:
        parts: list[Node] = []
        begin = self._at
        while (token := self._token()) is not None:
            if token.group("and") is not None and parts:
                self._take(token)
                continue
            if token.group("close") is not None or token.group("or") is not None:
                break
            part = self._part(token, depth)
            if part is not None:
                parts.append(part)
                begin = self._at
        if not parts and not self._sort:
            end = self._at + 1
            self._fail(
                "something to look for is missing here",
                min(begin, len(self._text)),
                end,
                "Put a word here, or leave out what stands before",
            )
        return _joined(And, parts)

    def _part(self, token: re.Match[str], depth: int) -> Node | None:
        self._terms += 1
        if self._terms > MOST_TERMS:
            self._fail(
                "the query has too many parts", token.start(), token.end(), f"{MOST_TERMS} at most"
            )
        if depth > DEEPEST:
            self._fail("the brackets are nested too deeply", token.start(), token.end())
        self._take(token)
        if token.group("minus") is not None or token.group("no") is not None:
            return self._denied(token, depth)
        if token.group("open") is not None:
            return self._bracketed(token, depth)
        if token.group("phrase") is not None:
            return self._phrase(token["said"], token["star"], token)
        if token.group("pattern") is not None:
            return self._pattern(token)
        if token.group("tag") is not None:
            return self._value(FIELDS["tag"], token)
        if token.group("field") is not None:
            return self._field(token)
        return self._word(token[0])

    def _denied(self, token: re.Match[str], depth: int) -> Node:
        following = self._token()
        if following is None or following.group("close") is not None:
            self._fail("nothing follows that could be excluded", token.start(), token.end())
        part = self._part(following, depth + 1)
        if part is None:
            self._fail("an order cannot be excluded", token.start(), self._at)
        return part.part if isinstance(part, Not) else Not(part)

    def _bracketed(self, token: re.Match[str], depth: int) -> Node:
        inner = self._either(depth + 1)
        closing = self._token()
        if closing is None or closing.group("close") is None:
            self._fail("this bracket is not closed", token.start(), token.end(), "Add a )")
        self._take(closing)
        return inner

    def _phrase(self, said: str, star: str, token: re.Match[str]) -> Node | None:
        words = " ".join(said.split())
        if not _has_word(words):
            self._fail("there are no words between these quotes", token.start(), token.end())
        return Words(words, prefix=bool(star))

    def _word(self, written: str) -> Node | None:
        text = written.rstrip("*")
        if not _has_word(text):
            return None  # a dash, a star: nothing that any text is searched for
        shortest = _SHORTEST_ASKED if written.endswith("*") else SHORTEST_PREFIX
        return Words(text, prefix=len(text) >= shortest)

    def _pattern(self, token: re.Match[str], field: str = "") -> Node:
        source, flags = _ESCAPED_SLASH.sub("/", token["source"]), token["flags"]
        if set(flags) - {"i"}:
            at = token.end() - len(flags)
            self._fail("only i may follow a regular expression", at, token.end())
        try:
            compiled_pattern(source, bool(flags))
        except PatternError as error:
            at = token.start("source") + error.at
            self._fail(f"the regular expression is wrong: {error.what}", at, at + 1)
        return Pattern(
            source, "i" in flags, "title" if field == "title" else "text" if field == "text" else ""
        )

    # ── Fields ──

    def _field(self, token: re.Match[str]) -> Node | None:
        written = token["field"].lower()
        if written == "date":
            return self._dates(token)
        if written == "marked":
            return (
                Condition("is", "starred") if self._yes(token) else Not(Condition("is", "starred"))
            )
        name = ALIASES.get(written, written)
        if name in FIELDS:
            return self._value(FIELDS[name], token)
        near = get_close_matches(written, [*FIELDS, *ALIASES], n=1, cutoff=0.75)
        if near:
            self._fail(
                f"there is no field {written}",
                token.start("field"),
                token.end(),
                f"Did you mean {near[0]}:? To look for the words, put them in quotes",
            )
        rest = _REST.match(self._text, self._at)
        self._at = rest.end() if rest else self._at
        return self._word(self._text[token.start() : self._at])

    def _value(self, field: Field, token: re.Match[str]) -> Node | None:
        name = field.name
        pattern = _TOKEN.match(self._text, self._at)
        if name in ("title", "text") and pattern is not None and pattern.group("pattern"):
            self._take(pattern)
            return self._pattern(pattern, name)
        match = _VALUE.match(self._text, self._at)
        start = self._at
        if match is None:
            self._fail(f"{name}: needs a value", token.start(), token.end(), _takes(field))
        self._at = match.end()
        if match.end() == start:
            self._fail(f"{name}: needs a value", token.start(), token.end(), _takes(field))
        said, sign = match["said"], match["sign"] or ""
        value = " ".join((match["bare"] if said is None else said).split())
        if name in ("title", "text"):
            return self._words_in(field, sign + value, quoted=said is not None, start=start)
        if sign not in ("", "=") and not field.compared:
            self._fail(f"{name}: cannot be compared by {sign}", start, self._at, _takes(field))
        value = value if field.takes == "a tag" else _lowered(field, value)
        value = VALUE_ALIASES.get((name, value), value)
        if not value or not field.fits(value):
            near = get_close_matches(value, field.one_of, n=1, cutoff=0.6)
            hint = f"Did you mean {name}:{near[0]}? " if near else ""
            self._fail(
                f"{name}: takes {field.takes}", start, self._at, f"{hint}E.g. {_example(field)}"
            )
        if name == "sort":
            self._sort = value
            return None
        return Condition(name, value, _comparison(field, sign))

    def _words_in(self, field: Field, value: str, *, quoted: bool, start: int) -> Node:
        text = value.rstrip("*")
        if not _has_word(text):
            self._fail(f"{field.name}: needs words", start, self._at, _takes(field))
        starred = value.endswith("*") or self._text[self._at : self._at + 1] == "*"
        if quoted and starred and not value.endswith("*"):
            self._at += 1
        prefix = starred or (not quoted and len(text) >= SHORTEST_PREFIX)
        return Words(text, "title" if field.name == "title" else "text", prefix)

    def _yes(self, token: re.Match[str]) -> bool:
        match = _VALUE.match(self._text, self._at)
        value = (match["bare"] or "").lower() if match else ""
        self._at = match.end() if match else self._at
        if value not in ("yes", "true", "1", "no", "false", "0"):
            self._fail("marked: takes yes or no", token.start(), self._at)
        return value in ("yes", "true", "1")

    def _dates(self, token: re.Match[str]) -> Node:
        """``date:A/B`` of FreshRSS: from A to the end of B, either may be missing; or one day."""
        match = _VALUE.match(self._text, self._at)
        bare = (match["bare"] or "") if match else ""
        self._at = match.end() if match else self._at
        first, slash, last = bare.partition("/")
        fits = FIELDS["after"].fits
        wrong = [v for v in (first, last) if v and not fits(v)]
        if wrong or not (first or last):
            self._fail("date: takes A/B, times such as 2026-05-04 or 3d", token.start(), self._at)
        parts: list[Node] = [Condition("after", first)] if first else []
        if last or not slash:
            parts.append(Condition("before", after_all_of(last or first)))
        return _joined(And, parts)


def _joined(kind: type[And] | type[Or], parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else kind(tuple(parts))


def _has_word(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _lowered(field: Field, value: str) -> str:
    return (
        value.lower()
        if field.one_of or field.name in ("language", "after", "before", "age")
        else value
    )


def _comparison(field: Field, sign: str) -> Comparison:
    if field.name == "age" and sign in ("", "="):
        return "<"
    for known in ("<=", "<", ">=", ">"):
        if sign == known:
            return known
    return "="


def _example(field: Field) -> str:
    return field.example if ":" in field.example else f"{field.name}:{field.example}"


def _takes(field: Field) -> str:
    return f"It takes {field.takes}: {_example(field)}"
