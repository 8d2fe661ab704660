"""Why a sentence is or is not a bullet of its article, as lines."""

from collections.abc import Iterator

from rich.text import Text

from briefing.digest.explain import AttributedScore, Explained, Reason, ordinal, signed
from briefing.text import clean_line
from briefing.ui.widgets.ink import Inks, ink
from briefing.ui.widgets.items import Item

_HEAD = 8  # columns of "Caveat" and what is spaced like it
_BAR = 10  # of the heaviest reason
_NOTE = "Log-odds; measured against the article's average sentence."


def explanation_items(told: Explained, of: int, source: str, inks: Inks) -> list[Item]:
    """The lines that explain one sentence of an article of ``of`` sentences, by ``source``."""
    about = " · ".join(p for p in (f"Sentence {told.number} of {of}", clean_line(source)) if p)
    verdict = told.verdict[:1].upper() + told.verdict[1:]
    items = [
        Item(Text(clean_line(told.text))),
        Item(ink(about, style=inks.muted)),
        Item(Text()),
        Item(ink(verdict, style=inks.strong if told.bullet else inks.muted)),
    ]
    heaviest = max((abs(r.score) for r in _reasons(told)), default=1.0)
    if told.rank is not None:
        place = f"  {ordinal(told.place)} in the article" if told.place is not None else ""
        items += [Item(Text()), Item(_head("Rank", told.rank, place, inks))]
        items += [_reason(r, heaviest, inks) for r in told.rank.reasons]
    if told.caveat is not None and told.needed is not None:
        needed = f"  {signed(told.needed)} needed"
        items += [Item(Text()), Item(_head("Caveat", told.caveat, needed, inks))]
        items += _mark(told, inks)
        items += [_reason(r, heaviest, inks) for r in told.caveat.reasons]
    if told.cues:
        items += [Item(Text()), Item(ink("Cues", style=inks.strong))]
        items += _cues(told, inks)
    if told.rank is not None or told.caveat is not None:
        items += [Item(Text()), Item(ink(_NOTE, style=inks.muted))]
    return items


def _reasons(told: Explained) -> Iterator[Reason]:
    for weighed in (told.rank, told.caveat):
        if weighed is not None:
            yield from weighed.reasons


def _head(name: str, weighed: AttributedScore, beside: str, inks: Inks) -> Text:
    line = ink(f"{name:<{_HEAD}}", style=inks.strong)
    line.append(f"{signed(weighed.score):>5}", inks.strong)
    return line.append(beside, inks.muted)


def _reason(reason: Reason, heaviest: float, inks: Inks) -> Item:
    style = inks.accent if reason.score > 0 else inks.muted
    length = max(1, round(_BAR * abs(reason.score) / heaviest))
    line = ink(f"{signed(reason.score, 1, plus='+'):>{_HEAD - 2}}  ", style=style)
    line.append(f"{'▬' * length:<{_BAR}}  ", style)
    return Item(line.append(clean_line(reason.words)), hang=_HEAD + _BAR + 2)


def _mark(told: Explained, inks: Inks) -> list[Item]:
    if told.mark is None:
        return []
    line = ink(
        told.mark.kind.value.upper(), style=inks.heavy if told.mark.weight >= 3 else inks.caveat
    )
    line.append(f"  weight {told.mark.weight}, by '{clean_line(told.mark.cue)}'")
    return [Item(Text(" " * _HEAD).append_text(line), hang=_HEAD)]


def _cues(told: Explained, inks: Inks) -> list[Item]:
    items = []
    for cue in told.cues:
        line = ink(f"{'':<{_HEAD}}'{clean_line(cue.words)}'", style="")
        line.append(f"  {cue.kind.value}, {cue.name}", inks.muted)
        items.append(Item(line, hang=_HEAD + 2))
    return items
