"""A digest of ours and a second editor's choice become one. Pure: values in, a value out."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from briefing.digest.caveats.judgement import Judgement, mark_caveat
from briefing.digest.caveats.judges import CaveatJudge, judge_for
from briefing.digest.caveats.reasons import Reason
from briefing.digest.features.document_features import DocumentFeatures
from briefing.digest.parameters import load_parameters
from briefing.digest.selection.selection import select
from briefing.digest.sentences.document import Document, Sentence
from briefing.editor.questions import CLAIM, FACT, Choice
from briefing.model import Bullet, CaveatKind, Chooser, Digest, SecondEditor, Span

BONUS = 0.5
"""Log-odds by which a pick ranks higher: less than lies between most neighbours in the ranking, so
that a choice made at random changes little."""
_CERTAIN = 1000.0  # log-odds, of the main claim where the editor leads
_WEIGHT = 2  # of a caveat that only the editor reads, of 3
_NEVER = 1000.0  # below the threshold: no caveat, where nothing was claimed


def combined(
    ours: Digest,
    document: Document,
    choice: Choice,
    count: int,
    editor: SecondEditor,
    *,
    judge: CaveatJudge | None = None,
    weigh: bool = True,
) -> Digest:
    """``ours`` with the bullets that both editors choose.

    Where ``editor.lead`` is not set, a pick ranks higher by ``BONUS``, no more: our main claim,
    seats and caveats stay. Where it is, the picks are the bullets, in order of reading behind their
    claim, with the kinds that the choice names. Each bullet says who chose it. judge: of caveats,
    the one that made ``ours`` where that was not the language's own. weigh: False where another
    ranking than the product's own made ``ours``: unless the editor leads, only who chose is told.
    """
    bullets, caveats = ours.bullets, ours.caveats
    if weigh or editor.lead:
        edited = _EditedJudge(
            judge or judge_for(document.article.language), choice, lead=editor.lead
        )
        order = [pick.sentence for pick in choice.picks] if editor.lead else None
        selection = select(
            document, count, order, judge=edited, find_entities=lambda: ours.entities
        )
        bullets, caveats = selection.bullets, selection.caveats
    kinds = {pick.sentence: pick.kind for pick in choice.picks}
    spans = {document.sentences[number].span: kind for number, kind in kinds.items()}
    chosen_by_us = {bullet.evidence[0] for bullet in ours.bullets}
    told = [
        _told(bullet, spans.get(bullet.evidence[0]), bullet.evidence[0] in chosen_by_us)
        for bullet in bullets
    ]
    if editor.lead and choice.claim is not None:
        told = _claim_first(told, document.sentences[choice.claim].span)
    return replace(ours, bullets=tuple(told), caveats=caveats, editor=editor)


def _told(bullet: Bullet, kind: str | None, ours: bool) -> Bullet:
    """The bullet with who chose it. kind: what the editor names it, None where he did not."""
    by: list[Chooser] = ["briefing"] if ours or kind is None else []
    if kind is not None:
        by.append("editor")
    return replace(bullet, by=tuple(by), editor_kind=_caveat_kind(kind))


def _claim_first(bullets: Sequence[Bullet], claim: Span) -> list[Bullet]:
    """The bullets with that of the main claim, and what only it explains, in front."""
    begin = next((n for n, b in enumerate(bullets) if b.evidence[0] == claim), 0)
    end = begin + 1
    while end < len(bullets) and bullets[end].context == "previous":
        end += 1
    return [*bullets[begin:end], *bullets[:begin], *bullets[end:]]


def _caveat_kind(kind: str | None) -> CaveatKind | None:
    return CaveatKind(kind) if kind is not None and kind not in (CLAIM, FACT) else None


class _EditedJudge:
    """A judge who knows what a second editor has picked. ``lead``: and says so himself."""

    def __init__(self, base: CaveatJudge, choice: Choice, *, lead: bool) -> None:
        self._base = base
        self._kinds = {pick.sentence: pick.kind for pick in choice.picks}
        self._lead = lead
        self.name, self.version, self.log_odds = base.name, base.version, base.log_odds
        self.threshold, self.seat_threshold = base.threshold, base.seat_threshold
        self.mark_threshold = base.mark_threshold

    def judge(self, features: DocumentFeatures) -> Sequence[Judgement | None]:
        """The base's judgements; those of picked sentences as ``combined`` says."""
        pairs = zip(features.sentences, self._base.judge(features), strict=True)
        return [self._judged(analysis.sentence, judgement) for analysis, judgement in pairs]

    def reasons(
        self, features: DocumentFeatures, of: Collection[int]
    ) -> Sequence[Sequence[Reason]]:
        """The base's."""
        return self._base.reasons(features, of)

    def _judged(self, sentence: Sentence, judgement: Judgement | None) -> Judgement | None:
        named = self._kinds.get(sentence.index)
        if named is None:
            return judgement
        known = judgement or Judgement(self.threshold - _NEVER)
        if not self._lead:
            worth = load_parameters("selection")["bullet_as_read"]
            return known._replace(bullet=known.bullet + BONUS / worth)
        kind = _caveat_kind(named)
        claim = known.claim + (_CERTAIN if named == CLAIM else 0.0)
        if kind is None:
            return known._replace(claim=claim, mark=None)
        caveat = known.caveat or mark_caveat(sentence, kind, _WEIGHT, None)
        caveat = replace(caveat, mark=replace(caveat.mark, kind=kind))
        return known._replace(claim=claim, caveat=caveat, mark=caveat.mark)
