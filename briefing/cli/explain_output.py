"""How each sentence of an article was ranked, in words."""

from collections.abc import Iterator, Sequence

from briefing.digest.explain import Explained, Reason, explain, signed
from briefing.export.wrap import cells, wrap
from briefing.model import Article

_MARGIN = 5  # of what stands below a sentence's first line
_LABEL = 8
_NEAR = 1.0  # log-odds below the threshold at which a caveat is still worth a word


def explanation(
    article: Article, *, bullets: int, algorithm: str, width: int = 80
) -> Iterator[str]:
    """A block a sentence, in lines of ``width`` cells: what became of it, its scores, its cues, the
    reasons, and how it begins.
    """
    told = explain(article, bullets, algorithm)
    needed = next((e.needed for e in told if e.needed is not None), None)
    about = [algorithm] if needed is None else [algorithm, f"a caveat from {signed(needed)} on"]
    yield f"How the sentences were ranked ({', '.join(about)}):"
    column = max((cells(e.verdict) for e in told), default=0)
    for one in told:
        yield _head(one, column)
        yield from _below("cues", _cues(one), width)
        if one.rank is not None:
            yield from _below("rank", _weighed(one.rank.reasons), width)
        if one.caveat is not None and one.needed is not None:
            parts = []
            if one.mark is not None:
                parts.append(f"{one.mark.kind.value} {one.mark.weight} by '{one.mark.cue}'")
            if one.cues or one.caveat.score >= one.needed - _NEAR:
                parts.append(_weighed(one.caveat.reasons))
            yield from _below("caveat", " · ".join(filter(None, parts)), width)
        yield " " * _MARGIN + _start(one.text, width - _MARGIN)


def _head(one: Explained, column: int) -> str:
    parts = [f"{one.number:3}  {one.verdict}"]
    if one.rank is not None or one.caveat is not None:
        parts[0] += " " * (column - cells(one.verdict))
        parts.append(f"rank {signed(one.rank.score):>5}" if one.rank is not None else " " * 10)
    if one.caveat is not None:
        parts.append(f"caveat {signed(one.caveat.score):>5}")
    return "  ".join(parts).rstrip()


def _cues(one: Explained) -> str:
    return " · ".join(f"{c.name} '{c.words}'" for c in one.cues)


def _weighed(reasons: Sequence[Reason]) -> str:
    sides = {
        "for": [r for r in reasons if r.score > 0],
        "against": [r for r in reasons if r.score < 0],
    }
    return " · ".join(
        f"{side}: {', '.join(map(_reason, found))}" for side, found in sides.items() if found
    )


def _reason(reason: Reason) -> str:
    return f"{reason.words} {signed(reason.score, 1, plus='+')}"


def _below(label: str, text: str, width: int) -> Iterator[str]:
    if text:
        lead = " " * _MARGIN + f"{label:<{_LABEL}}"
        yield from wrap(text, width, lead, " " * (_MARGIN + _LABEL))


def _start(text: str, room: int) -> str:
    lines = wrap(text, room - 1)
    return lines[0] + ("…" if len(lines) > 1 else "")
