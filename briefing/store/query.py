"""What a person types into search, as a query of SQLite's FTS5 that can never be wrong.

Words are all wanted; ``"words in quotes"`` follow each other; ``flood*`` finds its endings (from
two letters on); ``-word`` and ``-"a phrase"`` are not wanted. Nothing else has a meaning: every
term is quoted.
"""

import re
from collections.abc import Iterable, Iterator

_TERM = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))(\*?)')
_MOST_TERMS = 32  # FTS5's parser has a bounded stack
_MOST_CHARACTERS = 1000
_LONGEST_INDEXED = 3  # letters of the beginnings that the index has by themselves
_SHORTEST_BEGINNING = 2  # "a*" would find nearly everything, slowly


def match_of(query: str) -> str | None:
    """The FTS5 query, or None where ``query`` names nothing to look for."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for text, without, prefix in _terms(query):
        (unwanted if without else wanted).append(_quoted(text, prefix))
    if not wanted:
        return None
    match = " AND ".join(wanted)
    return f"({match}) NOT ({' OR '.join(unwanted)})" if unwanted else match


def is_slow_to_match(query: str) -> bool:
    """Whether it has a phrase, or the beginning of a word that no index of beginnings has: their
    hits are not read from the index as they stand there.
    """
    return any(
        len(text) > _LONGEST_INDEXED if prefix else len(text.split()) > 1
        for text, _, prefix in _terms(query)
    )


def search_words(query: str) -> tuple[str, ...]:
    """The wanted words and phrases of a query, for showing where they stand."""
    return tuple(text for text, without, _ in _terms(query) if not without)


def any_of(words: Iterable[str]) -> str | None:
    """The FTS5 query for texts with any of the words, or words that begin so."""
    quoted = [_quoted(word, len(word) > _SHORTEST_BEGINNING) for word in words if _has_token(word)][
        :_MOST_TERMS
    ]
    return " OR ".join(quoted) or None


def _terms(query: str) -> Iterator[tuple[str, bool, bool]]:
    """Text, whether it is unwanted, whether it is the beginning of a word."""
    from briefing.text.clean import strip_controls  # its package: 40 ms at start-up

    found = 0
    for match in _TERM.finditer(strip_controls(query[:_MOST_CHARACTERS])):
        minus, phrase, word, star = match.groups()
        text = word if phrase is None else phrase
        prefix = bool(star) or text.endswith("*")
        text = text.rstrip("*")
        prefix = prefix and len(text) >= _SHORTEST_BEGINNING
        if _has_token(text) and found < _MOST_TERMS:
            found += 1
            yield text, bool(minus), prefix


def _has_token(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _quoted(text: str, prefix: bool) -> str:
    clean = "".join(c if c.isprintable() and c != '"' else " " for c in text)
    return f'"{clean}"' + ("*" if prefix else "")
