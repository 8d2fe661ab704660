"""Why a story ranks where it does, a line each."""

from collections.abc import Sequence

from briefing.model import ScorePart

_NUMBERS = ("no", "one", "two", "three", "four", "five")


def reason_lines(parts: Sequence[ScorePart]) -> tuple[str, ...]:
    """The reasons that a person is told, weightiest matter first; one at least."""
    lines = [line for part in parts if (line := _line(part))]
    return tuple(lines or ["one outlet"])


def _line(part: ScorePart) -> str:
    match part.kind:
        case "muted":
            return f"you muted “{part.name}”"
        case "outlets":
            return f"{part.count} independent outlets" if part.count > 1 else ""
        case "caveats":
            plural = "" if part.count == 1 else "s"
            return f"{_NUMBERS[min(5, part.count)]} weighty caveat{plural}"
        case "disagreement":
            return f"outlets disagree on {part.name}"
        case "feed":
            high = part.points > 0
            return "from a feed you weight highly" if high else "from feeds you weight low"
        case "earlier":
            return "continues an earlier story"
        case "topic":
            return f"you weight “{part.name}” {'highly' if part.points > 0 else 'low'}"
        case "rule":
            return f"your rules rank it {'higher' if part.points > 0 else 'lower'}"
        case "summary":
            return "only a summary could be read"
        case "words":
            return part.name
        case "recency":
            return ""
