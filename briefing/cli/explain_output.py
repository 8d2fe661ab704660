"""How each sentence of an article was ranked, in words."""

from collections.abc import Iterator, Sequence

from briefing.digest.explain import Explained, JudgedBy, Reason, explain, signed
from briefing.export.wrap import cells, wrap
from briefing.model import Article
from briefing.wording import LEFT_OUT, caveat_name, mark_line, probability_line

_MARGIN = 5  # of what stands below a sentence's first line
_LABEL = 8
_NEAR = 1.0  # log-odds below the threshold at which a caveat is still worth a word


def explanation(
    article: Article, *, bullets: int, algorithm: str, width: int = 80
) -> Iterator[str]:
    """Who judged, then a block a sentence, in lines of ``width`` cells: what became of it, its
    scores, its cues, the reasons, and how it begins.
    """
    sentences = explain(article, bullets, algorithm)
    threshold = next((s.needed for s in sentences if s.needed is not None), None)
    about = [algorithm]
    if threshold is not None:
        about.append(f"a caveat from {signed(threshold)} on")
    yield f"How the sentences were ranked ({', '.join(about)}):"
    if sentences:
        yield from wrap(_judged(sentences[0].judge), width)
    column = max((cells(s.verdict) for s in sentences), default=0)
    for sentence in sentences:
        yield from _block(sentence, column, width)


def _judged(judge: JudgedBy) -> str:
    note = f" {LEFT_OUT}" if judge.rereads else ""
    return f"Caveats were judged by {judge.words}.{note}"


def _block(sentence: Explained, column: int, width: int) -> Iterator[str]:
    """The lines of a sentence; its scores stand behind ``column`` cells of verdict."""
    yield _head(sentence, column)
    yield from _below("cues", _cues(sentence), width)
    if sentence.rank is not None:
        yield from _below("rank", _weighed(sentence.rank.reasons), width)
    yield from _below("caveat", _caveat(sentence), width)
    yield " " * _MARGIN + _start(sentence.text, width - _MARGIN)


def _head(sentence: Explained, column: int) -> str:
    rank, caveat = sentence.rank, sentence.caveat
    parts = [f"{sentence.number:3}  {sentence.verdict}"]
    if rank is not None or caveat is not None:
        parts[0] += " " * (column - cells(sentence.verdict))
        parts.append(f"rank {signed(rank.score):>5}" if rank is not None else " " * 10)
    if caveat is not None:
        parts.append(f"caveat {signed(caveat.score):>5}")
    return "  ".join(parts).rstrip()


def _cues(sentence: Explained) -> str:
    return " · ".join(f"{c.name} '{c.words}'" for c in sentence.cues)


def _caveat(sentence: Explained) -> str:
    """What marked it as a caveat, and the reasons where it is one or nearly one."""
    if sentence.caveat is None or sentence.needed is None:
        return ""
    parts = []
    mark = sentence.mark
    if mark is not None:
        line = mark_line(mark, sentence.marked_from, sentence.sureness)
        parts.append(f"{caveat_name(mark.kind)}, {line}")
    reread = sentence.judge.rereads and sentence.bullet
    if reread or sentence.cues or sentence.caveat.score >= sentence.needed - _NEAR:
        if mark is None and sentence.probability is not None:
            parts.append(probability_line(sentence.probability))
        parts.append(_weighed(sentence.caveat.reasons))
    return " · ".join(filter(None, parts))


def _weighed(reasons: Sequence[Reason]) -> str:
    sides = {
        "for": [r for r in reasons if r.score > 0],
        "against": [r for r in reasons if r.score < 0],
    }
    return " · ".join(
        f"{side}: {', '.join(map(_reason, listed))}" for side, listed in sides.items() if listed
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
