"""Why each sentence was or was not taken: verdicts, scores and what they are made of."""

from briefing.digest.caveats.reasons import Reason
from briefing.digest.explain.attributions import signed
from briefing.digest.explain.explain import (
    AttributedScore,
    Explained,
    FoundCue,
    JudgedBy,
    explain,
    ordinal,
)

__all__ = [
    "AttributedScore",
    "Explained",
    "FoundCue",
    "JudgedBy",
    "Reason",
    "explain",
    "ordinal",
    "signed",
]
