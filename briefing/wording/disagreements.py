"""Where outlets give different values for one thing, in a line."""

from collections.abc import Sequence

from briefing.model import Disagreement, Reported

_MOST_OUTLETS = 3
_NAMED_OUTLETS = 2  # of more than the most


def disagreement_line(disagreement: Disagreement) -> str:
    """``weight limit: 44 t (Coast Courier) ≠ 40 t (Harbour Post)``, not yet cleaned."""
    values = f" {sign(disagreement)} ".join(_value(v, disagreement) for v in disagreement.values)
    return f"{disagreement.counts}: {values}"


def sign(disagreement: Disagreement) -> str:
    """What stands between two values: whether one took the place of the other."""
    return "→" if disagreement.verdict == "updated" else "≠"


def _value(reported: Reported, disagreement: Disagreement) -> str:
    if not reported.outlets or len(disagreement.values) < 2:
        return reported.surface
    return f"{reported.surface} ({_names(reported.outlets)})"


def _names(outlets: Sequence[str]) -> str:
    further = len(outlets) - _NAMED_OUTLETS
    if len(outlets) > _MOST_OUTLETS:
        return f"{', '.join(outlets[:_NAMED_OUTLETS])} and {further} more"
    return ", ".join(outlets)
