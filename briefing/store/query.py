"""The words of a query as a query of SQLite's FTS5, every one of them quoted."""

from collections.abc import Iterable, Sequence

from briefing.query import And, Node, Not, Or, Words
from briefing.query.nodes import SHORTEST_PREFIX

_MOST_TERMS = 32  # FTS5's parser has a bounded stack
_LONGEST_INDEXED = 3  # letters of the beginnings that the index has by themselves


def match_of(node: Node) -> str | None:
    """The FTS5 query for a query that asks for words only; None where it asks for more, or only
    for what must not stand there: FTS5's NOT takes something away from what was found.
    """
    match node:
        case Words(text, field, prefix):
            return (f"{{{field}}} : " if field else "") + quoted(text, prefix)
        case Or(parts):
            found = [match_of(part) for part in parts]
            return None if None in found or not found else f"({' OR '.join(_known(found))})"
        case And(parts):
            wanted = [match_of(part) for part in parts if not isinstance(part, Not)]
            unwanted = [match_of(part.part) for part in parts if isinstance(part, Not)]
            if not wanted or None in wanted or None in unwanted:
                return None
            return conjunction(_known(wanted), _known(unwanted))
    return None


def conjunction(wanted: Sequence[str], unwanted: Sequence[str]) -> str:
    """The FTS5 query for what all of ``wanted``, at least one, find and none of ``unwanted``."""
    match = f"({' AND '.join(wanted)})"
    return f"({match} NOT ({' OR '.join(unwanted)}))" if unwanted else match


def is_slow_to_match(node: Node) -> bool:
    """Whether it has a phrase, or the beginning of a word that no index of beginnings has: their
    hits are not read from the index as they stand there.
    """
    match node:
        case Words(text, _, prefix):
            several = len(text.split()) > 1
            return several or (prefix and len(text) > _LONGEST_INDEXED)
        case And(parts) | Or(parts):
            return any(map(is_slow_to_match, parts))
        case Not(part):
            return is_slow_to_match(part)
    return False


def any_of(words: Iterable[str]) -> str | None:
    """The FTS5 query for texts with any of the words, or words that begin so."""
    found = [
        quoted(word, len(word) >= SHORTEST_PREFIX) for word in words if any(map(str.isalnum, word))
    ]
    return " OR ".join(found[:_MOST_TERMS]) or None


def quoted(text: str, prefix: bool) -> str:
    """Words that follow each other; the last of them may go on where ``prefix``."""
    clean = "".join(c if c.isprintable() and c != '"' else " " for c in text)
    return f'"{clean}"' + ("*" if prefix else "")


def _known(found: Sequence[str | None]) -> list[str]:
    return [each for each in found if each is not None]
