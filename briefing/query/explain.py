"""What a query asks for, in words: a tree, a line a part."""

from collections.abc import Iterator

from briefing.query.nodes import And, Condition, Node, Not, Or, Pattern, Words
from briefing.query.parse import Query

_IN = {"": "", "title": " in the title", "text": " in the text"}
_SORTS = {"best": "the best first", "new": "the newest first", "old": "the oldest first"}
_SIGNS = {"=": "", "<": "less than ", "<=": "at most ", ">": "more than ", ">=": "at least "}


def explained(query: Query) -> list[str]:
    """The lines; those of a part stand two spaces further in than its own."""
    lines = list(_explained(query.root, 0)) or ["everything"]
    return [*lines, f"sorted: {_SORTS[query.sort]}"] if query.sort else lines


def _explained(node: Node, depth: int) -> Iterator[str]:
    match node:
        case And(parts) | Or(parts):
            if not parts:
                return
            yield "  " * depth + ("all of" if isinstance(node, And) else "one of")
            for part in parts:
                yield from _explained(part, depth + 1)
        case Not(part):
            yield "  " * depth + "not"
            yield from _explained(part, depth + 1)
        case _:
            yield "  " * depth + _leaf(node)


def _leaf(node: Node) -> str:
    match node:
        case Words(text, field, prefix):
            kind = "words" if " " in text else "word"
            return f"the {kind} “{text}{'…' if prefix else ''}”{_IN[field]}"
        case Pattern(source, ignore_case, field):
            case = ", in capitals or not" if ignore_case else ""
            return f"the expression /{source}/{case}{_IN[field]}"
        case Condition("age", value, sign):
            return f"{_SIGNS[sign]}{value} old"
        case Condition(name, value, sign):
            return f"{name}: {_SIGNS[sign]}{value}"
    raise AssertionError(node)
