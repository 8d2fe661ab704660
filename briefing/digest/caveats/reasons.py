"""What speaks for or against a sentence, as it is shown to a reader."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that speaks for (``score`` > 0) or against a sentence, in log-odds."""

    words: str
    score: float
