"""How each sentence of an article was ranked, in words."""

from collections.abc import Iterator

from briefing.digest.digest import choose_with
from briefing.digest.document import read_document
from briefing.model import Article

_SHOWN = 60  # characters of a sentence


def explanation(article: Article, *, bullets: int, algorithm: str) -> Iterator[str]:
    """A line a sentence: its number, its score, what became of it, and how it begins."""
    document = read_document(article)
    choice = choose_with(document, bullets, algorithm)
    taken = {c.sentence.index: c.reason for c in choice.chosen}
    yield f"How the sentences were ranked (algorithm {algorithm}):"
    for sentence in document.sentences:
        index = sentence.index
        score = f"{choice.scores[index]:6.2f}" if index in choice.scores else "     -"
        judged = choice.judged.get(index)
        mark = judged.caveat.mark if judged is not None and judged.caveat is not None else None
        roles = [f"bullet ({taken[index]})"] if index in taken else []
        if mark is not None:
            roles.append(f"{mark.kind.value} {mark.weight} by '{mark.cue}'")
        if not sentence.prose:
            roles.append("no prose")
        start = sentence.text[:_SHOWN] + ("…" if len(sentence.text) > _SHOWN else "")
        yield f"{index:3}  {score}  {'; '.join(roles) or '-'}: {start}"
