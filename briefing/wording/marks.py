"""The word and the sign of a caveat's mark, the same wherever one is shown."""

from briefing.model import CaveatKind, Cue

_UNNAMED = "caveat"
UNNAMED_SIGN = "△"
SIGN = "!"
BULLET_SIGN = "•"
LIGHT_SIGN = "·"  # of a caveat of weight 1
OPINION_SIGN = '"'

# One narrow character each in every terminal: no emoji, nothing of ambiguous width (UAX #11).
_KIND_SIGNS = {
    CaveatKind.DISPUTE: "¬",
    CaveatKind.UNCERTAINTY: "?",
    CaveatKind.LIMITATION: "<",
    CaveatKind.SOURCING: "@",
    CaveatKind.CONDITION: "*",
    CaveatKind.PRECEDENT: "«",
    CaveatKind.CORRECTION: "~",
}

_MEANINGS = {
    CaveatKind.DISPUTE: "dispute: somebody denies or contradicts it",
    CaveatKind.UNCERTAINTY: "uncertainty: it is not known for sure",
    CaveatKind.LIMITATION: "limitation: it holds for less than it seems",
    CaveatKind.SOURCING: "sourcing: by whom it is said, or by nobody named",
    CaveatKind.CONDITION: "condition: it depends on something",
    CaveatKind.PRECEDENT: "precedent: how it was before",
    CaveatKind.CORRECTION: "correction: what was said before was wrong",
}


def caveat_name(kind: CaveatKind | None) -> str:
    """The kind of a caveat as a word, "caveat" where it is not sure."""
    return _UNNAMED if kind is None else kind.value


def caveat_sign(kind: CaveatKind | None, weight: int = 2) -> str:
    """The sign that stands before a caveat, by whether its kind is named and by its weight."""
    if kind is None:
        return UNNAMED_SIGN
    return LIGHT_SIGN if weight < 2 else SIGN


def kind_sign(kind: CaveatKind | None) -> str:
    """The sign of a kind of caveat where there is no room for its word."""
    return UNNAMED_SIGN if kind is None else _KIND_SIGNS[kind]


def list_signs() -> tuple[tuple[str, str], ...]:
    """The signs of a story in a list, each with what it says."""
    return (
        *((sign, _MEANINGS[kind]) for kind, sign in _KIND_SIGNS.items()),
        (UNNAMED_SIGN, "a caveat whose kind is not sure"),
        (OPINION_SIGN, "opinion: all its articles are"),
    )


LEFT_OUT = "Words count by what leaving them out changes for the encoder."
"""Beside the reasons of the judge that reads."""


def mark_line(mark: Cue, marked_from: float | None, sureness: float | None = None) -> str:
    """``weight 2, by 'denied', probability .81 (a mark from .70 on), its kind's .64``: what is
    known of a caveat.

    marked_from: the probability from which on its judge marks a bullet. sureness: how likely a
    caveat is of its kind.
    """
    parts = [f"weight {mark.weight}"]
    if mark.cue:
        parts.append(f"by '{mark.cue}'")
    if mark.probability is not None:
        needed = f" (a mark from {_share(marked_from)} on)" if marked_from is not None else ""
        parts.append(f"probability {_share(mark.probability)}{needed}")
    if sureness is not None:
        parts.append(f"its kind's {_share(sureness)}")
    return ", ".join(parts)


def probability_line(probability: float) -> str:
    """``probability .23``: how likely something is that is not taken for a caveat."""
    return f"probability {_share(probability)}"


def _share(probability: float) -> str:
    return f"{probability:.2f}".removeprefix("0")
