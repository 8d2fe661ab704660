"""Which candidates become the bullets of a brief, and in which order they are told."""

from collections.abc import Container, Sequence

from briefing.stories.bullet_candidates import Candidate, is_dependent, repeats, says_little
from briefing.stories.change_rules import BriefRules


class Selection:
    """Chooses the bullets of a brief out of its candidates (see ``choose_bullets``), by number.

    ranked: the numbers of all candidates, the best first; the first is the main claim. told: the
    same numbers in the order in which they would be told.
    """

    def __init__(
        self,
        candidates: Sequence[Candidate],
        ranked: Sequence[int],
        told: Sequence[int],
        rule: BriefRules,
    ) -> None:
        self._told = told
        self._candidates = candidates
        self._ranked = ranked
        self._rule = rule
        self._number_of = {(c.article.id, c.position): k for k, c in enumerate(candidates)}

    def chosen(self) -> list[int]:
        """The bullets in their order; none depends on a sentence that no bullet tells.

        What explains a caveat is chosen before other bullets that are none.
        """
        ranked = list(self._ranked)
        while True:
            chosen = self._fill(ranked)
            stranded = self._stranded(chosen)
            if stranded:
                explaining = {self._before(k) for k in stranded}
                chosen = self._fill(self._preferring(explaining, ranked))
                stranded = self._stranded(chosen)
            if not stranded:
                return self._in_order(chosen)
            ranked = [k for k in ranked if k not in stranded]

    def _fill(self, ranked: Sequence[int]) -> list[int]:
        """The first of ``ranked``, then those that repeat none before; of caveats few."""
        rule, candidates = self._rule, self._candidates
        distinct: list[int] = []
        for k in ranked:
            if not any(repeats(candidates[k], candidates[d], rule) for d in distinct):
                distinct.append(k)
        main, *rest = distinct
        marked = [k for k in rest if candidates[k].is_marked]
        crowded = marked[rule.marks :]
        chosen = [main, *(k for k in rest if k not in crowded)]
        chosen = [*chosen[: rule.bullets], *crowded][: rule.bullets]
        if all(candidates[k].is_marked for k in chosen):
            plain = (k for k in distinct if not candidates[k].is_marked)
            substance = next((k for k in plain if not says_little(candidates[k], rule)), None)
            if substance is not None:
                chosen = [*chosen[: rule.bullets - 1], substance]
        return chosen

    def _preferring(self, explaining: Container[int | None], ranked: Sequence[int]) -> list[int]:
        """``ranked``, but of what is no caveat those bullets first that explain others."""
        main, *rest = ranked
        first = [k for k in rest if k in explaining]
        others = [k for k in rest if k not in explaining]
        plain = (n for n, k in enumerate(others) if not self._candidates[k].is_marked)
        at = next(plain, len(others))
        return [main, *others[:at], *first, *others[at:]]

    def _stranded(self, chosen: Sequence[int]) -> set[int]:
        """The chosen bullets that depend on what none of the chosen tells."""
        return {k for k in chosen if self._is_dependent(k) and self._anchor(k, chosen) is None}

    def _is_dependent(self, number: int) -> bool:
        return number != self._ranked[0] and is_dependent(self._candidates[number])

    def _before(self, number: int) -> int | None:
        """The bullet before this one in the digest of its article."""
        candidate = self._candidates[number]
        return self._number_of.get((candidate.article.id, candidate.position - 1))

    def _anchor(self, number: int, chosen: Sequence[int]) -> int | None:
        """The chosen bullet behind which a dependent one is understood: that before it in its
        article, or the one that says the same."""
        before = self._before(number)
        if before is None or before in chosen:
            return before
        explaining = self._candidates[before]
        return next(
            (
                k
                for k in chosen
                if k != number and repeats(explaining, self._candidates[k], self._rule)
            ),
            None,
        )

    def _in_order(self, chosen: Sequence[int]) -> list[int]:
        """As they are told; a dependent bullet right behind its anchor, which comes as early as it
        would; what is denied before the denial."""
        rank = {k: n for n, k in enumerate(self._told)}
        dependent = sorted(
            filter(self._is_dependent, chosen), key=lambda k: self._candidates[k].position
        )
        anchors = {k: a for k in dependent if (a := self._anchor(k, chosen)) is not None}
        for k, anchor in reversed(anchors.items()):
            rank[anchor] = min(rank[anchor], rank[k])
        rank[self._ranked[0]] = -1
        ordered = sorted(chosen, key=rank.__getitem__)
        for k, anchor in anchors.items():
            ordered.remove(k)
            ordered.insert(ordered.index(anchor) + 1, k)
        for k in [k for k in ordered[1:] if self._candidates[k].answers]:
            for denied in [j for j in ordered[ordered.index(k) :] if self._is_denied(j, k)]:
                ordered.remove(denied)
                ordered.insert(ordered.index(k), denied)
        return ordered

    def _is_denied(self, number: int, answer: int) -> bool:
        """Whether one bullet tells what another denies."""
        told, denial = self._candidates[number], self._candidates[answer]
        common = told.proposition.stems & denial.proposition.stems
        return (
            not (told.answers or self._is_dependent(number) or self._is_dependent(answer))
            and len(common) >= self._rule.least_terms
        )
