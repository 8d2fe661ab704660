"""Why a sentence is or is not a bullet of its article, as lines."""

from collections.abc import Iterator

from rich.text import Text

from briefing.digest.explain import AttributedScore, Explained, Reason, ordinal, signed
from briefing.text import clean_line
from briefing.ui.widgets.styles import ThemeStyles, styled
from briefing.ui.widgets.wrapped_list import Item
from briefing.wording import LEFT_OUT, caveat_name, mark_line, probability_line

_HEAD = 8  # columns of "Caveat" and what is spaced like it
_BAR = 10  # of the heaviest reason
_NOTE = "Log-odds; measured against the article's average sentence."


def explanation_items(
    explanation: Explained, of: int, source: str, styles: ThemeStyles
) -> list[Item]:
    """The lines that explain one sentence of an article of ``of`` sentences, by ``source``."""
    about = " · ".join(
        p for p in (f"Sentence {explanation.number} of {of}", clean_line(source)) if p
    )
    verdict = explanation.verdict[:1].upper() + explanation.verdict[1:]
    items = [
        Item(Text(clean_line(explanation.text))),
        Item(styled(about, style=styles.muted)),
        Item(Text()),
        Item(styled(verdict, style=styles.strong if explanation.bullet else styles.muted)),
    ]
    heaviest = max((abs(r.score) for r in _reasons(explanation)), default=1.0)
    if explanation.rank is not None:
        place = (
            f"  {ordinal(explanation.place)} in the article"
            if explanation.place is not None
            else ""
        )
        items += [Item(Text()), Item(_head("Rank", explanation.rank, place, styles))]
        items += [_reason(r, heaviest, styles) for r in explanation.rank.reasons]
    if explanation.caveat is not None and explanation.needed is not None:
        needed = f"  {signed(explanation.needed)} needed"
        items += [Item(Text()), Item(_head("Caveat", explanation.caveat, needed, styles))]
        items += _mark(explanation, styles)
        judged = f"{'':<{_HEAD}}judged by {clean_line(explanation.judge.words)}"
        items.append(Item(styled(judged, style=styles.muted), hang=_HEAD))
        items += [_reason(r, heaviest, styles) for r in explanation.caveat.reasons]
    if explanation.cues:
        items += [Item(Text()), Item(styled("Cues", style=styles.strong))]
        items += _cues(explanation, styles)
    if explanation.rank is not None or explanation.caveat is not None:
        items += [Item(Text()), Item(styled(_NOTE, style=styles.muted))]
        if explanation.judge.rereads:
            items.append(Item(styled(LEFT_OUT, style=styles.muted)))
    return items


def _reasons(explanation: Explained) -> Iterator[Reason]:
    for attributed in (explanation.rank, explanation.caveat):
        if attributed is not None:
            yield from attributed.reasons


def _head(name: str, attributed: AttributedScore, beside: str, styles: ThemeStyles) -> Text:
    line = styled(f"{name:<{_HEAD}}", style=styles.strong)
    line.append(f"{signed(attributed.score):>5}", styles.strong)
    return line.append(beside, styles.muted)


def _reason(reason: Reason, heaviest: float, styles: ThemeStyles) -> Item:
    style = styles.accent if reason.score > 0 else styles.muted
    length = max(1, round(_BAR * abs(reason.score) / heaviest))
    line = styled(f"{signed(reason.score, 1, plus='+'):>{_HEAD - 2}}  ", style=style)
    line.append(f"{'▬' * length:<{_BAR}}  ", style)
    return Item(line.append(clean_line(reason.words)), hang=_HEAD + _BAR + 2)


def _mark(explanation: Explained, styles: ThemeStyles) -> list[Item]:
    mark = explanation.mark
    if mark is None:
        if explanation.probability is None:
            return []
        return [Item(styled(" " * _HEAD + probability_line(explanation.probability), style=""))]
    line = styled(caveat_name(mark.kind).upper(), style=styles.of_caveat(mark.kind, mark.weight))
    line.append(f"  {clean_line(mark_line(mark, explanation.marked_from, explanation.sureness))}")
    return [Item(Text(" " * _HEAD).append_text(line), hang=_HEAD)]


def _cues(explanation: Explained, styles: ThemeStyles) -> list[Item]:
    items = []
    for cue in explanation.cues:
        line = styled(f"{'':<{_HEAD}}'{clean_line(cue.words)}'", style="")
        line.append(f"  {cue.kind.value}, {cue.name}", styles.muted)
        items.append(Item(line, hang=_HEAD + 2))
    return items
